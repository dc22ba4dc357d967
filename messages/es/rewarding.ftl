# Rewards: what is there, what is coming, what is past.

# $deed: what counts, in one word
nothing-yet = { $deed ->
    [first-purchase] Todavía no hay recompensas. Invita a alguien: la primera empieza con su primera compra.
    [signup] Todavía no hay recompensas. Invita a alguien: la primera empieza cuando se registre.
   *[other] Todavía no hay recompensas. Invita a alguien: la primera empieza con esa persona.
}
# $ready: how many can be used now
overview = { $ready ->
    [0] *Tus recompensas*: nada que recoger ahora mismo.
    [one] *Tus recompensas*: hay una lista.
    [many] *Tus recompensas*: hay { $ready } listas.
   *[other] *Tus recompensas*: hay { $ready } listas.
}

# On a balance: there to be spent, nothing to claim. $some: the part of it that expires first.
balance = 💰 *{ $gain }* para gastar
balance-expiring = 💰 *{ $gain }* para gastar hasta el { $expires }
balance-partly = 💰 *{ $gain }* para gastar, { $some } de ello hasta el { $expires }
balance-owed = 💰 *{ $gain }* por compensar: se anuló cuando ya lo habías gastado. Lo próximo que ganes cuenta para eso.

line-available = ✅ *{ $gain }*: lista para recoger hasta el { $expires }
line-available-for-ever = ✅ *{ $gain }*: lista para recoger cuando quieras
line-to-choose = 🎁 *{ $gain }*, o lo que elijas en su lugar: lista hasta el { $expires }
line-to-choose-for-ever = 🎁 *{ $gain }*, o lo que elijas en su lugar: lista cuando quieras
line-owed = ↩️ { $gain }: usada el { $day } y después anulada
line-owed-balance = ↩️ { $gain }: gastada y después anulada
line-on-balance = 💰 { $gain }: en tu saldo
line-claimed = 🎟 *{ $gain }*: tu vale sirve hasta el { $expires }
line-waiting-for-team = 🤝 *{ $gain }*: la has pedido y el equipo está en ello
line-waiting-for-stock = ⏳ *{ $gain }*: tu código llega en cuanto haya uno
line-pending = ⏳ { $gain }: en camino, tuya el { $free }
line-waiting-for-event = ⏳ { $gain }: en camino, falta un paso más
line-redeemed = ☑️ { $gain }: usada el { $day }
line-redeemed-team = ☑️ { $gain }: entregada el { $day }
line-redeemed-codes = ☑️ { $gain }: tu código llegó el { $day }
line-expired = ⌛ { $gain }: caducada
line-revoked = ↩️ { $gain }: anulada
line-denied = ✖️ { $gain }: no concedida

button-claim = Recoger { $gain }
button-show = Ver el vale de { $gain }
button-show-code = Ver el código de { $gain }

# $code: the secret code
voucher =
    🎟 *{ $gain } en { $program }*

    { $code }

    Enséñalo en caja hasta el { $until }. Sirve una sola vez, así que no lo compartas.
button-copy-voucher = 🔢 Copiar el código del vale
# $code: a gift card or coupon, which works in a shop of its own
code =
    🎁 *{ $gain }*

    { $code }

    Escribe este código allí donde lo uses. Sirve una sola vez, así que no lo compartas.
button-copy-code = 🔢 Copiar el código

asked-team = 🤝 Has pedido tu recompensa de *{ $gain }*. Alguien del equipo se ocupa a mano; te aviso cuando esté hecho.
asked-codes = ⏳ Tu recompensa de *{ $gain }* es tuya, y los códigos se acaban de agotar. El tuyo llega aquí solo en cuanto haya uno: no tienes que hacer nada más.

not-yours = Esta recompensa es de otra persona. Aquí están las tuyas:
cannot-claim-pending = Tu recompensa de { $gain } todavía no está lista: será tuya el { $free }. Yo te aviso.
cannot-claim-on-balance = Tu recompensa de { $gain } ya está en tu saldo: no hay nada que recoger, puedes gastarla sin más.
cannot-claim-redeemed = Usaste esta recompensa de { $gain } el { $day }. ¡Gracias!
cannot-claim-redeemed-team = Esta recompensa de { $gain } se entregó el { $day }. Si falta algo, habla con una persona.
cannot-claim-redeemed-codes = El código de esta recompensa de { $gain } llegó el { $day }. Si falta, habla con una persona.
cannot-claim-redeemed-balance = Esta recompensa de { $gain } estaba en tu saldo, y ya la has gastado.
cannot-claim-expired = Esta recompensa de { $gain } ha caducado, así que ya no se puede recoger. La próxima amistad trae otra.
cannot-claim-revoked = Esta recompensa de { $gain } quedó anulada; «Mis recomendaciones» dice por qué. La próxima amistad trae otra.
cannot-claim-denied = Esta recompensa de { $gain } no se concedió. Pregunta en la tienda si crees que te correspondía, por favor.

notice-available =
    🎁 ¡Tu recompensa de *{ $gain }* está lista!

    Recógela hasta el { $expires } y enseña el vale en caja.
notice-available-for-ever =
    🎁 ¡Tu recompensa de *{ $gain }* está lista!

    Recógela cuando quieras y enseña el vale en caja.
notice-available-balance =
    💰 ¡Tienes *{ $gain }* en tu saldo!

    Puedes gastarlo hasta el { $expires }. No hay nada que recoger.
notice-available-balance-for-ever =
    💰 ¡Tienes *{ $gain }* en tu saldo!

    Ahí se queda hasta que lo gastes. No hay nada que recoger.
notice-available-team =
    🎁 ¡Tu recompensa de *{ $gain }* está lista!

    Recógela hasta el { $expires }: entonces alguien del equipo se ocupa.
notice-available-team-for-ever =
    🎁 ¡Tu recompensa de *{ $gain }* está lista!

    Recógela cuando quieras: entonces alguien del equipo se ocupa.
notice-available-codes =
    🎁 ¡Tu recompensa de *{ $gain }* está lista!

    Recógela hasta el { $expires } y aquí tendrás tu código.
notice-available-codes-for-ever =
    🎁 ¡Tu recompensa de *{ $gain }* está lista!

    Recógela cuando quieras y aquí tendrás tu código.
notice-available-choice =
    🎁 ¡Tu recompensa está lista, y eliges tú qué es!

    Es { $gain } si no eliges otra cosa. Tienes hasta el { $expires }.
notice-available-choice-for-ever =
    🎁 ¡Tu recompensa está lista, y eliges tú qué es!

    Es { $gain } si no eliges otra cosa, cuando quieras.
notice-given-up = El último paso para tu recompensa de { $gain } no llegó a tiempo, así que no se concede. Tu enlace sigue sirviendo: la próxima amistad trae otra.
notice-expired-available = Tu recompensa de { $gain } no se recogió a tiempo y ha caducado. Tu enlace sigue sirviendo: la próxima amistad trae otra.
notice-expired-claimed = Tu vale de { $gain } no se usó a tiempo y ha caducado. Tu enlace sigue sirviendo: la próxima amistad trae otra recompensa.
notice-expired-balance = { $gain } de tu saldo no se gastó a tiempo y ha caducado. Tu enlace sigue sirviendo: la próxima amistad trae más.
