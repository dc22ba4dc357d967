# A purchase reaches the goal, or a refund takes it back.

# $name: the friend
pending-advocate =
    🎉 ¡Primera compra de { $name }!

    Tu recompensa de *{ $gain }* está en camino. Será tuya el { $free }, cuando ya no se pueda devolver la compra. Yo te aviso.
# $name: the advocate
pending-friend =
    🎉 ¡Gracias por tu compra!

    Te invitó { $name }, así que recibes *{ $gain }*. Tu recompensa será tuya el { $free }, cuando ya no se pueda devolver la compra. Yo te aviso.

revoked-refunded-advocate =
    Una amistad ha devuelto su compra, así que la recompensa de { $gain } queda anulada.

    No cambia nada más. Tu enlace sirve para la próxima amistad.
revoked-refunded-friend =
    Tu compra se ha devuelto, así que la recompensa de { $gain } queda anulada.

    Aun así, puedes invitar a tus amistades y ganar recompensas.
revoked-same-person-advocate = Resulta que dos fichas eran tuyas, así que la recompensa de { $gain } por invitarte a ti queda anulada. Las demás se quedan.
revoked-same-person-friend = Resulta que dos fichas eran tuyas, así que la recompensa de { $gain } por tu propia invitación queda anulada. Las demás se quedan.
revoked-invited-before-advocate = Una amistad tenía una invitación anterior, y cuenta la primera, así que la recompensa de { $gain } por esta queda anulada.
revoked-invited-before-friend = Tenías una invitación anterior, y cuenta la primera, así que la recompensa de { $gain } de la otra queda anulada.
revoked-customer-before-advocate = Resulta que una amistad ya había comprado aquí antes de que la invitaras, así que la recompensa de { $gain } queda anulada. Las demás se quedan.
revoked-customer-before-friend = Ya habías comprado aquí antes de que te invitaran, así que la recompensa de { $gain } queda anulada. Aun así, puedes invitar a tus amistades y ganar recompensas.
revoked-circle-advocate = Entre una amistad y tú hubo invitaciones en los dos sentidos, así que la recompensa de { $gain } por esta invitación queda anulada.
revoked-circle-friend = Entre una amistad y tú hubo invitaciones en los dos sentidos, así que la recompensa de { $gain } por esta invitación queda anulada.
