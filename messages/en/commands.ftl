# The menu beside the chat's text field: one line for each command, at most 256 characters.
start = Begin, or start again
share = My link, code and QR to share
status = How my invitations are doing
rewards = What I have earned
top = Who brings the most friends
settings = Messages, name and privacy
help = How it all works
stop = No more messages from me

# Shown in an empty chat before START is pressed; at most 512 characters, plain text.
description =
    Bring a friend and you both get something for it.

    Press START to get a link, a code and a QR of your own. When a friend comes with it and buys, you both hear at once what you have earned, and you can see why at any time.

# Shown on the bot's profile and when its address is shared; at most 120 characters, plain text.
short-description = Share your link, bring a friend, and you both get a reward.

# Something went wrong on our side; whether there is a team that hears of it is not known here.
trouble = Sorry, that did not work: something is broken on our side. Please try again in a few minutes, and tell the shop if it still does not work then.

# Somebody sent far more than a person can mean; until a minute has passed nothing of theirs is read.
a-moment = A moment, please: that was a lot at once. I did not read the last of it, and I am all yours again in a minute.

# Takes the "share my number" keyboard away when what follows has buttons of its own.
thanks-for-number = Your number has arrived.

# On a button that was tapped several times in a moment.
just-sent = ⬆️ It is just above.

# What Slack shows about the app: in its lists at most 140 characters, on its page 175 to 4000, plain text.
slack-description = Bring a friend and you both get something for it: your link, your code and your rewards.
slack-long-description =
    Grapevine gives every customer a link, a short code and a QR of their own. When a friend comes with it and buys, both hear at once what they have earned, and both can see why at any time.

    Customers type /grapevine, write to the app, or open its Home. What they see there is for them alone. The team asks for the program's figures, hears of every completed referral, and answers customers in the threads of its own channel.

# Beside /grapevine while somebody types it.
slack-command = Your link, your invitations and your rewards
slack-hint = join CODE | share | status | rewards | top | settings | help | stop | stats

# --- what only Slack needs

# The database was held by somebody else for two seconds: nothing was written.
busy = So much is going on at the moment that I did not get to this. Please try it again.
# Before the help. $word: what somebody typed after /grapevine
unknown-word = I do not know “{ $word }”. Here is what I can do:
# Before words that can be copied as they are.
ready-words = 📋 Ready to copy and send to a friend:
# In the place of a picture that Slack did not take.
no-picture = There should be a picture here, and Slack cannot show it right now. Everything it says is in the words.
only-pictures = 📎 I can take words and pictures, but no other files. Could you send a picture of it?
# Home and the modals; titles and their buttons have at most 24 characters.
modal-title = Bring a friend
modal-close = Close
button-enter-code = I have a code
code-title = I have a code
code-label = The code you were given
code-submit = Use it
# Home's button could not open its form. $join: the command, such as /grapevine join
type-the-code = I could not open the form just now. Please type { $join } and your code after it, with a space between them.
# Somebody typed the command without a code.
which-code = Which code is it? Type { $join } and the code after it, with a space between them.
# Somebody of the team changed a reply that the customer has already; only they see this.
change-not-sent = ✏️ Your change did not reach the customer: they have what you wrote first. Write it again as a new reply, please.
