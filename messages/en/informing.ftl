# What the team's channel hears by itself.

# $count: how many referrals; one line for each follows
completed = { $count ->
    [one] 🎉 *A referral is completed*: the purchase is past returning, and the rewards are ready.
   *[other] 🎉 *{ $count } referrals are completed*: their purchases are past returning, and the rewards are ready.
}
completed-line = • { $advocate } brought { $friend }: { $advocate-gain } for { $advocate }, { $friend-gain } for { $friend }
and-more = { $more ->
    [one] … and one more
   *[other] … and { $more } more
}

# $number: the platform's number of the update; $error: the kind of error and its place
parked =
    ⚠️ *Something from { $platform } could not be handled* and was set aside: nothing came of it.

    Number { $number }: { $error }

    What to do: look for this error in the log and report it, or update Grapevine if it is known. Whoever sent it may have to send it again. Nothing else is held up by it.

# $name: who asked; $mine, $other: the ids of the two customer records
other-account =
    🤝 *A decision waits*: { $name } wanted to join two customer records, and the other one has an account on the same platform already. So nothing was joined.

    Records: { $mine } and { $other }

    What it means: this is one person with two accounts, or a sign-in address that reached the wrong person.
    What to do: ask { $name } which it is. One person can go on with the account they had first. If the wrong two were joined before, `grapevine customers merges` lists them, and `grapevine customers part` with the id takes it back.
button-handled = Handled
handled-by = ✅ Handled by { $member }
handled-already = This has been dealt with already.
