# Someone asks what the bot can do, or says something it does not know.

help =
    *How it works*

    1. Tap “Invite a friend” and send your link, or let them scan your QR code.
    2. { $deed ->
        [first-purchase] They open it and make their first purchase at { $program }.
        [signup] They open it and sign up at { $program }.
       *[other] They open it and do what counts at { $program }.
    }
    3. Then { $gains }. { $use ->
        [till] Claim it here and show the voucher at the till.
        [balance] It goes onto your balance by itself.
       *[other] “My rewards” shows what is there, and how to use it.
    }

    *What you can send me*
    { $share } – your link, code and QR
    { $status } – how your referrals stand
    { $rewards } – what is ready and what is coming
    { $top } – the leaderboard
    { $settings } – names, notifications, reminders
    { $stop } – no more messages

    Got a code from a friend? Just send it to me.
# One more line for the team. $stats: the command
for-the-team = For the team: { $stats } – the figures of the program
old-button = That button is from an older message and no longer works. Here is what you can do now:
not-understood = I did not understand that. You can send me a friend's code, or tap what you would like to do:
not-understood-kept =
    I did not understand that. You can send me a friend's code, or tap what you would like to do.

    To ask a person of the team, tap “Talk to a person”: they see what you have written.
# Under it, where there is a guess: it stands on the first button, or two guesses on the first two.
perhaps = Did you mean what stands on top?
picture = I cannot read pictures, I am sorry. You can send me a friend's code, or tap what you would like to do:
picture-for-human =
    I cannot read pictures, but the team can.

    Tap “Talk to a person”, and then send it once more.
# $day: when the last conversation with the team was closed
still-there =
    Your conversation with the team was closed on { $day }.

    Would you like to go on? Tap “Talk to a person”, and they see what you have just written.
