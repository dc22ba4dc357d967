# Someone starts the bot or gives a code.

no-program = There is no referral program here right now. Please look in again later.

# $program: the business; $advocate-gain, $friend-gain: what each side gets
welcome =
    👋 Welcome to *{ $program }*!

    Invite a friend: when they make their first purchase, you get *{ $advocate-gain }* and they get *{ $friend-gain }*.

    Got a code from a friend? Just send it to me.
welcome-back =
    👋 Good to see you again at *{ $program }*.

    Each friend who makes a first purchase brings you *{ $advocate-gain }*, and them *{ $friend-gain }*.
back-as-friend = 👋 Good to see you again. Your invitation stands:

# $advocate: who invited; $until: the last day for the first purchase
invited =
    🎉 You are in: { $advocate } invited you to *{ $program }*.

    Make your first purchase by { $until }: you get *{ $friend-gain }*, and { $advocate } gets *{ $advocate-gain }*.

friend-joined =
    🎉 { $friend } joined through your link.

    As soon as they make their first purchase (by { $until }), *{ $gain }* is on its way to you.

# Said for every code, right or wrong, to whoever has tried ten within the hour.
too-many-codes = You have tried quite a few codes in the last hour, so I take no more of them for now. Please come back in an hour, and bring the code your friend sent you, exactly as it is written.
unknown-code =
    I do not know this code. A code has eight letters and digits, such as the ones in your friend's message.

    Please check it, or ask your friend to send the link again. You can also start your own invitations right away.
did-you-mean = I do not know this code. Did you mean { $code }?
button-use-code = Yes, use { $code }

own-link =
    This is your own link, so it cannot count for you. It works for everyone else: send it to a friend, and you get *{ $gain }* when they make their first purchase.
customer-before =
    You are a customer of *{ $program }* already, so an invitation cannot count any more: it is for people who have not bought here before.

    You can be the one who invites: each friend brings you *{ $gain }*.
joined-before = You joined through this invitation already, and it stands:
invited-by-another =
    You joined through another friend's invitation already, and the first one counts.

    You can be the one who invites: each friend brings you *{ $gain }*.
program-over =
    This invitation is over: *{ $program }* takes no new referrals through it at the moment.

    Everything you have earned stays yours; see “My rewards”.
circle =
    You were part of how this friend came to *{ $program }*, so their invitation cannot count for you.

    Invite somebody new: each friend brings you *{ $gain }*.
