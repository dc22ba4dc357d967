# Words and buttons that several stories use.

a-friend = a friend
# The name of this language, for those who look for it among the others.
language-name = English
# What one side gets, where it is a part of the purchase: $percent is such as "7.5%".
percent = { $percent } of the purchase
# $most: however much is bought
percent-at-most = { $percent } of the purchase (up to { $most })
# What is given for each full step of what was paid: "1 point for each €1 of the purchase"
for-each = { $gain } for each { $each } of the purchase
# $most: however much is bought
for-each-at-most = { $gain } for each { $each } of the purchase (up to { $most })
# A voucher that the till takes so many percent off for; $number: several of them
percent-off = { $percent } off a purchase
percent-off-several = { $number } × { $percent } off a purchase
# $gain: what it may come to, of several sizes or goals
up-to = up to { $gain }
and-more = { $gain } and more
either = { $one } or { $other }
or-else = { $gain } or more to choose from
both = { $one } and { $other }
each-time = { $gain } each time
so-many-times = { $gain } each time (at most { $times } times)
# What a side gets whose program rewards only the other one.
nothing = nothing
# What somebody gets for bringing friends where the program rewards only the friends.
thanks = our thanks
# What both sides get, or the one that gets anything, as a part of a sentence to whoever may invite
gains-both = you get *{ $advocate-gain }*, and they get *{ $friend-gain }*
gains-advocate = you get *{ $advocate-gain }*
gains-friend = they get *{ $friend-gain }*
# The same to whoever was invited by $advocate
gains-invited-both = you get *{ $friend-gain }*, and { $advocate } gets *{ $advocate-gain }*
gains-invited-advocate = { $advocate } gets *{ $advocate-gain }*
gains-invited-friend = you get *{ $friend-gain }*
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
condition-hold-until = { $days ->
    [one] The rewards become yours after one more step: { $event }. It has to come within a day.
   *[other] The rewards become yours after one more step: { $event }. It has to come within { $days } days.
}
condition-first = Only the first one counts.
# $said: what the business says about it, in its own words
condition-said = Please note: { $said }
condition-not-everybody = Not everybody can take part: ask for the full terms.
# $days: how long after a first purchase a friend's code may still be given
condition-late-claim = { $days ->
    [one] A code that was forgotten can still be given until a day later.
   *[other] A code that was forgotten can still be given until { $days } days later.
}
# How long a reward can be used from when it is ready
good-for = { $days ->
    [one] What you get is good for a day from when it is ready.
   *[other] What you get is good for { $days } days from when it is ready.
}
good-for-at-least = { $days ->
    [one] What you get is good for at least a day from when it is ready; each reward says until when.
   *[other] What you get is good for at least { $days } days from when it is ready; each reward says until when.
}
good-until = What you get is good until { $day }.
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
goal-at-once = You get it at once.
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
# $least, $count: how many it takes differs from person to person
what-event-between = { $least } to { $count } × “{ $event }”
# $what: a deed in other words, such as "a paid invoice"
what-minimum = { $what } of { $minimum } or more
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
# $what: the only thing that the limit before it is about
limit-about = That limit is for this alone: { $what }.
# The program's own means; how much there is nobody is told.
budget-day = What the program gives away in a day is limited: once that is used up, there is nothing more until the next day.
budget-week = What the program gives away in a week is limited: once that is used up, there is nothing more until the next week.
budget-month = What the program gives away in a month is limited: once that is used up, there is nothing more until the next month.
budget-year = What the program gives away in a year is limited: once that is used up, there is nothing more until the next year.
budget-lifetime = What the program gives away is limited: once that is used up, there is nothing more.

# Where there is more for who brings more. $number: from which friend on
steps-advocate = { $number ->
    [one] At first you get { $gain }.
   *[other] From your friend number { $number } on you get { $gain }.
}
steps-friend = { $number ->
    [one] At first a friend gets { $gain }.
   *[other] From friend number { $number } of whoever invited you on, it is { $gain }.
}

# What completed referrals lead to
referrals = { $count ->
    [one] one completed referral
   *[other] { $count } completed referrals
}
referrals-within = { $count ->
    [one] one completed referral { $span }
   *[other] { $count } completed referrals { $span }
}
span-day = in a day
span-week = in a week
span-month = in a month
span-quarter = in a quarter of a year
span-year = in a year
span-lifetime = by the end of the program
drawn-day = every day
drawn-week = every week
drawn-month = every month
drawn-quarter = every quarter of a year
drawn-year = every year
drawn-lifetime = at the end of the program
prize-milestone = For { $referrals }: { $gain } on top.
prize-milestone-again = For every { $referrals }: { $gain } on top.
# $winners: how many win
prize-first = { $winners ->
    [one] For the first to reach { $referrals }: { $gain }.
   *[other] For the first { $winners } to reach { $referrals }: { $gain } each.
}
prize-first-apart = { $winners ->
    [one] For the first to reach { $referrals }: { $gain }. Each region or group has a first of its own.
   *[other] For the first { $winners } to reach { $referrals }: { $gain } each. Each region or group is counted by itself.
}
# $least: how many it takes to be counted at all
prize-most = { $winners ->
    [one] For the one with most completed referrals { $span }, { $least } at least: { $gain }.
   *[other] For the { $winners } with most completed referrals { $span }, { $least } at least: { $gain } each.
}
prize-most-apart = { $winners ->
    [one] For the one with most completed referrals { $span }, { $least } at least: { $gain }. Each region or group is counted by itself.
   *[other] For the { $winners } with most completed referrals { $span }, { $least } at least: { $gain } each. Each region or group is counted by itself.
}
# $drawn: when; $entries: how many each completed referral brings
prize-raffle = { $winners ->
    [one] Drawn by lot { $drawn }: { $gain }. Entries for each completed referral: { $entries }.
   *[other] Drawn by lot { $drawn }: { $gain } for each of { $winners }. Entries for each completed referral: { $entries }.
}
