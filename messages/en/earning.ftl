# A purchase reaches the goal, or a refund takes it back.

# $name: the friend
pending-advocate =
    🎉 { $name } made their first purchase!

    Your *{ $gain }* is on its way. It is yours on { $free }, when the purchase is past returning. I will tell you.
# $name: the advocate
pending-friend =
    🎉 Thank you for your purchase!

    { $name } invited you, so you get *{ $gain }*. It is yours on { $free }, when the purchase is past returning. I will tell you.

revoked-refunded-advocate =
    A friend's purchase was returned, so the { $gain } for it is cancelled.

    Nothing else changes. Your link works for the next friend.
revoked-refunded-friend =
    Your purchase was returned, so the { $gain } for it is cancelled.

    You can still invite friends and earn rewards yourself.
revoked-same-person-advocate = Two records turned out to be you, so the { $gain } for inviting yourself is cancelled. Your other rewards stay.
revoked-same-person-friend = Two records turned out to be you, so the { $gain } for being invited by yourself is cancelled. Your other rewards stay.
revoked-invited-before-advocate = A friend had an earlier invitation, and the first one counts, so the { $gain } for this one is cancelled.
revoked-invited-before-friend = You had an earlier invitation, and the first one counts, so the { $gain } of the later one is cancelled.
revoked-customer-before-advocate = A friend turned out to have bought here before they were invited, so the { $gain } for it is cancelled. Your other rewards stay.
revoked-customer-before-friend = You had bought here before you were invited, so the { $gain } for it is cancelled. You can still invite friends and earn rewards yourself.
revoked-circle-advocate = A friend and you had invited each other, so the { $gain } for this invitation is cancelled.
revoked-circle-friend = A friend and you had invited each other, so the { $gain } for this invitation is cancelled.
