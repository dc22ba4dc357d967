# Refusals at the doors that machines and cashiers use.

id-reused = An event with the id { $id } was reported before with other contents. Use a new id for a new event.
two-customers = These identities belong to two different customers, so nothing was recorded. Report the event for one of them.
unknown-code = There is no share code like this. Please check it with the customer.
refund-of-something-else = This refund names something that is not a purchase in the same currency.
refund-exceeds = This refund is more than what is left of the purchase.
unknown-voucher = There is no voucher with this code. Please check it with the customer.
key-reused = This idempotency key was used for another voucher. Use a new key for a new redemption.
voucher-redeemed = This voucher was redeemed before: { $at }, { $place }, { $cashier }. It works only once.
voucher-redeemed-at-time = This voucher was redeemed before: { $at }. It works only once.
voucher-expired = This voucher has expired. It cannot be used any more.
voucher-revoked = This voucher was cancelled: what earned it was taken back. The customer sees why in the chat.
unknown-customer = There is no customer with this id.
unknown-merge = There is no merge with this id that could be undone.
last-owner = This is the last owner, and a team needs one. Make somebody else an owner first.
unknown-member = Nobody with this id is on the team.
unknown-role = There is no such role. A member is a viewer, a cashier, a manager or an owner.
unknown-campaign = There is no campaign with this id.
no-program = No program is running yet, so there is nothing to write about.
# $there: what is on the balance; $wanted: what was to be spent
balance-too-low = There is { $there } on this balance, which is less than { $wanted }. Nothing was spent.
balance-owed = Nothing is on this balance: { $there } has still to be made up, because a reward was taken back after it was spent. Nothing was spent.
redemption-key-reused = This idempotency key was used for this voucher with another cashier or place. Use a new key for a new redemption.
spending-key-reused = This idempotency key was used for another spending. Use a new key for each spending.
unknown-spending = There is no spending with this id of this customer.
unknown-reward = There is no reward with this id.
unknown-delivery = There is nothing to hand over for this reward.
delivery-settled = This has been dealt with already, or is no longer needed.
reward-over = This reward is over already: there is nothing to take back.
reward-not-over = This reward is not over, so it need not be given again.
given-again-already = This reward was given again before. If that one is over too, give that one again.
codes-by-hand = A code cannot be given by hand: it is taken from a stock that the program names.
unknown-appeal = There is no such case.
appeal-settled = This case has been answered already.
