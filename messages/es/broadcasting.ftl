# The team writes to many at once.

# $text: what the team wrote
announcement = { $text }
# $program: the business
why = Te llega porque aceptaste recibir novedades y ofertas de { $program }.
button-no-more = No quiero más como este

# --- what the team's channel shows while a message goes out; $title: its first words

progress-planning = 📣 *{ $title }* – en camino; aún se está buscando a todas las personas a quienes va.
progress-running = 📣 *{ $title }* – en camino.
progress-paused = ⏸️ *{ $title }* – en pausa. No sale nada hasta que se reanude.
progress-cancelling = 🛑 *{ $title }* – cancelado. Se está retirando lo que esperaba.
progress-cancelled = 🛑 *{ $title }* – cancelado. Quien ya lo tiene, lo conserva; nadie más lo recibe.
progress-done = ✅ *{ $title }* – terminado.

# $planned: how many it is for; $sent: how many have it; $waiting: how many are still to come
figures = Enviado a { $sent } de { $planned }; faltan { $waiting }.
# $count: how many people
suppressed = { $count ->
    [one] Sin escribir: 1 (dijo basta, no se le alcanza, ya recibió bastante esta semana, era tarde o se canceló).
    [many] Sin escribir: { $count } (dijeron basta, no se les alcanza, ya recibieron bastante esta semana, era tarde o se canceló).
   *[other] Sin escribir: { $count } (dijeron basta, no se les alcanza, ya recibieron bastante esta semana, era tarde o se canceló).
}
unknown = { $count ->
    [one] No se sabe si llegó: 1. No se envía otra vez.
    [many] No se sabe si llegaron: { $count }. No se envían otra vez.
   *[other] No se sabe si llegaron: { $count }. No se envían otra vez.
}
failed = { $count ->
    [one] Rechazado por la plataforma: 1.
    [many] Rechazados por la plataforma: { $count }.
   *[other] Rechazados por la plataforma: { $count }.
}
# $segment: whom it is for, as it was typed
segment = Para: { $segment }

button-pause = ⏸️ Pausar
button-resume = ▶️ Reanudar
button-cancel = 🛑 Cancelar
toast-running = Está en camino.
toast-paused = Está en pausa.
toast-cancelled = Está cancelado.
toast-done = Ya ha terminado.
unknown-campaign = No existe ese mensaje.
