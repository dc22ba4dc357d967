# Refusals at the doors that machines and cashiers use.

id-reused = Ya llegó un evento con el id { $id } y otro contenido. Usa un id nuevo para un evento nuevo.
two-customers = Estas identidades son de dos clientes distintos, así que no se ha registrado nada. Envía el evento para uno de ellos.
unknown-code = No hay ningún código como este. Compruébalo con quien te lo ha dado, por favor.
refund-of-something-else = Esta devolución se refiere a algo que no es una compra en la misma moneda.
refund-exceeds = Esta devolución es mayor que lo que queda de la compra.
unknown-voucher = No hay ningún vale con este código. Compruébalo con quien te lo enseña, por favor.
key-reused = Esta clave de idempotencia se usó para otro vale. Usa una clave nueva para cada canje.
voucher-redeemed = Este vale ya se canjeó: { $at }, { $place }, { $cashier }. Solo sirve una vez.
voucher-redeemed-at-time = Este vale ya se canjeó: { $at }. Solo sirve una vez.
voucher-expired = Este vale ha caducado. Ya no se puede usar.
voucher-revoked = Este vale está anulado: se deshizo lo que lo había ganado. Su dueño ve por qué en el chat.
unknown-customer = No hay ningún cliente con este id.
unknown-merge = No hay ninguna unión con este id que se pueda deshacer.
last-owner = Es la única persona con el papel de owner, y un equipo necesita una. Dale antes ese papel a otra.
unknown-member = Nadie con este id está en el equipo.
unknown-role = Ese papel no existe. Los papeles son viewer, cashier, manager y owner.
unknown-campaign = No hay ningún envío con este identificador.
no-program = Todavía no hay ningún programa en marcha, así que no hay nada que contar.
# $there: what is on the balance; $wanted: what was to be spent
balance-too-low = En este saldo hay { $there }, menos que { $wanted }. No se ha gastado nada.
balance-owed = En este saldo no hay nada: quedan por compensar { $there }, porque se anuló una recompensa ya gastada. No se ha gastado nada.
redemption-key-reused = Esta clave de idempotencia se usó para este vale con otra persona u otro lugar. Usa una clave nueva para cada canje.
spending-key-reused = Esta clave de idempotencia se usó para otro gasto. Usa una clave nueva para cada gasto.
unknown-spending = No hay ningún gasto con este id de este cliente.
unknown-reward = No hay ninguna recompensa con este id.
unknown-delivery = Con esta recompensa no hay nada que entregar.
delivery-settled = Esto ya se ha resuelto, o ya no hace falta.
reward-over = Esta recompensa ya se acabó: no hay nada que anular.
reward-not-over = Esta recompensa no se ha acabado, así que no hay que darla otra vez.
given-again-already = Esta recompensa ya se dio otra vez. Si esa también se acabó, da esa otra vez.
codes-by-hand = Un código no se puede dar a mano: sale de las existencias que nombra el programa.
unknown-appeal = No existe ese caso.
appeal-settled = Este caso ya tiene respuesta.
