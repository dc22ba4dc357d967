# The team writes to many at once.

# $text: what the team wrote
announcement = { $text }
# $program: the business
why = You get this because you agreed to news and offers of { $program }.
button-no-more = No more of these

# --- what the team's channel shows while a message goes out; $title: its first words

progress-planning = 📣 *{ $title }* – on its way, and still looking for everybody it is for.
progress-running = 📣 *{ $title }* – on its way.
progress-paused = ⏸️ *{ $title }* – paused. Nothing of it leaves until it is resumed.
progress-cancelling = 🛑 *{ $title }* – cancelled. What was waiting is being put away.
progress-cancelled = 🛑 *{ $title }* – cancelled. Whoever had it already keeps it; nobody else gets it.
progress-done = ✅ *{ $title }* – through.

# $planned: how many it is for; $sent: how many have it; $waiting: how many are still to come
figures = Sent to { $sent } of { $planned }, { $waiting } still to come.
# $count: how many people
suppressed = { $count ->
    [one] Not written to: 1 (stopped, out of reach, enough this week, too late, or called off).
   *[other] Not written to: { $count } (stopped, out of reach, enough this week, too late, or called off).
}
unknown = { $count ->
    [one] Not known whether it arrived: 1. It is not sent again.
   *[other] Not known whether it arrived: { $count }. They are not sent again.
}
failed = { $count ->
    [one] Refused by the platform: 1.
   *[other] Refused by the platform: { $count }.
}
# $segment: whom it is for, as it was typed
segment = For: { $segment }

button-pause = ⏸️ Pause
button-resume = ▶️ Resume
button-cancel = 🛑 Cancel
toast-running = It is on its way.
toast-paused = It is paused.
toast-cancelled = It is cancelled.
toast-done = It is through already.
unknown-campaign = There is no such message.
