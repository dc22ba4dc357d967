# Where the program offers several things, the customer picks what a reward is.

offer = 🎁 *What would you like?* You can change your mind until you claim it or spend some of it.
# $what: such as “a voucher”
option-picked = ● *{ $gain }* as { $what }
option-other = ○ { $gain } as { $what }
button-pick = { $gain }: { $what }
button-change = 🔄 Choose what you get

kind-voucher = a voucher
kind-discount = a discount
kind-credit = credit
kind-payout = a payout
kind-gift-card = a gift card
kind-product = a product
kind-access = access

picked-ready = 👍 It is *{ $gain }* now, ready to claim.
picked-ready-on-balance = 👍 It is *{ $gain }* now, on your balance and yours to spend.
picked-pending = 👍 It will be *{ $gain }*, yours on { $free }. I will tell you.
too-late = This reward is { $gain } now, and cannot be changed any more: it was claimed, spent, or is over.
