# Settings.

panel = *Your settings*
line-notices-on = 🔔 News about friends who join: on
line-notices-off = 🔕 News about friends who join: off (news about your rewards still comes)
line-reminders-on = 📬 Reminders and weekly leaderboard: on
line-reminders-off = 📭 Reminders and weekly leaderboard: off
line-news-on = 📰 News and offers: on
line-news-off = 🗞️ News and offers: off
line-board-on = 📊 On the leaderboard: yes
line-board-off = 📊 On the leaderboard: no
line-name-on = 🙂 Others see: your first name
line-name-off = 🎭 Others see: a pseudonym
# $starts, $ends: times on the reader's clock, such as 21:00
line-quiet = 🌙 At night: quiet from { $starts } to { $ends }, your time. What can wait comes in the morning
line-quiet-off = 🌙 At night: I may write at any hour
# $time, $city: the time there now, and a city of the reader's zone
line-clock = 🕒 Your clock: { $time } ({ $city })
# $language: its own name for itself
line-language = 🌐 Language: { $language }

button-notices-on = Turn news about friends on
button-notices-off = Turn news about friends off
button-reminders-on = Turn reminders on
button-reminders-off = Turn reminders off
button-news-on = Turn news and offers on
button-news-off = Turn news and offers off
button-quiet-usual = 🌙 Quiet at night
button-quiet-late = 🌙 Quiet 23:00–07:00
button-quiet-off = 🌙 Write at any hour
button-other-clock = 🕒 My clock shows another time
button-clock = { $time } · { $city }
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
toast-news-on = Thank you. News will come now and then.
toast-news-off = No news and offers will come.
toast-quiet-usual = At night it stays quiet.
toast-quiet-late = Between 23:00 and 07:00 it stays quiet.
toast-quiet-off = I write at any hour.
toast-zone = From now on this clock counts.
toast-board-on = You are on the leaderboard.
toast-board-off = You have left the leaderboard.
toast-name-on = Others see your first name now.
toast-name-off = Others see a pseudonym now.
toast-language = From now on I speak { $language }.

reminders-agreed = Thank you. Reminders and the weekly leaderboard will come; { $settings } ends them.
news-agreed = Thank you. Reminders, the weekly leaderboard and news will come now and then; { $settings } ends them.
news-declined = All right, none of these. You can change your mind with { $settings }.
reminders-ended = Done, no more reminders. You can change your mind with { $settings }.
news-ended = Done, no more news and offers. You can change your mind with { $settings }.

# Buttons follow, one for each clock.
clocks = *What time is it where you are?* Choose a place with your clock.
