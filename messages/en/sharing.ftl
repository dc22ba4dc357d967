# Someone asks for their link, code and QR picture.

# $link: the address; $code: the same as a code
card =
    *Your invitation to { $program }*

    { $link }
    Code: { $code }

    Send the link, let a friend scan the picture, or tell them the code: it works at the till, too. They get *{ $friend-gain }*, you get *{ $advocate-gain }* when they make their first purchase.
# $words: what the person chose to say to friends
your-words = You say to friends: “{ $words }”
# What the friend reads. $words: the sharer's own, or ours; $honest: the sharer's own gain is said openly.
words-for-friends = { $words } { $honest }
our-words = I go to { $program } and thought of you: with my link you get { $friend-gain } on your first purchase.
honest-briefly = I get { $advocate-gain } too.
honest-briefly-without-gain = I get nothing for it.
# After words of the sharer's own, which may say nothing of the offer.
honest = With my link you get { $friend-gain } on your first purchase, and I get { $advocate-gain } too.
honest-without-gain = With my link you get { $friend-gain } on your first purchase. I get nothing for it.
# The sharer's own words, on the page that a friend opens.
quoted = “{ $words }”
# The card that a friend sees in a chat.
card-for-friends =
    { $words }

    { $link }
    Code: { $code }
button-open = 🎁 Open the invitation
# What somebody sees of their card while they choose it, before it is sent.
inline-title = Your invitation to { $program }
inline-about = Tap to send it. They get { $friend-gain }.
# For somebody who has no link yet.
inline-start = Get a link of your own to share
button-send = ✉️ Send to a friend
button-words = ✍️ Change my words
button-more-ways = 📣 More ways to share
button-copy-link = 🔗 Copy link
button-copy-code = 🔢 Copy code
program-over =
    The program takes no new referrals at the moment, so there is no link to share.

    What you have earned stays yours.
ask-for-news =
    One question, asked once: may I write to you now and then with reminders, the weekly leaderboard, and news and offers of { $program }?

    Each of them ends with one tap whenever you like. News about your own referrals and rewards reaches you either way. You can change your mind with { $settings }.
button-agree = Yes, please
button-decline = No, thanks
