# Two records turn out to be one person.

# $since: how long the shop has known the customer
is-this-you =
    I found a customer record that seems to be yours, known since { $since }.

    Shall I join it with this chat? You will then see everything in one place.
button-yes = Yes, that is me
button-no = No, that is not me
joined = Done: everything is in one place now.
declined = All right, the two stay apart. If that was a mistake, open the link from the shop again.
answered-before = This question has been answered already. Nothing was changed.
already-yours = This record is yours already. Nothing needs to be done.
other-account = That record belongs to another account on this platform, so I cannot join the two. The shop has been told and will look into it.
token-over = This link has been used or is older than 15 minutes. Please ask the shop for a new one.
not-your-contact = That is somebody else's contact. Please share your own number with the button below the text field.
phone-noted = Thank you, I have noted your number. The shop can now find your purchases by it.
ask-for-phone =
    The shop can find your purchases by your phone number.

    Tap the button below the text field to share your own number. It is used for nothing else.
button-share-phone = 📱 Share my number
