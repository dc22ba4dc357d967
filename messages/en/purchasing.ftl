# One sentence for whoever reported an event: a cashier, or the log of a shop.

qualified = Counted: the first purchase of an invited friend. Whoever earns a reward for it hears of it in the chat.
# Of a program that rewards more than a first purchase.
qualified-other = Counted for an invited friend. Whoever earns a reward for it hears of it in the chat.
hold-released = Recorded. Rewards were waiting for this, and wait no longer.
conditions-not-met = Recorded. It does not meet the conditions of the program, so there is no reward.
more-needed = Recorded. It counts towards a reward, and more of the same is needed.
referral-ended = Recorded. This customer's invitation has ended, so there is no reward.
program-paused = Recorded. The program takes a break and no new referrals, so there is no reward.
program-not-begun = Recorded. The program has not begun yet, so there is no reward.
late-claim-over = Recorded. This customer had bought here too long ago for a friend's code to count, so there is no reward.
before-link = Recorded. This happened before the share code given with it was made, so there is no reward.
click-too-old = Recorded. The customer's visit through the link is too long ago, so there is no reward.
excluded-friend = Recorded. This customer cannot take part in the program, so there is no reward.
excluded-advocate = Recorded. The owner of the share code cannot take part in the program, so there is no reward.
unclaimed = Kept for the customer: let them open the claim address, and the purchase counts as theirs.
not-invited = Recorded. Nobody invited this customer, so there is no reward.
no-program = Recorded. No referral program is running.
no-goal = Recorded. The program rewards nothing for this kind of event.
goal-reached-before = Recorded. This customer's first purchase has been counted before.
goal-reached-before-other = Recorded. This has been counted for this customer as often as the program allows.
customer-before = Recorded. This customer had bought here before they were invited, so there is no reward.
before-joining = Recorded. This happened before the customer was invited, so there is no reward.
too-late = Recorded. The time for the first purchase after joining is over, so there is no reward.
too-late-other = Recorded. The time for it after joining is over, so there is no reward.
other-currency = Recorded. The program counts purchases in { $currency } only, so there is no reward.
below-minimum = Recorded. A purchase counts from { $minimum }, so there is no reward yet.
refund-recorded = Refund recorded. No reward depended on it.
refund-took-back = Refund recorded. The rewards for this purchase are cancelled, and their owners hear of it in the chat.
refund-reduced = Refund recorded. The rewards for this purchase are smaller now, and their owners hear of it in the chat.
refund-waits = Refund kept: it waits for its purchase, which has not been reported yet.
unknown-code = Recorded. The share code given with it is not known, so there is no reward.
own-link = Recorded. The share code belongs to the customer who bought, so there is no reward.
program-over = Recorded. The program takes no new referrals at the moment, so there is no reward.
circle = Recorded. This customer was part of how the owner of the code came here, so there is no reward.
