# What completed referrals lead to beyond the reward for each.

# $count: how many completed referrals
milestone =
    🏅 *¡{ $count ->
        [one] Una recomendación completada
        [many] { $count } de recomendaciones completadas
       *[other] { $count } recomendaciones completadas
    }!*

    Además recibes *{ $gain }*. Gracias por correr la voz.
# $place: among the first
first =
    🏁 *¡Lo has logrado: puesto { $place } en llegar a { $count ->
        [one] una recomendación completada
        [many] { $count } de recomendaciones completadas
       *[other] { $count } recomendaciones completadas
    }!*

    Recibes *{ $gain }*.
most =
    🏆 *¡Puesto { $place }, con { $count ->
        [one] una recomendación completada
        [many] { $count } recomendaciones completadas
       *[other] { $count } recomendaciones completadas
    }!*

    Recibes *{ $gain }*.
# $count: how many entries
raffle =
    🎉 *¡Te ha tocado el sorteo!*

    Recibes *{ $gain }*.
until = Puedes usarla hasta el { $expires }.
milestone-lost = Una amistad ha devuelto su compra, así que la recompensa de { $gain } por tu meta queda anulada. La próxima recomendación completada puede traerla de vuelta.

# A limit of the program is full. $why: which one, in words; from when there is room again may follow
denied-milestone =
    🏅 *¡{ $count ->
        [one] Tu primera recomendación completada
        [many] { $count } recomendaciones completadas
       *[other] { $count } recomendaciones completadas
    }!* Gracias por correr la voz.

    Por ello habrías recibido { $gain }. { $why } Lo que ya has ganado sigue siendo tuyo.
denied-first =
    🏁 *¡Lo has logrado: puesto { $place } en llegar a { $count ->
        [one] una recomendación completada
        [many] { $count } recomendaciones completadas
       *[other] { $count } recomendaciones completadas
    }!*

    Por ello habrías recibido { $gain }. { $why } Lo que ya has ganado sigue siendo tuyo.
denied-most =
    🏆 *¡Puesto { $place }, con { $count ->
        [one] una recomendación completada
        [many] { $count } recomendaciones completadas
       *[other] { $count } recomendaciones completadas
    }!*

    Por ello habrías recibido { $gain }. { $why } Lo que ya has ganado sigue siendo tuyo.
denied-raffle =
    🎟 ¡Tu nombre ha salido en el sorteo! Por ello habrías recibido { $gain }. { $why } Lo que ya has ganado sigue siendo tuyo.

# For the team. $count: how many prizes; one line for each follows
team = { $count ->
    [one] 🏅 *Alguien ha ganado un premio*
    [many] 🏅 *Se han ganado { $count } premios*
   *[other] 🏅 *Se han ganado { $count } premios*
}
team-milestone = { $count ->
    [one] • { $name } llegó a una recomendación completada: { $gain }
    [many] • { $name } llegó a { $count } de recomendaciones completadas: { $gain }
   *[other] • { $name } llegó a { $count } recomendaciones completadas: { $gain }
}
team-first = { $count ->
    [one] • { $name }, puesto { $place } en llegar a una recomendación completada: { $gain }
    [many] • { $name }, puesto { $place } en llegar a { $count } de recomendaciones completadas: { $gain }
   *[other] • { $name }, puesto { $place } en llegar a { $count } recomendaciones completadas: { $gain }
}
team-most = • { $name }, puesto { $place } con { $count }: { $gain }
# $limit: its name in the program's file
team-denied = • { $name } ha ganado { $gain } y no lo recibe: el límite { $limit } está completo. Aún se le puede dar a mano: grapevine rewards regrant
team-raffle = • A { $name } le tocó el sorteo: { $gain }

# How far somebody is. $left: how many more completed referrals
milestone-left = { $left ->
    [one] 🏅 Una recomendación completada más y recibes *{ $gain }*
    [many] 🏅 { $left } recomendaciones completadas más y recibes *{ $gain }*
   *[other] 🏅 { $left } recomendaciones completadas más y recibes *{ $gain }*
}
# Se dice en lugar de lo que falta para un premio que un límite del programa ya no admite; $day: desde cuándo lo admite
limit-reached = 🔒 *{ $gain }* ya no se puede ganar: se ha alcanzado un límite del programa
limit-reached-until = 🔒 *{ $gain }* se puede volver a ganar a partir del { $day }: hasta entonces, se ha alcanzado un límite del programa
# $places: how many prizes are left
first-left = { $left ->
    [one] 🏁 Una recomendación completada más y recibes *{ $gain }*, mientras haya (premios disponibles: { $places })
    [many] 🏁 { $left } recomendaciones completadas más y recibes *{ $gain }*, mientras haya (premios disponibles: { $places })
   *[other] 🏁 { $left } recomendaciones completadas más y recibes *{ $gain }*, mientras haya (premios disponibles: { $places })
}
# $count: one’s own number; $winners: how many win
most-standing = { $winners ->
    [one] 🏆 *{ $gain }* para quien más complete: llevas { $count }
    [many] 🏆 *{ $gain }* para los primeros { $winners } puestos: llevas { $count }
   *[other] 🏆 *{ $gain }* para los primeros { $winners } puestos: llevas { $count }
}
raffle-standing = { $count ->
    [0] 🎟 *{ $gain }* en el sorteo: tu primera recomendación completada es tu primera participación
    [one] 🎟 *{ $gain }* en el sorteo: tienes una participación
    [many] 🎟 *{ $gain }* en el sorteo: tienes { $count } participaciones
   *[other] 🎟 *{ $gain }* en el sorteo: tienes { $count } participaciones
}

# $friend: quien fue invitado. Se dice donde alguien cuenta y no trae una recompensa propia; después, cuánto falta
counted = 🎯 { $friend } ya cuenta entre tus recomendaciones completadas.
