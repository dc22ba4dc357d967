# A voucher is redeemed at the till.

at-the-till = Valid: give the customer { $gain }. The voucher is used up now.
thanks =
    ✅ Your reward of { $gain } at { $program } has just been used. Enjoy!

    Do you know somebody else who would like it here?
