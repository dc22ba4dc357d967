# The figures of the program, for the team. What each one counts is said in docs/figures.md.

# $program: its name; $period: such as "this week"; $dates: the days it covers
overview =
    *{ $program }: { $period }*
    { $dates }
dates = Del { WITH_YEAR($first) } al { WITH_YEAR($last) }.
dates-one = { WITH_YEAR($day) }.
dates-all = Desde el primer día hasta el { WITH_YEAR($last) }.
# $typed: what they typed for a period; the words in bold are what it can be, in every language
unknown-period = No conozco el periodo «{ $typed }», así que van todas las cifras. Puedes pedir *today* (hoy), *yesterday* (ayer), *week* (semana), *month* (mes), *year* (año), *last week*, *last month*, *last year* (los anteriores), *all* (todo) o un número como *30 days* (30 días).

period-all = desde siempre
period-today = hoy
period-yesterday = ayer
period-week = esta semana
period-last-week = la semana pasada
period-month = este mes
period-last-month = el mes pasado
period-year = este año
period-last-year = el año pasado
period-days = { $days ->
    [one] el último día
    [many] los últimos { $days } de días
   *[other] los últimos { $days } días
}

tab-today = Hoy
tab-week = Esta semana
tab-month = Este mes
tab-last-week = Semana pasada
tab-last-month = Mes pasado
tab-all = Desde siempre

heading-figure = Cifra
heading-value = Valor

# The names of the figures. The states are those of the referrals that joined in the period, as they stand now.
row-shares = Envíos (tarjetas enviadas en chats)
row-invited = Invitaciones (visitas por enlace)
row-referrals = Amistades que se unieron
row-joined = – Se unieron, aún sin compra válida
row-qualified = – Válidas
row-completed = – Completadas
row-ineligible = – Descartadas
row-conversion-rate = Tasa de conversión
row-referral-rate = Tasa de recomendación
row-revenue = Ingresos por recomendaciones
row-cost = Coste de las recompensas
row-redeemed = – de él, canjeado
row-new-customers = Clientes nuevos
row-conversations = Conversaciones abiertas ahora
row-decisions = Decisiones que esperan ahora

# $rate: a percentage; $part of $whole is what it was computed from
rate = { $rate } ({ $part } de { $whole })

# $source: the class of the place where the visit came from; $joined, $qualified, $completed: of its referrals
row-source = Ingresos por { $source ->
    [copy] un enlace copiado
    [direct] un enlace abierto directamente
    [discord] Discord
    [email] correo electrónico
    [facebook] Facebook
    [instagram] Instagram
    [linkedin] LinkedIn
    [poster] un cartel
    [qr] un código QR
    [receipt] un tique
    [reddit] Reddit
    [rest] todos los demás sitios
    [search] un buscador
    [slack] Slack
    [sms] un SMS
    [story] una historia
    [telegram] Telegram
    [tiktok] TikTok
    [vk] VK
    [web] la web propia
    [whatsapp] WhatsApp
    [x] X
    [youtube] YouTube
   *[other] otra web
} (se unieron: { $joined }, válidas: { $qualified }, completadas: { $completed })
row-no-source = Ingresos por códigos, sin visita (se unieron: { $joined }, válidas: { $qualified }, completadas: { $completed })

# The chart, and the same in words for those who do not see it.
chart = Recomendaciones por estado, { $period }
chart-alt = Gráfico de barras de las recomendaciones, { $period }. Se unieron: { $joined }, válidas: { $qualified }, completadas: { $completed }, descartadas: { $ineligible }.
state-joined = Se unieron
state-qualified = Válidas
state-completed = Completadas
state-ineligible = Descartadas
