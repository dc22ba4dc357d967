# Rewards: what is there, what is coming, what is past.

nothing-yet = No rewards yet. Invite a friend: your first one starts with their first purchase.
# $ready: how many can be used now
overview = { $ready ->
    [0] *Your rewards*: nothing to claim right now.
    [one] *Your rewards*: one is ready.
   *[other] *Your rewards*: { $ready } are ready.
}

line-available = ✅ *{ $gain }*: ready to claim until { $expires }
line-claimed = 🎟 *{ $gain }*: your voucher is good until { $expires }
line-pending = ⏳ { $gain }: on its way, yours on { $free }
line-redeemed = ☑️ { $gain }: used on { $day }
line-expired = ⌛ { $gain }: expired
line-revoked = ↩️ { $gain }: cancelled, “My referrals” says why
line-denied = ✖️ { $gain }: not granted

button-claim = Claim { $gain }
button-show = Show voucher for { $gain }

# $code: the secret code
voucher =
    🎟 *{ $gain } at { $program }*

    { $code }

    Show this at the till by { $until }. It works once, so keep it to yourself.
button-copy-voucher = 🔢 Copy voucher code

not-yours = This reward belongs to somebody else. Here you find yours:
cannot-claim-pending = Your { $gain } is not ready yet: it is yours on { $free }. I will tell you.
cannot-claim-redeemed = You have used this { $gain } on { $day }. Thank you!
cannot-claim-expired = This { $gain } has expired, so it cannot be claimed any more. The next friend brings a new one.
cannot-claim-revoked = This { $gain } was cancelled; “My referrals” says why. The next friend brings a new one.
cannot-claim-denied = This { $gain } was not granted. Please ask the shop if you think it should have been.

notice-available =
    🎁 Your *{ $gain }* is ready!

    Claim it by { $expires }, and show the voucher at the till.
notice-expired-available = Your { $gain } was not claimed in time and has expired. Your link still works: the next friend brings a new one.
notice-expired-claimed = Your voucher for { $gain } was not used in time and has expired. Your link still works: the next friend brings a new one.
