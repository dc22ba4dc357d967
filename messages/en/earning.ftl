# A purchase reaches the goal, or a refund takes it back.

# $name: the friend
pending-advocate =
    🎉 { $name } made their first purchase!

    Your reward of *{ $gain }* is on its way. It is yours on { $free }, when the purchase is past returning. I will tell you.
pending-advocate-signup =
    🎉 { $name } signed up!

    Your reward of *{ $gain }* is on its way. It is yours on { $free }. I will tell you.
# $what: what they did, in the business's words
pending-advocate-other =
    🎉 { $name } has come further: { $what }.

    Your reward of *{ $gain }* for it is on its way. It is yours on { $free }. I will tell you.
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

    Your reward of *{ $gain }* for it is on its way. It is yours after one more step of theirs: { $event }. I will tell you.
waiting-friend =
    🎉 This counts: { $what }.

    { $name } invited you, so you get *{ $gain }* for it. It is yours after one more step: { $event }. I will tell you.

# A cap is full. $why: which one, in a sentence
denied-advocate =
    { $name } has come further: { $what }. That is your doing, thank you!

    For this you would have got { $gain }. { $why } What you have earned before stays yours.
denied-friend =
    This counts: { $what }. Thank you!

    For this you would have got { $gain }. { $why } What you have earned before stays yours.
# $most: how many, or how much
why-cap-friend = For one friend you get { $most } at most, and that is reached.
why-cap-day = In a day you get { $most } at most, and today's limit is reached.
why-cap-week = In a week you get { $most } at most, and this week's limit is reached.
why-cap-month = In a month you get { $most } at most, and this month's limit is reached.
why-cap-year = In a year you get { $most } at most, and this year's limit is reached.
why-cap-lifetime = In all you get { $most } at most, and that is reached.
why-cap-budget = The program has given away all that was set aside for it.
opens-again = From { $day } on there is something to earn again.

revoked-refunded-advocate =
    A friend's purchase was returned, so the reward of { $gain } for it is cancelled.

    Nothing else changes. Your link works for the next friend.
revoked-refunded-friend =
    Your purchase was returned, so the reward of { $gain } for it is cancelled.

    You can still invite friends and earn rewards yourself.
# Said when a part of a purchase is returned, and the reward was a percentage of it.
lowered-advocate =
    A part of a friend's purchase was returned, so your reward for it is { $gain } now, instead of { $before }.

    Nothing else changes.
lowered-friend =
    A part of your purchase was returned, so your reward for it is { $gain } now, instead of { $before }.

    Nothing else changes.

# Said when a purchase is returned after its reward was used: nothing can be taken out of anybody's hands.
owed-advocate =
    A friend's purchase was returned after you had used your reward for it, so a part of it is cancelled: { $gain }.

    { $way ->
        [balance] Your balance is lower by as much, and what you earn next makes up for it first.
       *[other] There is nothing for you to do, and nothing to pay.
    }
owed-friend =
    Your purchase was returned after you had used your reward for it, so a part of it is cancelled: { $gain }.

    { $way ->
        [balance] Your balance is lower by as much, and what you earn next makes up for it first.
       *[other] There is nothing for you to do, and nothing to pay.
    }
# In the team's channel.
team-owed =
    ↩️ A purchase was returned after { $name } had used the reward for it: a reward of { $gain } was given for nothing.

    { $way ->
        [balance] Their balance is lower by as much, and what they earn next makes up for it first.
       *[other] Nothing is asked of them. The figures count it as taken back.
    }

revoked-same-person-advocate = Two records turned out to be you, so the reward of { $gain } for inviting yourself is cancelled. Your other rewards stay.
revoked-same-person-friend = Two records turned out to be you, so the reward of { $gain } for being invited by yourself is cancelled. Your other rewards stay.
revoked-invited-before-advocate = A friend had an earlier invitation, and the first one counts, so the reward of { $gain } for this one is cancelled.
revoked-invited-before-friend = You had an earlier invitation, and the first one counts, so the reward of { $gain } of the later one is cancelled.
revoked-customer-before-advocate = A friend turned out to have been a customer before they were invited, so the reward of { $gain } for it is cancelled. Your other rewards stay.
revoked-customer-before-friend = You were a customer before you were invited, so the reward of { $gain } for it is cancelled. You can still invite friends and earn rewards yourself.
revoked-circle-advocate = A friend and you had invited each other, so the reward of { $gain } for this invitation is cancelled.
revoked-circle-friend = A friend and you had invited each other, so the reward of { $gain } for this invitation is cancelled.
