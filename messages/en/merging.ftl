# Two records turn out to be one person.

# $since: how long the shop has known the customer
is-this-you =
    I found a customer record that seems to be yours, known since { $since }.

    Shall I join it with this chat? You will then see everything in one place.
# The record has a chat already. $platform: where; $name: the first name there, in quotation marks (see "quoted")
is-this-you-too =
    This joins your chat here with the account of { $name } in { $platform }, known since { $since }.

    Both chats will then see and use the same rewards. Say yes only if that account is your own: if somebody else sent you a link or a line for this, say no.
quoted = “{ $name }”
nameless = somebody without a name
button-yes = Yes, that is me
button-no = No, that is not me
joined = Done: everything is in one place now.
# Under what the new chat, or a chat of before, is told. $start: the command that lifts a stop
both-stopped = One of the two chats has said stop, so neither hears from me any more unless you ask me something. { $start } brings me back in both.
# Told in the chats that were there before. $platform: where the new chat is
joined-elsewhere =
    Your account was joined with a chat in { $platform }. Both chats now see and use the same rewards.

    If that was not you, please tell the shop: it can be undone.
declined = All right, the two stay apart. If that was a mistake, get a new link and open it.
answered-before = This question has been answered already. Nothing was changed.
already-yours = This record is yours already. Nothing needs to be done.
other-account = That record belongs to another account on this platform, so I cannot join the two. The shop has been told and will look into it.
# A link, a line or a number of before; also when the question above is answered too late
token-over = That was used before, or is older than 15 minutes, so nothing was joined. Please begin again where you began: get a new link from the shop or in the settings of your other chat, or share your number once more.
not-your-contact = That is somebody else's contact. Please share your own number with the button below the text field.
phone-noted = Thank you, I have noted your number. The shop can now find your purchases by it.
ask-for-phone =
    The shop can find your purchases by your phone number.

    Tap the button below the text field to share your own number. It is used for nothing else.
button-share-phone = 📱 Share my number

# Using the program on another platform as well. $link: the address that opens the chat there
connect-by-link =
    Open this in Telegram, and you will find everything there, too:

    { $link }

    It works once, for 15 minutes. Keep it to yourself: whoever opens it gets to your rewards.
button-open-telegram = Open Telegram
# $line: what to type in Slack
connect-by-line =
    Type this line in any channel of Slack, and you will find everything there, too:

    { $line }

    Only you will see the answer. It works once, for 15 minutes. Keep it to yourself: whoever types it gets to your rewards.
button-copy-line = 📋 Copy the line
there-already = You use both already: everything you see here is there, too.
not-there = I do not answer there. Everything you need is here:
