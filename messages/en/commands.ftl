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

# Something went wrong on our side, three times in a row; the team has been told.
trouble = Sorry, that did not work: something is broken on our side. The team has been told. Please try again in a few minutes.

# Takes the "share my number" keyboard away when what follows has buttons of its own.
thanks-for-number = Your number has arrived.
