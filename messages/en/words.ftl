# Words and buttons that several stories use.

a-friend = a friend
# The name of this language, for those who look for it among the others.
language-name = English
# What one side gets, where it is a part of the purchase: $percent is such as "7.5%".
percent = { $percent } of the purchase
# $most: however much is bought
percent-at-most = { $percent } of the purchase, up to { $most }
# $gain: what it may come to, of several sizes or goals
up-to = up to { $gain }
and-more = { $gain } and more
either = { $one } or { $other }
or-else = { $gain } or more to choose from
both = { $one } and { $other }
each-time = { $gain } each time
so-many-times = { $gain }, up to { $times } times
# What a side gets whose program rewards only the other one.
nothing = nothing
# What a friend counts for where only several of them bring something: "you get a step towards 1 jacket"
step-towards = a step towards { $gain }
chance-of = a chance of { $gain }
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
condition-new-here = For people who are new here.
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
condition-lapsed = { $days ->
    [one] For new customers, and for those who have not bought for a day.
   *[other] For new customers, and for those who have not bought for { $days } days.
}
condition-window-from-click = { $days ->
    [one] The first purchase is made within a day of opening the link.
   *[other] The first purchase is made within { $days } days of opening the link.
}
# $event: what must come first
condition-hold-until = Rewards become yours after the next event: { $event }.
condition-first = Only the first one counts.
condition-more = Not everything counts: ask for the full terms.
# $field: what is looked at; $value: what it is compared with
condition-is = { $field } is { $value }.
condition-is-not = { $field } is not { $value }.
condition-is-one-of = { $field } is one of { $value }.
condition-is-none-of = { $field } is none of { $value }.
condition-starts-with = { $field } starts with { $value }.
condition-ends-with = { $field } ends with { $value }.
condition-contains = { $field } contains { $value }.
condition-does-not-contain = { $field } does not contain { $value }.
condition-is-more-than = { $field } is more than { $value }.
condition-is-at-least = { $field } is at least { $value }.
condition-is-less-than = { $field } is less than { $value }.
condition-is-at-most = { $field } is at most { $value }.
field-amount = The amount
field-count = The number
field-total = The sum
field-product = The product
field-category = The category
field-country = The country
field-source = The place of purchase

# One goal among several. $what: what must be done
goal-for-both = For { $what }: { $friend-gain } for you, { $advocate-gain } for who invited you.
goal-for-friend = For { $what }: { $friend-gain } for you.
goal-for-advocate = For { $what }: { $advocate-gain } for who invited you.
goal-for-both-told-advocate = For { $what }: { $advocate-gain } for you, { $friend-gain } for your friend.
goal-for-friend-told-advocate = For { $what }: { $friend-gain } for your friend.
goal-for-advocate-told-advocate = For { $what }: { $advocate-gain } for you.
goal-window = { $days ->
    [one] There is a day for it from joining on.
   *[other] There are { $days } days for it from joining on.
}
goal-window-from-click = { $days ->
    [one] There is a day for it from opening the link on.
   *[other] There are { $days } days for it from opening the link on.
}
goal-hold = { $days ->
    [one] The rewards are yours a day later.
   *[other] The rewards are yours { $days } days later.
}
what-purchase = { $count ->
    [one] a purchase
   *[other] { $count } purchases
}
what-purchase-minimum = { $count ->
    [one] a purchase of { $minimum } or more
   *[other] { $count } purchases of { $minimum } or more
}
what-signup = signing up
# $event: the business's own word
what-event = { $count ->
    [one] “{ $event }”
   *[other] { $count } × “{ $event }”
}
event-purchase = a purchase
event-signup = signing up

limit-count-friend = { $count ->
    [one] At most one reward for one friend.
   *[other] At most { $count } rewards for one friend.
}
limit-count-day = { $count ->
    [one] At most one reward a day.
   *[other] At most { $count } rewards a day.
}
limit-count-week = { $count ->
    [one] At most one reward a week.
   *[other] At most { $count } rewards a week.
}
limit-count-month = { $count ->
    [one] At most one reward a month.
   *[other] At most { $count } rewards a month.
}
limit-count-year = { $count ->
    [one] At most one reward a year.
   *[other] At most { $count } rewards a year.
}
limit-count-lifetime = { $count ->
    [one] At most one reward in all.
   *[other] At most { $count } rewards in all.
}
limit-value-friend = At most { $gain } for one friend.
limit-value-day = At most { $gain } a day.
limit-value-week = At most { $gain } a week.
limit-value-month = At most { $gain } a month.
limit-value-year = At most { $gain } a year.
limit-value-lifetime = At most { $gain } in all.
