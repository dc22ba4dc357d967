# Settings.

panel = *Your settings*
line-notices-on = 🔔 News about friends who join: on
line-notices-off = 🔕 News about friends who join: off (news about your rewards still comes)
line-reminders-on = 📬 Reminders and weekly leaderboard: on
line-reminders-off = 📭 Reminders and weekly leaderboard: off
line-board-on = 📊 On the leaderboard: yes
line-board-off = 📊 On the leaderboard: no
line-name-on = 🙂 Others see: your first name
line-name-off = 🎭 Others see: a pseudonym
# $language: its own name for itself
line-language = 🌐 Language: { $language }

button-notices-on = Turn news about friends on
button-notices-off = Turn news about friends off
button-reminders-on = Turn reminders on
button-reminders-off = Turn reminders off
button-board-on = Join the leaderboard
button-board-off = Leave the leaderboard
button-name-on = Show my first name
button-name-off = Show a pseudonym instead
button-language = 🌐 { $language }
button-phone = 📱 Find my purchases by phone
button-use-telegram = 🔗 Use it in Telegram too
button-use-slack = 🔗 Use it in Slack too

toast-notices-on = News about friends is on.
toast-notices-off = News about friends is off.
toast-reminders-on = Thank you. Reminders are on.
toast-reminders-off = No reminders will come.
toast-board-on = You are on the leaderboard.
toast-board-off = You have left the leaderboard.
toast-name-on = Others see your first name now.
toast-name-off = Others see a pseudonym now.
toast-language = From now on I speak { $language }.

reminders-agreed = Thank you. Reminders and the weekly leaderboard will come; { $settings } ends them.
reminders-declined = All right, no reminders. You can change your mind with { $settings }.
reminders-ended = Done, no more reminders. You can change your mind with { $settings }.
