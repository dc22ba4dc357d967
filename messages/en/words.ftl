# Words and buttons that several stories use.

a-friend = a friend
# The name of this language, for those who look for it among the others.
language-name = English
# What one side gets, where it is a part of the purchase: $percent is such as "7.5%".
percent = { $percent } of the purchase
# What a side gets whose program rewards only the other one.
nothing = nothing
button-share = 🎁 Invite a friend
button-status = 📋 My referrals
button-rewards = 🏆 My rewards
button-top = 📊 Leaderboard
button-settings = ⚙️ Settings
button-help = 💬 Help
button-human = 🙋 Talk to a person

# A table, where there is no room for one: $about is what a row is about, $name the heading of $value.
named-cell = { $name }: { $value }
row = *{ $about }*

condition-new-customers = For people who have not bought here before.
# $minimum: the smallest purchase that counts
condition-minimum = The first purchase is { $minimum } or more.
# $days: how long a friend has after joining
condition-window = { $days ->
    [one] The first purchase is made within a day of joining.
   *[other] The first purchase is made within { $days } days of joining.
}
# $days: how long a reward waits
condition-hold = { $days ->
    [one] Rewards are yours a day after the purchase, once it is past returning.
   *[other] Rewards are yours { $days } days after the purchase, once it is past returning.
}
# $day: the first day on which the program no longer runs
condition-ends = The offer ends on { $day }.
