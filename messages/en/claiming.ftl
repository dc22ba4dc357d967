# Someone makes a purchase their own that was rung up with a friend's code.

# $advocate: who invited; $gain: what the friend gets; $free: from when
counted =
    🎉 Your purchase counts: { $advocate } invited you.

    You get *{ $gain }*. It is yours on { $free }, when the purchase is past returning. I will tell you.
# $event: what must come first
counted-waiting =
    🎉 Your purchase counts: { $advocate } invited you.

    You get *{ $gain }*. It is yours after one more step: { $event }. I will tell you.
counted-without-reward = 🎉 Your purchase counts: { $advocate } invited you, and is thanked for it.
unknown = I do not know this claim address. Please scan the picture at the till again, or ask the shop.
yours = This purchase is yours already. See “My rewards” for what came of it.
used = Somebody else has claimed this purchase already. If it was yours, please ask the shop.
expired = The time to claim this purchase is over. You can still invite friends and earn rewards.
