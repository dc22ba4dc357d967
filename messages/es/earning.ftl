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

    Esta vez no hay { $gain } por ello. { $why } Lo que ya has ganado sigue siendo tuyo.
denied-friend =
    Esto cuenta: { $what }. ¡Gracias!

    Esta vez no hay { $gain } por ello. { $why } Lo que ya has ganado sigue siendo tuyo.
# $most: how many, or how much
why-cap-friend = Por cada amistad hay como máximo { $most }, y ya está completo.
why-cap-day = Al día hay como máximo { $most }, y el de hoy ya está completo.
why-cap-week = A la semana hay como máximo { $most }, y el de esta semana ya está completo.
why-cap-month = Al mes hay como máximo { $most }, y el de este mes ya está completo.
why-cap-year = Al año hay como máximo { $most }, y el de este año ya está completo.
why-cap-lifetime = En total hay como máximo { $most }, y ya está completo.
why-cap-budget = El programa ha repartido todo lo que tenía reservado.
opens-again = A partir del { $day } se puede volver a ganar algo.

revoked-refunded-advocate =
    Una amistad ha devuelto su compra, así que la recompensa de { $gain } queda anulada.

    No cambia nada más. Tu enlace sirve para la próxima amistad.
revoked-refunded-friend =
    Tu compra se ha devuelto, así que la recompensa de { $gain } queda anulada.

    Aun así, puedes invitar a tus amistades y ganar recompensas.
# A part of the purchase was returned. $was: what the reward was worth; $gain: what it is worth now
reduced-advocate =
    Una amistad ha devuelto parte de su compra. Tu recompensa es una parte de ella, así que ahora es de *{ $gain }* en lugar de { $was }.

    No cambia nada más. Tu enlace sirve para la próxima amistad.
reduced-friend =
    Se ha devuelto parte de tu compra. Tu recompensa es una parte de ella, así que ahora es de *{ $gain }* en lugar de { $was }.

    No cambia nada más.
# $gain: how much more was spent of it
spent-more = Ya habías gastado { $gain } más. Lo próximo que ganes lo irá compensando.
# The reward was used before the purchase was returned. $gain: what it was worth; $less: by how much it became less
used-all-advocate =
    Una amistad ha devuelto su compra, y ya habías usado tu recompensa de { $gain } por ella.

    No tienes que devolver ni hacer nada. Tu enlace sirve para la próxima amistad.
used-all-friend =
    Tu compra se ha devuelto, y ya habías usado tu recompensa de { $gain } por ella.

    No tienes que devolver ni hacer nada.
used-part-advocate =
    Una amistad ha devuelto parte de su compra, y ya habías usado tu recompensa de { $gain } por ella.

    No tienes que devolver ni hacer nada. Tu enlace sirve para la próxima amistad.
used-part-friend =
    Se ha devuelto parte de tu compra, y ya habías usado tu recompensa de { $gain } por ella.

    No tienes que devolver ni hacer nada.
balance-all-advocate =
    Una amistad ha devuelto su compra, y ya habías gastado tu recompensa de { $gain } por ella. Tu saldo baja en { $less }.

    No tienes que devolver nada: lo próximo que ganes lo irá compensando.
balance-all-friend =
    Tu compra se ha devuelto, y ya habías gastado tu recompensa de { $gain } por ella. Tu saldo baja en { $less }.

    No tienes que devolver nada: lo próximo que ganes lo irá compensando.
balance-part-advocate =
    Una amistad ha devuelto parte de su compra, y ya habías gastado tu recompensa de { $gain } por ella. Tu saldo baja en { $less }.

    No tienes que devolver nada: lo próximo que ganes lo irá compensando.
balance-part-friend =
    Se ha devuelto parte de tu compra, y ya habías gastado tu recompensa de { $gain } por ella. Tu saldo baja en { $less }.

    No tienes que devolver nada: lo próximo que ganes lo irá compensando.
# For the team
team-used = ↩️ { $name } había usado { $gain } antes de que se devolviera la compra. De ello, { $less } ya no se apoya en nada. Nadie lo reclama, y no tienes que hacer nada.
team-balance = ↩️ { $name } había gastado { $gain } antes de que se devolviera la compra. Su saldo baja en { $less }, y lo próximo que gane lo irá compensando.
team-reduced = ↩️ { $name } ha pedido { $was }, y ahora es { $gain }, porque se ha devuelto parte de la compra. No le des más que eso.
revoked-same-person-advocate = Resulta que dos fichas eran tuyas, así que la recompensa de { $gain } por invitarte a ti queda anulada. Las demás se quedan.
revoked-same-person-friend = Resulta que dos fichas eran tuyas, así que la recompensa de { $gain } por tu propia invitación queda anulada. Las demás se quedan.
revoked-invited-before-advocate = Una amistad tenía una invitación anterior, y cuenta la primera, así que la recompensa de { $gain } por esta queda anulada.
revoked-invited-before-friend = Tenías una invitación anterior, y cuenta la primera, así que la recompensa de { $gain } de la otra queda anulada.
revoked-customer-before-advocate = Resulta que una amistad ya había comprado aquí antes de que la invitaras, así que la recompensa de { $gain } queda anulada. Las demás se quedan.
revoked-customer-before-friend = Ya habías comprado aquí antes de que te invitaran, así que la recompensa de { $gain } queda anulada. Aun así, puedes invitar a tus amistades y ganar recompensas.
revoked-circle-advocate = Entre una amistad y tú hubo invitaciones en los dos sentidos, así que la recompensa de { $gain } por esta invitación queda anulada.
revoked-circle-friend = Entre una amistad y tú hubo invitaciones en los dos sentidos, así que la recompensa de { $gain } por esta invitación queda anulada.
