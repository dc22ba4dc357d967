# The leaderboard.

board-all = *Clasificación, desde siempre*
board-month = *Clasificación, este mes*
board-week = *Clasificación, esta semana*
empty-all = *Clasificación, desde siempre*: nadie todavía. La primera recomendación completada se lleva el primer puesto.
empty-month = *Clasificación, este mes*: nadie todavía. La primera recomendación completada se lleva el primer puesto.
empty-week = *Clasificación, esta semana*: nadie todavía. La primera recomendación completada se lleva el primer puesto.

# $place, $score: numbers; $name: a pseudonym, or a first name its owner chose to show
row = { $place }. { $name } – { $score ->
    [one] 1 recomendación
    [many] { $score } de recomendaciones
   *[other] { $score } recomendaciones
}
row-you = *{ $place }. Tú – { $score ->
    [one] 1 recomendación
    [many] { $score } de recomendaciones
   *[other] { $score } recomendaciones
}*
own = Tú: puesto { $place } con { $score ->
    [one] 1 recomendación completada
    [many] { $score } de recomendaciones completadas
   *[other] { $score } recomendaciones completadas
}.
own-none = Tú: ninguna recomendación completada todavía. Una recomendación cuenta cuando su recompensa está lista.
own-off-board = No estás en la clasificación. Puedes cambiarlo en los ajustes.

tab-all = Desde siempre
tab-month = Este mes
tab-week = Esta semana

weekly = 📊 *La semana pasada en { $program }*
weekly-own = Quedaste en el puesto { $place } con { $score ->
    [one] 1 recomendación completada
    [many] { $score } de recomendaciones completadas
   *[other] { $score } recomendaciones completadas
}.
weekly-none = Tienes toda una semana por delante.
weekly-why = Te llega porque aceptaste los recordatorios y la clasificación semanal.
button-no-more = No más recordatorios
