# Someone writes what they want in words of their own.

# $program: the business. Somebody wrote what they did, and asked nothing.
told =
    Thank you for telling me! There is nothing you have to report here: { $program } tells me by itself what counts.

    If something you did is missing, I can say why:
told-kept =
    Thank you for telling me! There is nothing you have to report here: { $program } tells me by itself what counts.

    If something you did is missing, I can say why, or a person of the team looks at it: they see what you have written.
# After the answer to the first of two things; the second is the button.
also = And the other thing you asked for:
look-closer = If something you did is missing there, I can say why, or a person of the team looks at it:
# $name: the reader; $program: the business; $advocate-gain: what each friend brings; $deed: what counts, in one word
hello =
    👋 Hello { $name }!

    { $deed ->
        [first-purchase] Each friend who makes a first purchase at { $program } brings you *{ $advocate-gain }*.
       *[other] Each friend you bring to { $program } brings you *{ $advocate-gain }*.
    } What would you like to do?
hello-without-name =
    👋 Hello!

    { $deed ->
        [first-purchase] Each friend who makes a first purchase at { $program } brings you *{ $advocate-gain }*.
       *[other] Each friend you bring to { $program } brings you *{ $advocate-gain }*.
    } What would you like to do?
thanks = 😊 Always happy to help!
bye = 👋 See you soon!
# $stop, $settings: commands
stop =
    Shall I stop writing to you?

    Tap below or send { $stop }, and you hear nothing more from me. Your rewards stay yours. To have fewer messages instead, look into { $settings }.
button-stop = 🔕 Yes, no more messages
