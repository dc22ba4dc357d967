# Somebody of the team hands a reward over, or says why it cannot be.

# For the team. $name: the customer; $what: the kind of reward; $reward and $customer: their ids
asked =
    🤝 *{ $name } has claimed { $gain }*: { $what }

    What to do: hand it over, then press Done. If it cannot be, say why, and { $name } hears of it.
    Reward { $reward } of customer { $customer }
button-done = ✅ Done
button-cannot = Can’t
why-not =
    *Why can { $name } not get { $gain }?*

    With the first two it goes back to { $name }, to claim again. With the others it is over.
    Reward { $reward } of customer { $customer }
button-later = Not right now
button-details = We need something from them first
button-gone = We no longer have it
button-terms = Against the terms
button-back = ⬅️ Back
is-done = ✅ Done by { $member }
is-later = ↩️ Given back by { $member }: not right now
is-details = ↩️ Given back by { $member }: something is needed first
is-gone = ✖️ Refused by { $member }: no longer there
is-terms = ✖️ Refused by { $member }: against the terms
answered-already = This has been dealt with already, or is no longer needed.
withdrawn =
    ↩️ *Not needed any more*: { $gain } for { $name } ({ $what })

    What earned it was taken back, so please do not hand it over.
    Reward { $reward } of customer { $customer }

# For the customer. $why: the team’s reason
handed-over = 🎉 Your reward of *{ $gain }* is done: the team has handed it over.
came-back =
    Your reward of *{ $gain }* could not be handed over yet. { $why }

    It is yours still: you find it among your rewards, to claim again.
denied =
    Your reward of { $gain } cannot be handed over. { $why }

    If you think that is a mistake, talk to a person.
why-later = The team cannot do it right now.
why-details = The team needs something from you first: please write to them.
why-gone = It is no longer there.
why-terms = It does not follow the terms of the program.
code-is-there = 🎁 Your code for *{ $gain }* is here!
