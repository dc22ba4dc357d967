# A customer talks to a person of the team.

# --- to the customer

passed-on-first =
    🙋 I have passed this on to the team. A person answers you here as soon as they can.

    You can go on writing or send a picture: they see it, too.
passed-on = ✓ The team has it.
what-is-it =
    🙋 What would you like to ask?

    Write it here or send a picture, and I pass it on to a person of the team.
already = 🙋 You are talking to the team: just write here, and a person answers.
nobody-there =
    I am sorry, nobody of the team can be reached through this chat. Please ask in the shop: they are happy to help.

    Here is what I can do for you:
never-mind = All right, I have passed nothing on. Here is what I can do for you:
nothing-open = You are not talking to the team at the moment. Here is what I can do for you:
ended = 👍 I have told the team that you have all you need. If something else comes up, just ask again.
# $said: what the person of the team wrote
reply =
    💬 *From the team*

    { $said }
reply-picture = 💬 *From the team*: a picture for you.
closed-by-team =
    The team has closed this conversation. I hope it helped.

    Is there more? Just write to me again, or tap “Talk to a person”.
reopened = 🙋 The team has opened your conversation again. What you write here now reaches them.

button-enough = That is all, thank you
button-never-mind = Never mind

# --- to the team

a-customer = a customer
# $name: who asks; $platform: where; $said: what they wrote
opened =
    🙋 *Question* from *{ $name }*, in { $platform }:

    { $said }
opened-with-picture = 🙋 *Question* from *{ $name }*, in { $platform }: the picture below.
again =
    🙋 *One more question* from *{ $name }*, in { $platform }:

    { $said }
known-since = • Known here since { WITH_YEAR($since) }
customer-since = • A customer since { WITH_YEAR($since) }
standing = • Friends they brought: { $joined } joined, { $qualified } qualified, { $completed } completed · Rewards ready: { $ready }
# $advocate: who invited the customer
invited-by = • Invited by { $advocate }
has-stopped = • They have said stop: answers to this question reach them, nothing else does
how-to-answer = Reply in this thread, and { $name } reads it in { $platform }. Begin with // to keep a message among yourselves.
heard = *{ $name }*: { $said }
heard-picture = *{ $name }*: a picture
closed-by-customer = ✅ Closed: { $name } has all they need.
# $member: who of the team closed it
closed-by-member = ✅ Closed by { $member }. Replies in this thread stay here.
reopened-by-member = 🙋 Opened again by { $member }. Replies in this thread reach { $name }.
left = 👋 Closed: { $name } has said stop and wants no more messages. Replies in this thread stay here.
blocked = ⚠️ A reply does not reach { $name } at the moment: they have blocked the chat with us. It does again when they come back.
joined-another = ✅ Closed: { $name } is in another conversation with you, and it turned out to be the same person. Please go on there.

button-close = Close
button-reopen = Reopen

# Under a message whose picture could not be had from the platform that kept it; either side may read it.
picture-lost = (The picture could not be passed on. Please ask for it once more.)

# --- to one of the team alone

reply-not-sent = Your reply was not sent to the customer.
reply-after-closing = This conversation is closed, so your reply was not sent to the customer. To write to them, open it again and send your reply once more.
reply-unreachable = Your reply was not sent: the customer has blocked the chat with us. Please try again when they have come back.
# Under a message of ours that holds no conversation: a question that reached the channel twice, or anything else
reply-in-a-copy = Replies here reach no customer. If this is a customer's question, it stands in the channel a second time: please reply there.
unknown = This conversation is not there any more.
closed-already = This conversation is closed already.
open-already = This conversation is open already: just reply in its thread.
cannot-reopen-stopped = They have said stop and want no more messages, so this conversation stays closed. It opens again when they ask you something.
cannot-reopen-another = They are in another conversation with you at the moment. Please go on in its thread.
