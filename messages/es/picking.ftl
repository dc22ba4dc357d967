# Where the program offers several things, the customer picks what a reward is.

offer = 🎁 *¿Qué prefieres?* Puedes cambiar de idea hasta que la recojas o gastes una parte.
# $what: such as “un vale”
option-picked = ● *{ $gain }* como { $what }
option-other = ○ { $gain } como { $what }
button-pick = { $gain } ({ $what })
button-change = 🔄 Elegir qué recibes

kind-voucher = vale
kind-discount = descuento
kind-credit = saldo
kind-payout = pago
kind-gift-card = tarjeta regalo
kind-product = producto
kind-access = acceso

picked-ready = 👍 Ahora es *{ $gain }*, lista para recoger.
picked-ready-on-balance = 👍 Ahora es *{ $gain }*, en tu saldo y lista para gastar.
picked-pending = 👍 Será *{ $gain }*, tuya el { $free }. Yo te aviso.
too-late = Esta recompensa es ahora { $gain } y ya no se puede cambiar: se recogió, se gastó o se acabó.
