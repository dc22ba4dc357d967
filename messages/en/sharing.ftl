# Someone asks for their link, code and QR picture.

# $link: the address; $code: the same as a code
card =
    *Your invitation to { $program }*

    { $link }
    Code: { $code }

    Send the link, let a friend scan the picture, or tell them the code: it works at the till, too. They get *{ $friend-gain }*, you get *{ $advocate-gain }* when they make their first purchase.
# What the friend reads. The sharer's own gain is said openly.
words-for-friends = I go to { $program } and thought of you: with my link you get { $friend-gain } on your first purchase. I get { $advocate-gain } too.
button-send = ✉️ Send to a friend
button-copy-link = 🔗 Copy link
button-copy-code = 🔢 Copy code
program-over =
    The program takes no new referrals at the moment, so there is no link to share.

    What you have earned stays yours.
ask-for-reminders =
    One question, asked once: may I write to you now and then with reminders and the weekly leaderboard of { $program }?

    News about your own referrals and rewards reaches you either way. You can change your mind with { $settings }.
button-agree = Yes, please
button-decline = No, thanks
