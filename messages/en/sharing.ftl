# Someone asks for their link, code and QR picture.

# $link: the address; $code: the same as a code; $till: whether purchases are rung up, so that a code can be told there
card =
    *Your invitation to { $program }*

    { $link }
    Code: { $code }

    { $till ->
        [yes] Send the link, let a friend scan the picture, or tell them the code: it works at the till, too.
       *[no] Send the link, let a friend scan the picture, or tell them the code.
    } { $deed ->
        [first-purchase] When they make their first purchase, { $gains }.
        [signup] When they sign up, { $gains }.
       *[other] When they do what counts, { $gains }.
    }
# $words: what the person chose to say to friends
your-words = You say to friends: “{ $words }”
# What the friend reads. $words: the sharer's own, or ours; $honest: the sharer's own gain is said openly.
words-for-friends = { $words } { $honest }
our-words = { $deed ->
    [first-purchase] I go to { $program } and thought of you: with my link you get { $friend-gain } on your first purchase.
    [signup] I use { $program } and thought of you: with my link you get { $friend-gain } when you sign up.
   *[other] I use { $program } and thought of you: with my link you get { $friend-gain }.
}
our-words-without-gift = { $deed ->
    [first-purchase] I go to { $program } and thought of you: this is my link.
   *[other] I use { $program } and thought of you: this is my link.
}
honest-briefly = I get { $advocate-gain } too.
honest-briefly-without-gain = I get nothing for it.
honest-briefly-alone = { $deed ->
    [first-purchase] I get { $advocate-gain } when you make your first purchase.
    [signup] I get { $advocate-gain } when you sign up.
   *[other] I get { $advocate-gain } for it.
}
# After words of the sharer's own, which may say nothing of the offer.
honest = { $deed ->
    [first-purchase] With my link you get { $friend-gain } on your first purchase, and I get { $advocate-gain } too.
    [signup] With my link you get { $friend-gain } when you sign up, and I get { $advocate-gain } too.
   *[other] With my link you get { $friend-gain }, and I get { $advocate-gain } too.
}
honest-alone = { $deed ->
    [first-purchase] I get { $advocate-gain } when you make your first purchase through my link.
    [signup] I get { $advocate-gain } when you sign up through my link.
   *[other] I get { $advocate-gain } when you come through my link.
}
honest-without-gain = { $deed ->
    [first-purchase] With my link you get { $friend-gain } on your first purchase. I get nothing for it.
    [signup] With my link you get { $friend-gain } when you sign up. I get nothing for it.
   *[other] With my link you get { $friend-gain }. I get nothing for it.
}
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
inline-about-without-gift = Tap to send it.
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
program-paused =
    The program takes a break just now, so there is no link to share. Please look in again.

    What you have earned and what your friends were promised stays.
ask-for-news =
    One question, asked once: may I write to you now and then with reminders, the weekly leaderboard, and news and offers of { $program }?

    Each of them ends with one tap whenever you like. News about your own referrals and rewards reaches you either way. You can change your mind with { $settings }.
button-agree = Yes, please
button-decline = No, thanks
