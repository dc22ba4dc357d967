# The team takes a reward back or gives one, by hand. $why: their reason

taken-back =
    Your reward of { $gain } is cancelled.

    Why: { $why }
owed =
    Your reward of { $gain } is cancelled, after you had used it: it now stands against what you earn next.

    Why: { $why }
given =
    🎁 The team has given you *{ $gain }*!

    Why: { $why }
