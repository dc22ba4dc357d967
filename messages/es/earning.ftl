# A purchase reaches the goal, or a refund takes it back.

# $name: the friend
pending-advocate =
    🎉 ¡Primera compra de { $name }!

    Tu recompensa de *{ $gain }* está en camino. Será tuya el { $free }, cuando ya no se pueda devolver la compra. Yo te aviso.
pending-advocate-signup =
    🎉 ¡Se ha registrado { $name }!

    Tu recompensa de *{ $gain }* está en camino. Será tuya el { $free }. Yo te aviso.
# $what: what they did, in the business's words
pending-advocate-other =
    🎉 Un paso más de { $name }: { $what }.

    Tu recompensa de *{ $gain }* está en camino. Será tuya el { $free }. Yo te aviso.
# $name: the advocate
pending-friend =
    🎉 ¡Gracias por tu compra!

    Te invitó { $name }, así que recibes *{ $gain }*. Tu recompensa será tuya el { $free }, cuando ya no se pueda devolver la compra. Yo te aviso.
pending-friend-signup =
    🎉 ¡Gracias por registrarte!

    Te invitó { $name }, así que recibes *{ $gain }*. Tu recompensa será tuya el { $free }. Yo te aviso.
pending-friend-other =
    🎉 Esto cuenta: { $what }.

    Te invitó { $name }, así que recibes *{ $gain }*. Tu recompensa será tuya el { $free }. Yo te aviso.
# $event: what must come first before the reward is theirs
waiting-advocate =
    🎉 Un paso más de { $name }: { $what }.

    Tu recompensa de *{ $gain }* está en camino. Será tuya cuando dé otro paso: { $event }. Yo te aviso.
waiting-friend =
    🎉 Esto cuenta: { $what }.

    Te invitó { $name }, así que recibes *{ $gain }*. Será tuya después de otro paso: { $event }. Yo te aviso.

# A cap is full. $why: which one, in a sentence
denied-advocate =
    Un paso más de { $name }: { $what }. Es gracias a ti.

    Por ello habrías recibido { $gain }. { $why } Lo que ya has ganado sigue siendo tuyo.
denied-friend =
    Esto cuenta: { $what }. ¡Gracias!

    Por ello habrías recibido { $gain }. { $why } Lo que ya has ganado sigue siendo tuyo.
# $most: how many, or how much
why-cap-friend = Por cada amistad hay como máximo { $most }, y ya se ha llegado a ese límite.
why-cap-day = Al día hay como máximo { $most }, y hoy ya se ha llegado a ese límite.
why-cap-week = A la semana hay como máximo { $most }, y esta semana ya se ha llegado a ese límite.
why-cap-month = Al mes hay como máximo { $most }, y este mes ya se ha llegado a ese límite.
why-cap-year = Al año hay como máximo { $most }, y este año ya se ha llegado a ese límite.
why-cap-lifetime = En total hay como máximo { $most }, y ya se ha llegado a ese límite.
why-cap-budget = El programa ha repartido todo lo que tenía reservado.
opens-again = A partir del { $day } se puede volver a ganar algo.

revoked-refunded-advocate =
    Una amistad ha devuelto su compra, así que la recompensa de { $gain } queda anulada.

    No cambia nada más. Tu enlace sirve para la próxima amistad.
revoked-refunded-friend =
    Tu compra se ha devuelto, así que la recompensa de { $gain } queda anulada.

    Aun así, puedes invitar a tus amistades y ganar recompensas.
# Se dice cuando se devuelve una parte de una compra, y la recompensa era un porcentaje de ella.
lowered-advocate =
    Una amistad ha devuelto una parte de su compra, así que tu recompensa por ella es ahora de { $gain }, en vez de { $before }.

    No cambia nada más.
lowered-friend =
    Se ha devuelto una parte de tu compra, así que tu recompensa por ella es ahora de { $gain }, en vez de { $before }.

    No cambia nada más.

# Se dice cuando una compra se devuelve después de usar su recompensa: nada se le puede quitar a nadie de las manos.
owed-advocate =
    Una amistad ha devuelto su compra cuando ya habías usado la recompensa, así que { $gain } queda sin efecto.

    { $way ->
        [balance] Tu saldo baja en esa cantidad, y lo próximo que ganes la compensa primero.
       *[other] No tienes que hacer nada, ni pagar nada.
    }
owed-friend =
    Tu compra se ha devuelto cuando ya habías usado la recompensa, así que { $gain } queda sin efecto.

    { $way ->
        [balance] Tu saldo baja en esa cantidad, y lo próximo que ganes la compensa primero.
       *[other] No tienes que hacer nada, ni pagar nada.
    }
# En el canal del equipo.
team-owed =
    ↩️ Se ha devuelto una compra cuando { $name } ya había usado su recompensa: { $gain } se dio por nada.

    { $way ->
        [balance] Su saldo baja en esa cantidad, y lo próximo que gane la compensa primero.
       *[other] No se le pide nada. Las cifras lo cuentan como retirado.
    }

revoked-same-person-advocate = Resulta que dos fichas eran tuyas, así que la recompensa de { $gain } por invitarte a ti queda anulada. Las demás se quedan.
revoked-same-person-friend = Resulta que dos fichas eran tuyas, así que la recompensa de { $gain } por tu propia invitación queda anulada. Las demás se quedan.
revoked-invited-before-advocate = Una amistad tenía una invitación anterior, y cuenta la primera, así que la recompensa de { $gain } por esta queda anulada.
revoked-invited-before-friend = Tenías una invitación anterior, y cuenta la primera, así que la recompensa de { $gain } de la otra queda anulada.
revoked-customer-before-advocate = Resulta que una amistad ya era cliente antes de que la invitaras, así que la recompensa de { $gain } queda anulada. Las demás se quedan.
revoked-customer-before-friend = Ya eras cliente antes de que te invitaran, así que la recompensa de { $gain } queda anulada. Aun así, puedes invitar a tus amistades y ganar recompensas.
revoked-circle-advocate = Entre una amistad y tú hubo invitaciones en los dos sentidos, así que la recompensa de { $gain } por esta invitación queda anulada.
revoked-circle-friend = Entre una amistad y tú hubo invitaciones en los dos sentidos, así que la recompensa de { $gain } por esta invitación queda anulada.
