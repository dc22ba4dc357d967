# Someone wants no more messages.

stopped =
    Done. You will not hear from me again.

    Your rewards stay yours: { $rewards } shows them, and { $start } brings me back whenever you like.
