# What completed referrals lead to beyond the reward for each.

# $count: how many completed referrals
milestone =
    🏅 *{ $count ->
        [one] One completed referral
       *[other] { $count } completed referrals
    }!*

    You get *{ $gain }* on top. Thank you for spreading the word.
# $place: among the first
first =
    🏁 *You made it: number { $place } to reach { $count ->
        [one] one completed referral
       *[other] { $count } completed referrals
    }!*

    You get *{ $gain }*.
most =
    🏆 *You came in at number { $place }, with { $count ->
        [one] one completed referral
       *[other] { $count } completed referrals
    }!*

    You get *{ $gain }*.
# $count: how many entries
raffle =
    🎉 *You have won the draw!*

    You get *{ $gain }*.
until = Use it by { $expires }.
milestone-lost = A friend’s purchase was returned, so the reward of { $gain } for your milestone is cancelled. The next completed referral can bring it back.

# A limit of the program is full. $why: which one, in words; from when there is room again may follow
denied-milestone =
    🏅 *{ $count ->
        [one] Your first completed referral
       *[other] { $count } completed referrals
    }!* Thank you for spreading the word.

    For this you would have got { $gain }. { $why } What you have earned before stays yours.
denied-first =
    🏁 *You made it: number { $place } to reach { $count ->
        [one] one completed referral
       *[other] { $count } completed referrals
    }!*

    For this you would have got { $gain }. { $why } What you have earned before stays yours.
denied-most =
    🏆 *You came in at number { $place }, with { $count ->
        [one] one completed referral
       *[other] { $count } completed referrals
    }!*

    For this you would have got { $gain }. { $why } What you have earned before stays yours.
denied-raffle =
    🎟 Your name was drawn! For this you would have got { $gain }. { $why } What you have earned before stays yours.

# For the team. $count: how many prizes; one line for each follows
team = { $count ->
    [one] 🏅 *A prize was won*
   *[other] 🏅 *{ $count } prizes were won*
}
team-milestone = { $count ->
    [one] • { $name } reached one completed referral: { $gain }
   *[other] • { $name } reached { $count } completed referrals: { $gain }
}
team-first = { $count ->
    [one] • { $name } is number { $place } to reach one completed referral: { $gain }
   *[other] • { $name } is number { $place } to reach { $count } completed referrals: { $gain }
}
team-most = • { $name } came in at number { $place } with { $count }: { $gain }
# $limit: its name in the program's file
team-denied = • { $name } won { $gain } and does not get it: the limit { $limit } is full. It can still be given by hand: grapevine rewards regrant
team-raffle = • { $name } won the draw: { $gain }

# How far somebody is. $left: how many more completed referrals
milestone-left = { $left ->
    [one] 🏅 One more completed referral and you get *{ $gain }*
   *[other] 🏅 { $left } more completed referrals and you get *{ $gain }*
}
# Said in place of the way to a prize for which a limit of the program has no room; $day: from when it has
limit-reached = 🔒 *{ $gain }* cannot be won any more: a limit of the program is reached
limit-reached-until = 🔒 *{ $gain }* can be won again from { $day }: until then, a limit of the program is reached
# $places: how many prizes are left
first-left = { $left ->
    [one] 🏁 One more completed referral and you get *{ $gain }*, while there are some ({ $places } left)
   *[other] 🏁 { $left } more completed referrals and you get *{ $gain }*, while there are some ({ $places } left)
}
# $count: one’s own number; $winners: how many win
most-standing = { $winners ->
    [one] 🏆 *{ $gain }* for whoever completes most: you have { $count }
   *[other] 🏆 *{ $gain }* for the first { $winners }: you have { $count }
}
raffle-standing = { $count ->
    [0] 🎟 *{ $gain }* in the draw: your first completed referral is your first entry
    [one] 🎟 *{ $gain }* in the draw: you have one entry
   *[other] 🎟 *{ $gain }* in the draw: you have { $count } entries
}

# $friend: who was invited. Said where a friend counts and brings no reward of their own; how far one is follows
counted = 🎯 { $friend } now counts as one of your completed referrals.
