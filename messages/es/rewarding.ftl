# Rewards: what is there, what is coming, what is past.

nothing-yet = Todavía no hay recompensas. Invita a alguien: la primera empieza con su primera compra.
# $ready: how many can be used now
overview = { $ready ->
    [0] *Tus recompensas*: nada que recoger ahora mismo.
    [one] *Tus recompensas*: hay una lista.
    [many] *Tus recompensas*: hay { $ready } listas.
   *[other] *Tus recompensas*: hay { $ready } listas.
}

line-available = ✅ *{ $gain }*: lista para recoger hasta el { $expires }
line-claimed = 🎟 *{ $gain }*: tu vale sirve hasta el { $expires }
line-pending = ⏳ { $gain }: en camino, tuya el { $free }
line-redeemed = ☑️ { $gain }: usada el { $day }
line-expired = ⌛ { $gain }: caducada
line-revoked = ↩️ { $gain }: anulada, «Mis recomendaciones» dice por qué
line-denied = ✖️ { $gain }: no concedida

button-claim = Recoger { $gain }
button-show = Ver el vale de { $gain }

# $code: the secret code
voucher =
    🎟 *{ $gain } en { $program }*

    { $code }

    Enséñalo en caja hasta el { $until }. Sirve una sola vez, así que no lo compartas.
button-copy-voucher = 🔢 Copiar el código del vale

not-yours = Esta recompensa es de otra persona. Aquí están las tuyas:
cannot-claim-pending = Tu recompensa de { $gain } todavía no está lista: será tuya el { $free }. Yo te aviso.
cannot-claim-redeemed = Usaste esta recompensa de { $gain } el { $day }. ¡Gracias!
cannot-claim-expired = Esta recompensa de { $gain } ha caducado, así que ya no se puede recoger. La próxima amistad trae otra.
cannot-claim-revoked = Esta recompensa de { $gain } quedó anulada; «Mis recomendaciones» dice por qué. La próxima amistad trae otra.
cannot-claim-denied = Esta recompensa de { $gain } no se concedió. Pregunta en la tienda si crees que te correspondía, por favor.

notice-available =
    🎁 ¡Tu recompensa de *{ $gain }* está lista!

    Recógela hasta el { $expires } y enseña el vale en caja.
notice-expired-available = Tu recompensa de { $gain } no se recogió a tiempo y ha caducado. Tu enlace sigue sirviendo: la próxima amistad trae otra.
notice-expired-claimed = Tu vale de { $gain } no se usó a tiempo y ha caducado. Tu enlace sigue sirviendo: la próxima amistad trae otra recompensa.
