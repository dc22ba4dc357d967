# Someone starts the bot or gives a code.

no-program = There is no referral program here right now. Please look in again later.

# $program: the business; $gains: what each side gets; $deed: for what, where it is simple
welcome =
    👋 Welcome to *{ $program }*!

    { $deed ->
        [first-purchase] Invite a friend: when they make their first purchase, { $gains }.
        [signup] Invite a friend: when they sign up, { $gains }.
       *[other] Invite a friend: when they do what counts, { $gains }.
    }

    Got a code from a friend? Just send it to me.
welcome-back =
    👋 Good to see you again at *{ $program }*.

    { $deed ->
        [first-purchase] For each friend who makes a first purchase, { $gains }.
        [signup] For each friend who signs up, { $gains }.
       *[other] For each friend who does what counts, { $gains }.
    }
back-as-friend = 👋 Good to see you again. Your invitation stands:

# $advocate: who invited; $until: the last day for the first purchase
invited =
    🎉 You are in: { $advocate } invited you to *{ $program }*.

    { $deed ->
        [first-purchase] Make your first purchase by { $until }: { $gains }.
        [signup] Sign up by { $until }: { $gains }.
       *[other] When you do what counts, { $gains }. It goes like this:
    }

friend-joined =
    🎉 { $friend } joined through your link.

    As soon as they make their first purchase (by { $until }), your reward of *{ $gain }* is on its way.
friend-joined-signup =
    🎉 { $friend } joined through your link.

    As soon as they sign up (by { $until }), your reward of *{ $gain }* is on its way.
friend-joined-other =
    🎉 { $friend } joined through your link.

    When they do what counts, you get *{ $gain }*. I will tell you of each step.
friend-joined-without-gain =
    🎉 { $friend } joined through your link.

    I will tell you of each step that counts.
# Said for every code, right or wrong, to whoever has tried ten within the hour.
too-many-codes = You have tried quite a few codes in the last hour, so I take no more of them for now. Please come back in an hour, and bring the code your friend sent you, exactly as it is written.
unknown-code =
    I do not know this code. A code has eight letters and digits, such as the ones in your friend's message.

    Please check it, or ask your friend to send the link again. You can also start your own invitations right away.
did-you-mean = I do not know this code. Did you mean { $code }?
button-use-code = Yes, use { $code }

own-link =
    This is your own link, so it cannot count for you. It works for everyone else: { $deed ->
        [first-purchase] send it to a friend, and you get *{ $gain }* when they make their first purchase.
        [signup] send it to a friend, and you get *{ $gain }* when they sign up.
       *[other] send it to a friend, and you get *{ $gain }* when they do what counts.
    }
customer-before =
    You are a customer of *{ $program }* already, so an invitation cannot count any more: it is for people who are new here.

    You can be the one who invites: each friend brings you *{ $gain }*.
joined-before = You joined through this invitation already, and it stands:
invited-by-another =
    You joined through another friend's invitation already, and the first one counts.

    You can be the one who invites: each friend brings you *{ $gain }*.
program-over =
    This invitation is over: *{ $program }* takes no new referrals through it at the moment.

    Everything you have earned stays yours; see “My rewards”.
program-not-begun =
    You are early: *{ $program }* takes its first invitations on { $starts }.

    Please open the link again from then on.
program-paused =
    *{ $program }* takes a break just now and no new invitations.

    Please try this one again later. Everything that was promised before stays promised.
late-claim-over =
    You are a customer of *{ $program }* already, and a friend's code can be given within { $days ->
        [one] a day
       *[other] { $days } days
    } of the first purchase only.

    You can be the one who invites: each friend brings you *{ $gain }*.
before-link = This happened before your friend had this link, so it cannot have come through it. Your next purchase can count.
click-too-old = This invitation was opened too long ago. Please ask your friend for the link or the code, and open it again.
excluded-friend =
    This offer of *{ $program }* is not for you, so the invitation cannot count. If you think that is wrong, please ask us.
excluded-advocate =
    Whoever sent you this cannot invite anybody to *{ $program }*, so the invitation cannot count. Another friend's can.
# What the business says about it. $said: its own words
they-say = What the shop says about it: { $said }
# $friend: who joined before
friend-moved-on = { $friend } has joined through somebody else's link since. The last invitation counts here, so this one is no longer yours. Your link works for the next friend.
circle =
    You were part of how this friend came to *{ $program }*, so their invitation cannot count for you.

    Invite somebody new: each friend brings you *{ $gain }*.
