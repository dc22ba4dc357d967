# A customer asks the team to decide again: one case for each decision, answered once.

# For the customer
can-be = If this looks wrong to you, the team can decide again: tap “Ask the team”.
button-appeal = ⚖️ Ask the team
asked = ⚖️ The team has it: somebody looks at it again, and I tell you here what they say.
answered = The team has looked at this before, and what they said stands:
cannot = The team cannot decide this with one tap. If something looks wrong to you, talk to a person of the team or in the shop.
# $day: since when, or when the team answered
is-open = ⚖️ The team has been asked on { $day } to decide again. I will tell you.
is-upheld = ⚖️ The team looked at it again on { $day } and keeps the decision.
is-overturned = ⚖️ The team looked at it again on { $day } and decided for you: see “My rewards”.
# $gain: what is given after all
overturned =
    🎁 The team has looked at it again, and your reward of *{ $gain }* is granted!

    Thank you for asking.
upheld =
    ⚖️ The team has looked at it again and keeps the decision: there is no { $gain } for it.

    If you want to know more, talk to a person.
# Where an invitation or a purchase had been refused, and not a reward that was there
besides = It is for you alone: the invitation itself stays as it was. What may still come of it comes besides.
# $why: the team's own words
note = The team writes: { $why }

# For the team. $name: who asks; $gain: what they would get; $customer, $appeal: ids
card =
    ⚖️ *{ $name } asks you to decide again*: { $gain }

    What to do: read why it was refused, then press one button. { $name } hears your answer once, and it is final.
    Case { $appeal } of customer { $customer }
# $words: the reason as the customer has read it
told = • They were told: { $words }
as-friend = • They ask as the friend who was invited.
as-advocate = • They ask as the one who invited. They know nothing of what their friend bought.
# $name: who asks
alone = • If you give it, only { $name } gets something: the referral stays as it is and counts no more than before, for contests and milestones too. What is earned later comes besides.
button-grant = Give { $gain }
button-keep = Keep the decision
# $member: who of the team answered
overturned-by = ✅ Given by { $member }
upheld-by = ✖️ The decision is kept, says { $member }
settled-before = This case has been answered already, and the customer was told.
unknown = This case is not there any more.
