# Why something is as it is: a reward, a referral, or what was reported. Each side reads its own.

why = *Why?*
button-why = Why?
# $of: a friend's name, what a reward is worth, or one's own invitation
button-why-of = Why? { $of }
not-yours = This is nothing of yours. Here you find what is:

# What a reason is about
about-purchase = Your purchase of { $day }
about-deed = What you did on { $day }
about-invitation = Your invitation of { $day }
about-it = This
# $count: how many rewards a limit allows, or how many there were
rewards = { $count ->
    [one] one reward
   *[other] { $count } rewards
}

# Where nothing was refused
stands = Nothing is missing here.
without-reward = What counts has happened. The terms give you no reward of your own for it.
pending = What earned it can still be returned until { $free }. From that day on your reward of { $gain } is yours: I will tell you.
# $event: what must come first
waiting-friend = There is one more step to come first: { $event }. Then your reward of { $gain } is yours.
waiting-advocate = There is one more step to come first, on your friend's side: { $event }. Then your reward of { $gain } is yours.
used = You had used { $gain } before what earned it was cancelled. There is nothing you need to do.
owed = You had used { $gain }, and what earned it was cancelled later. What you earn next goes towards it.

# What the advocate reads while nothing counts yet, whatever the friend has done; the friend reads it where they did nothing.
not-yet = What counts has not happened yet: { $wanted }. There is time until { $limit }.
advocate-too-late = What counts had to happen by { $limit }, and that day is over.

# One's own. $what: which purchase; $saw: what was seen; $limit: what the program asks for
unknown-code = { $what } did not count: there is no such code as the one given with it.
own-link = { $what } did not count: the code with it was your own.
joined-before = { $what } changed nothing: you had joined through it before.
invited-by-another = { $what } did not count: somebody else had invited you before, and the first one counts.
program-over = { $what } did not count: the program took no new referrals then.
program-not-begun = { $what } did not count: the program had not begun yet.
program-paused = { $what } did not count: the program took a break and no new friends.
customer-before = { $what } did not count: you were a customer before you were invited.
late-claim-over = { $what } did not count: the code came too late after it.
circle = { $what } did not count: the friend who invited you came here through you.
excluded-advocate = { $what } did not count: by the rules, whoever invited you cannot take part.
excluded-friend = { $what } did not count: by its rules you cannot take part in the program.
before-link = { $what } did not count: it happened before the link or code that was named with it was made.
click-too-old = { $what } did not count: your visit through the link was too long ago.
not-invited = { $what } brought no reward: nobody had invited you.
no-program = { $what } did not count: there was no program then.
no-goal = { $what } did not count: the program rewards other things.
goal-reached-before = { $what } brought nothing new: this had been counted before.
referral-ended = { $what } did not count: your invitation had come to an end.
before-joining = { $what } did not count: you joined after it.
too-late = { $what } did not count: the time after joining ended on { $limit }.
other-currency = { $what } did not count: it was in { $saw }, and the program counts { $limit }.
below-minimum = { $what } did not count: it comes to { $saw }, and the program asks for { $limit } or more.
conditions-not-met = { $what } did not count: it did not meet the conditions.
more-needed = { $what } counts, and a little more is needed before there is a reward.
more-needed-count = { $what } counts: that makes { $saw } of { $limit }.
unknown-claim = { $what } could not be claimed: nothing waits at that address.
claim-used = { $what } could not be claimed: somebody had done so before.
claim-expired = { $what } could not be claimed: the time for it was over.

# A limit was reached. $limit: the most there is; $saw: what there was already
cap-friend = For one friend there is at most { $limit }, and you have had { $saw }.
cap-day = In one day there is at most { $limit }, and on that day you had { $saw } already.
cap-week = In one week there is at most { $limit }, and in that week you had { $saw } already.
cap-month = In one month there is at most { $limit }, and in that month you had { $saw } already.
cap-year = In one year there is at most { $limit }, and in that year you had { $saw } already.
cap-lifetime = In all there is at most { $limit }, and you have had { $saw }.
cap-budget = The program had given away all that was set aside for it.

# A reward came to an end. $gain: what it was; $until: its last day; $why: the team's reason
refunded = Your purchase was returned, so your reward of { $gain } for it is cancelled.
refund-took-back = Your purchase was returned, so the reward for it is cancelled.
refund-reduced = A part of your purchase was returned. The reward is a share of it, so it is { $gain } now.
event-never-came = The last step did not happen in time, so your reward of { $gain } was not granted.
not-delivered = The team could not hand { $gain } over. { $why }
by-hand = The team took { $gain } back. Why: { $why }
revoked-by-hand = The team took this back.
expired = This reward of { $gain } was there until { $until }, and was not used by then.
milestone-lost = A friend it stood on does not count any more, so your reward of { $gain } is cancelled. It can be reached again.
same-person = Both sides turned out to be the same person.
invited-before = There was an earlier invitation, and the first one counts.

# The same for the advocate: nothing of what the friend did, when, or for how much
advocate-customer-before = This friend had been here before you invited them.
advocate-circle = The two of you had invited each other.
advocate-excluded-advocate = By its rules you cannot take part in the program.
advocate-referral-ended = This invitation has come to an end.
advocate-refunded = What this invitation stood on was returned, so there is no reward for it.
advocate-refund-took-back = What this invitation stood on was returned, so there is no reward for it.
advocate-refund-reduced = A part of what your reward stands on was returned. It is a share of that, so it is { $gain } now.
advocate-event-never-came = The last step on your friend's side did not happen in time, so your reward of { $gain } was not granted.
advocate-invited-before = This friend had an earlier invitation, and the first one counts.
