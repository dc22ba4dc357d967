# A purchase reaches the goal, or a refund takes it back.

# $name: the friend
pending-advocate =
    🎉 { $name } made their first purchase!

    Your *{ $gain }* is on its way. It is yours on { $free }, when the purchase is past returning. I will tell you.
pending-advocate-signup =
    🎉 { $name } signed up!

    Your *{ $gain }* is on its way. It is yours on { $free }. I will tell you.
# $what: what they did, in the business's words
pending-advocate-other =
    🎉 { $name } has come further: { $what }.

    Your *{ $gain }* for it is on its way. It is yours on { $free }. I will tell you.
# $name: the advocate
pending-friend =
    🎉 Thank you for your purchase!

    { $name } invited you, so you get *{ $gain }*. It is yours on { $free }, when the purchase is past returning. I will tell you.
pending-friend-signup =
    🎉 Thank you for signing up!

    { $name } invited you, so you get *{ $gain }*. It is yours on { $free }. I will tell you.
pending-friend-other =
    🎉 This counts: { $what }.

    { $name } invited you, so you get *{ $gain }* for it. It is yours on { $free }. I will tell you.
# $event: what must come first before the reward is theirs
waiting-advocate =
    🎉 { $name } has come further: { $what }.

    Your *{ $gain }* for it is on its way. It is yours after one more step of theirs: { $event }. I will tell you.
waiting-friend =
    🎉 This counts: { $what }.

    { $name } invited you, so you get *{ $gain }* for it. It is yours after one more step: { $event }. I will tell you.

# A cap is full. $why: which one, in a sentence
denied-advocate =
    { $name } has come further: { $what }. That is your doing, thank you!

    There is no { $gain } for it this time. { $why } What you have earned before stays yours.
denied-friend =
    This counts: { $what }. Thank you!

    There is no { $gain } for it this time. { $why } What you have earned before stays yours.
# $most: how many, or how much
why-cap-friend = For one friend there is { $most } at most, and that is reached.
why-cap-day = In a day there is { $most } at most, and today's is reached.
why-cap-week = In a week there is { $most } at most, and this week's is reached.
why-cap-month = In a month there is { $most } at most, and this month's is reached.
why-cap-year = In a year there is { $most } at most, and this year's is reached.
why-cap-lifetime = In all there is { $most } at most, and that is reached.
why-cap-budget = The program has given away all that was set aside for it.
opens-again = From { $day } on there is something to earn again.

revoked-refunded-advocate =
    A friend's purchase was returned, so the { $gain } for it is cancelled.

    Nothing else changes. Your link works for the next friend.
revoked-refunded-friend =
    Your purchase was returned, so the { $gain } for it is cancelled.

    You can still invite friends and earn rewards yourself.
# A part of the purchase was returned. $was: what the reward was worth; $gain: what it is worth now
reduced-advocate =
    A part of a friend's purchase was returned. Your reward is a share of it, so it is *{ $gain }* now instead of { $was }.

    Nothing else changes. Your link works for the next friend.
reduced-friend =
    A part of your purchase was returned. Your reward is a share of it, so it is *{ $gain }* now instead of { $was }.

    Nothing else changes.
# $gain: how much more was spent of it
spent-more = You had spent { $gain } more of it. What you earn next goes towards that.
# The reward was used before the purchase was returned. $gain: what it was worth; $less: by how much it became less
used-all-advocate =
    A friend's purchase was returned, and you had used your { $gain } for it before.

    There is nothing to pay back, and nothing you need to do. Your link works for the next friend.
used-all-friend =
    Your purchase was returned, and you had used your { $gain } for it before.

    There is nothing to pay back, and nothing you need to do.
used-part-advocate =
    A part of a friend's purchase was returned, and you had used your { $gain } for it before.

    There is nothing to pay back, and nothing you need to do. Your link works for the next friend.
used-part-friend =
    A part of your purchase was returned, and you had used your { $gain } for it before.

    There is nothing to pay back, and nothing you need to do.
balance-all-advocate =
    A friend's purchase was returned, and you had spent your { $gain } for it before. Your balance is { $less } lower now.

    There is nothing to pay back: what you earn next goes towards it.
balance-all-friend =
    Your purchase was returned, and you had spent your { $gain } for it before. Your balance is { $less } lower now.

    There is nothing to pay back: what you earn next goes towards it.
balance-part-advocate =
    A part of a friend's purchase was returned, and you had spent your { $gain } for it before. Your balance is { $less } lower now.

    There is nothing to pay back: what you earn next goes towards it.
balance-part-friend =
    A part of your purchase was returned, and you had spent your { $gain } for it before. Your balance is { $less } lower now.

    There is nothing to pay back: what you earn next goes towards it.
# For the team
team-used = ↩️ { $name } had used { $gain } before what earned it was returned. { $less } of it stands on nothing now. Nobody asks for it back, and you need do nothing.
team-balance = ↩️ { $name } had spent { $gain } before what earned it was returned. Their balance is { $less } lower, and what they earn next makes up for it.
team-reduced = ↩️ { $name } has claimed { $was }, and it is { $gain } now, as a part of the purchase was returned. Please give no more than that.
revoked-same-person-advocate = Two records turned out to be you, so the { $gain } for inviting yourself is cancelled. Your other rewards stay.
revoked-same-person-friend = Two records turned out to be you, so the { $gain } for being invited by yourself is cancelled. Your other rewards stay.
revoked-invited-before-advocate = A friend had an earlier invitation, and the first one counts, so the { $gain } for this one is cancelled.
revoked-invited-before-friend = You had an earlier invitation, and the first one counts, so the { $gain } of the later one is cancelled.
revoked-customer-before-advocate = A friend turned out to have bought here before they were invited, so the { $gain } for it is cancelled. Your other rewards stay.
revoked-customer-before-friend = You had bought here before you were invited, so the { $gain } for it is cancelled. You can still invite friends and earn rewards yourself.
revoked-circle-advocate = A friend and you had invited each other, so the { $gain } for this invitation is cancelled.
revoked-circle-friend = A friend and you had invited each other, so the { $gain } for this invitation is cancelled.
