# Questions about the program, answered from its terms and from how the one who asks stands.

# $program: the business; $gains: what each side gets; $deed: what counts, in one word
how-much = { $deed ->
    [first-purchase] For each friend who makes a first purchase at *{ $program }*, { $gains }.
   *[other] For each friend you bring to *{ $program }*, { $gains }.
}
# $gain: what the friend gets who was invited; $until: the last day for the first purchase
how-much-own = { $deed ->
    [first-purchase] You were invited yourself: make your first purchase by { $until }, and you get { $gain }.
   *[other] You were invited yourself: do what counts by { $until }, and you get { $gain }.
}

when-coming = Here is what is yours, and when:
when = { $deed ->
    [first-purchase] You get your reward when a friend has made their first purchase.
   *[other] You get your reward when a friend has done what counts.
}
when-at-once = { $deed ->
    [first-purchase] You get your reward as soon as a friend has made their first purchase. I will tell you.
   *[other] You get your reward as soon as a friend has done what counts. I will tell you.
}
# Before a line for each thing that brings something
when-parts = This is what you get, and for what:
when-thanks = The rewards of this program are for those whom you invite.
# $until: the last day for the first purchase
when-own = { $deed ->
    [first-purchase] You were invited yourself: make your first purchase by { $until }, and your reward is on its way.
   *[other] You were invited yourself: do what counts by { $until }, and your reward is on its way.
}
# $waiting: how many friends have joined and done nothing yet that counts
when-waiting = { $waiting ->
    [one] One friend has joined, and what counts is still to come.
   *[other] { $waiting } friends have joined, and what counts is still to come.
}

until = *Until when?*
until-own = { $deed ->
    [first-purchase] You were invited yourself: your first purchase counts until { $until }.
   *[other] You were invited yourself: what you do counts until { $until }.
}
# $days: how long a reward that is ready can be claimed
time-to-claim = { $days ->
    [one] A reward that is ready can be claimed for a day.
   *[other] A reward that is ready can be claimed for { $days } days.
}
# $days: how long a voucher is good
time-of-voucher = { $days ->
    [one] Once claimed, its voucher is good for a day.
   *[other] Once claimed, its voucher is good for { $days } days.
}
# $days: how long a friend has from joining on, whatever counts
time-of-friend = { $days ->
    [one] A friend has a day from joining on.
   *[other] A friend has { $days } days from joining on.
}
# $days: how long what is on a balance can be spent
time-to-spend = { $days ->
    [one] What you earn can be spent for a day.
   *[other] What you earn can be spent for { $days } days.
}
never-expires = What you earn does not expire.
link-stays = Your link has no end date.
closed = The program takes no new referrals at the moment. What you have earned stays yours.

conditions = *What counts at { $program }*
no-limit = You can invite as many friends as you like: each one counts.
given-back = If a purchase is given back, its reward is cancelled; if a part of it is, what is left decides.
free = Inviting and joining cost nothing.
not-oneself = Your own link does not count for yourself, and of several invitations the first one counts.
not-oneself-last = Your own link does not count for yourself, and of several invitations the last one before what counts is the one.

why-not = Here is how everything stands for you:
why-not-nobody = So far nobody has joined through your link, so there is nothing to be rewarded for. This is what counts:

# $days: how long a voucher is good
voucher =
    *How to use a reward*

    Tap “My rewards” and claim it: you get a code and a picture. Show either at the till { $days ->
        [one] within a day
       *[other] within { $days } days
    }. It works once, so claim it when you mean to use it.

# Where everything is credit: nothing is shown at a till. $days: not said here
balance =
    *How to use a reward*

    There is nothing to claim: what you earn goes onto your balance by itself, and is there for you to use. “My rewards” shows how much it is.

# $program: the business; $settings, $stop: commands
privacy =
    *What I know about you*

    Your account in this chat, the first name, the language and the time zone it tells me, your invitations and rewards, what *{ $program }* reports about your purchases, your phone number if you share it, and the words you choose for your invitation.

    Friends you invite see your first name, and you see theirs. On the leaderboard you appear under a pseudonym, unless you choose otherwise in { $settings }. What you write is passed on only when you ask for a person. With { $stop } you hear nothing more from me.
privacy-ask-team = To see or delete what is kept about you, ask the team: tap “Talk to a person”.
privacy-ask-shop = To see or delete what is kept about you, please ask in the shop.

bot = I am a bot: I look after the invitations and rewards of *{ $program }*. I never ask for money, a password or a card number. Here is what I can do for you:
bot-with-team =
    I am a bot: I look after the invitations and rewards of *{ $program }*. I never ask for money, a password or a card number.

    If you would rather talk to a human, tap “Talk to a person”.

code = Got a code from a friend? Just send it to me here: eight letters and digits, exactly as they wrote it.
code-invited = You have joined through a friend's invitation already, so you need no other code. It stands:

button-how-much = 🎁 How much do I get?
button-when = 📅 When do I get it?
button-until = ⏳ Until when?
button-conditions = 📋 What are the conditions?
button-why-not = ❓ Why did I get nothing?
button-voucher = 🎟 How do I use a voucher?
button-privacy = 🔒 What do you know about me?
button-bot = 🤖 Who are you?
button-code = 🔢 I have a code

# What helps after a refusal
way-out-buy-again = Nothing is lost: your next purchase may count.
way-out-buy-more = Go on: what you do next counts towards it.
way-out-share-again = You can still earn: share your own link with somebody new.
way-out-use-link = Send me the code of whoever invited you, or open their link again.
way-out-wait = Look in again later: it opens by itself.
appeal = If this looks wrong to you, a person of the team can look at it: tap “Talk to a person”.
