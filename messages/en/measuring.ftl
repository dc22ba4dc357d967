# The figures of the program, for the team. What each one counts is said in docs/figures.md.

# $program: its name; $period: such as "this week"; $dates: the days it covers
overview =
    *{ $program }: { $period }*
    { $dates }
dates = From { WITH_YEAR($first) } to { WITH_YEAR($last) }.
dates-one = { WITH_YEAR($day) }.
dates-all = From the first day until { WITH_YEAR($last) }.
# $typed: what they typed for a period
unknown-period = I do not know the period “{ $typed }”, so this is all time. You can ask for *today*, *yesterday*, *week*, *month*, *year*, *last week*, *last month*, *last year*, *all*, or a number such as *30 days*.

period-all = all time
period-today = today
period-yesterday = yesterday
period-week = this week
period-last-week = last week
period-month = this month
period-last-month = last month
period-year = this year
period-last-year = last year
period-days = { $days ->
    [one] the last day
   *[other] the last { $days } days
}

tab-today = Today
tab-week = This week
tab-month = This month
tab-last-week = Last week
tab-last-month = Last month
tab-all = All time

heading-figure = Figure
heading-value = Value

# The names of the figures. The states are those of the referrals that joined in the period, as they stand now.
row-shares = Shares (cards sent in chats)
row-invited = Invited (link visits)
row-referrals = Friends who joined
row-joined = – Joined, not qualified yet
row-qualified = – Qualified
row-completed = – Completed
row-ineligible = – Ineligible
row-conversion-rate = Conversion rate
row-referral-rate = Referral rate
row-revenue = Referral revenue
row-cost = Reward cost
row-redeemed = – of it redeemed
row-new-customers = New customers
row-conversations = Open conversations now
row-decisions = Decisions that wait now

# $rate: a percentage; $part of $whole is what it was computed from
rate = { $rate } ({ $part } of { $whole })

# $source: the class of the place where the visit came from; $joined, $qualified, $completed: of its referrals
row-source = Revenue from { $source ->
    [copy] a link that was copied
    [direct] a link opened directly
    [discord] Discord
    [email] e-mail
    [facebook] Facebook
    [instagram] Instagram
    [linkedin] LinkedIn
    [poster] a poster
    [qr] a QR code
    [receipt] a receipt
    [reddit] Reddit
    [rest] all other places
    [search] a search engine
    [slack] Slack
    [sms] a text message
    [story] a story
    [telegram] Telegram
    [tiktok] TikTok
    [vk] VK
    [web] your website
    [whatsapp] WhatsApp
    [x] X
    [youtube] YouTube
   *[other] another website
} ({ $joined } joined, { $qualified } qualified, { $completed } completed)
row-no-source = Revenue from codes, without a visit ({ $joined } joined, { $qualified } qualified, { $completed } completed)

# The chart, and the same in words for those who do not see it.
chart = Referrals by state, { $period }
chart-alt = Bar chart of the referrals { $period }: { $joined } joined, { $qualified } qualified, { $completed } completed, { $ineligible } ineligible.
state-joined = Joined
state-qualified = Qualified
state-completed = Completed
state-ineligible = Ineligible
