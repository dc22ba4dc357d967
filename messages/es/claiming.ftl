# Someone makes a purchase their own that was rung up with a friend's code.

# $advocate: who invited; $gain: what the friend gets; $free: from when
counted =
    🎉 Tu compra cuenta: te invitó { $advocate }.

    Recibes *{ $gain }*. Tu recompensa será tuya el { $free }, cuando ya no se pueda devolver la compra. Yo te aviso.
# $event: what must come first
counted-waiting =
    🎉 Tu compra cuenta: te invitó { $advocate }.

    Recibes *{ $gain }*. Será tuya después de otro paso: { $event }. Yo te aviso.
counted-without-reward = 🎉 Tu compra cuenta: te invitó { $advocate }, y se lo agradecemos.
unknown = No conozco esta dirección. Vuelve a escanear la imagen de la caja o pregunta en la tienda, por favor.
yours = Esta compra ya es tuya. Mira en «Mis recompensas» qué ha salido de ella.
used = Otra persona ya se ha apuntado esta compra. Si era tuya, pregunta en la tienda, por favor.
expired = El plazo para apuntarte esta compra ha terminado. Aun así, puedes invitar a tus amistades y ganar recompensas.
