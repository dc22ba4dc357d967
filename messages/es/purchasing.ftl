# One sentence for whoever reported an event: a cashier, or the log of a shop.

qualified = Cuenta: es la primera compra de alguien con invitación. Quien gane una recompensa lo sabrá en el chat.
unclaimed = Guardada para quien ha comprado: que abra la dirección y la compra contará como suya.
not-invited = Registrada. Nadie invitó a esta persona, así que no hay recompensa.
no-program = Registrada. No hay ningún programa de recomendaciones en marcha.
no-goal = Registrado. El programa no recompensa nada por este tipo de evento.
goal-reached-before = Registrada. La primera compra de esta persona ya se había contado.
customer-before = Registrada. Esta persona ya había comprado aquí antes de la invitación, así que no hay recompensa.
before-joining = Registrada. Esto ocurrió antes de la invitación, así que no hay recompensa.
too-late = Registrada. El plazo para la primera compra tras unirse ha terminado, así que no hay recompensa.
other-currency = Registrada. El programa solo cuenta compras en { $currency }, así que no hay recompensa.
below-minimum = Registrada. Una compra cuenta a partir de { $minimum }, así que todavía no hay recompensa.
refund-recorded = Devolución registrada. Ninguna recompensa dependía de ella.
refund-took-back = Devolución registrada. Las recompensas de esta compra quedan anuladas, y a quienes las tenían se les dice en el chat.
refund-reduced = Devolución registrada. Las recompensas de esta compra son ahora menores.
refund-waits = Devolución guardada: espera a su compra, que todavía no ha llegado.
unknown-code = Registrada. El código que la acompaña no se conoce, así que no hay recompensa.
own-link = Registrada. El código es de la misma persona que ha comprado, así que no hay recompensa.
program-over = Registrada. El programa no admite recomendaciones nuevas por ahora, así que no hay recompensa.
circle = Registrada. Quien tiene el código llegó aquí gracias a esta persona, así que no hay recompensa.
