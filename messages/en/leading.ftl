# The leaderboard.

board-all = *Leaderboard, all time*
board-month = *Leaderboard, this month*
board-week = *Leaderboard, this week*
empty-all = *Leaderboard, all time*: nobody yet. The first completed referral takes first place.
empty-month = *Leaderboard, this month*: nobody yet. The first completed referral takes first place.
empty-week = *Leaderboard, this week*: nobody yet. The first completed referral takes first place.

# $place, $score: numbers; $name: a pseudonym, or a first name its owner chose to show
row = { $place }. { $name } – { $score ->
    [one] 1 referral
   *[other] { $score } referrals
}
row-you = *{ $place }. You – { $score ->
    [one] 1 referral
   *[other] { $score } referrals
}*
own = You: place { $place } with { $score ->
    [one] 1 completed referral
   *[other] { $score } completed referrals
}.
own-none = You: no completed referral yet. A referral counts when its reward is ready.
own-off-board = You are not on the board. You can change that in the settings.

tab-all = All time
tab-month = This month
tab-week = This week

weekly = 📊 *Last week at { $program }*
weekly-own = You came in at place { $place } with { $score ->
    [one] 1 completed referral
   *[other] { $score } completed referrals
}.
weekly-none = You have a new week ahead of you.
weekly-why = You get this because you agreed to reminders and the weekly leaderboard.
button-no-more = No more reminders
