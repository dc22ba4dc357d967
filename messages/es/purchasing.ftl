# One sentence for whoever reported an event: a cashier, or the log of a shop.

qualified = Cuenta: es la primera compra de alguien con invitación. Quien gane una recompensa lo sabrá en el chat.
# Of a program that rewards more than a first purchase.
qualified-other = Cuenta para alguien con invitación. Quien gane una recompensa lo sabrá en el chat.
hold-released = Registrado. Había recompensas que esperaban esto, y ya no esperan más.
conditions-not-met = Registrado. No cumple las condiciones del programa, así que no hay recompensa.
more-needed = Registrado. Cuenta para una recompensa, y todavía faltan más.
referral-ended = Registrado. La invitación de esta persona ha terminado, así que no hay recompensa.
program-paused = Registrada. El programa está en pausa y no admite recomendaciones nuevas, así que no hay recompensa.
program-not-begun = Registrada. El programa todavía no ha empezado, así que no hay recompensa.
late-claim-over = Registrada. Esta persona compró aquí hace demasiado tiempo para que cuente el código de una amistad, así que no hay recompensa.
before-link = Registrada. Esto ocurrió antes de que existiera el código que la acompaña, así que no hay recompensa.
click-too-old = Registrada. La visita por el enlace fue hace demasiado tiempo, así que no hay recompensa.
excluded-friend = Registrada. Esta persona no puede participar en el programa, así que no hay recompensa.
excluded-advocate = Registrada. Quien tiene el código no puede participar en el programa, así que no hay recompensa.
unclaimed = Guardada para quien ha comprado: que abra la dirección y la compra contará como suya.
not-invited = Registrada. Nadie invitó a esta persona, así que no hay recompensa.
no-program = Registrada. No hay ningún programa de recomendaciones en marcha.
no-goal = Registrado. El programa no recompensa nada por este tipo de evento.
goal-reached-before = Registrada. La primera compra de esta persona ya se había contado.
goal-reached-before-other = Registrado. Ya se ha contado para esta persona tantas veces como permite el programa.
customer-before = Registrada. Esta persona ya había comprado aquí antes de la invitación, así que no hay recompensa.
before-joining = Registrada. Esto ocurrió antes de la invitación, así que no hay recompensa.
too-late = Registrada. El plazo para la primera compra tras unirse ha terminado, así que no hay recompensa.
too-late-other = Registrado. El plazo tras unirse ha terminado, así que no hay recompensa.
other-currency = Registrada. El programa solo cuenta compras en { $currency }, así que no hay recompensa.
below-minimum = Registrada. Una compra cuenta a partir de { $minimum }, así que todavía no hay recompensa.
refund-recorded = Devolución registrada. Ninguna recompensa dependía de ella.
refund-took-back = Devolución registrada. Las recompensas de esta compra quedan anuladas, y a quienes las tenían se les dice en el chat.
refund-reduced = Devolución registrada. Las recompensas de esta compra son ahora menores, y a quienes las tienen se les dice en el chat.
refund-waits = Devolución guardada: espera a su compra, que todavía no ha llegado.
unknown-code = Registrada. El código que la acompaña no se conoce, así que no hay recompensa.
own-link = Registrada. El código es de la misma persona que ha comprado, así que no hay recompensa.
program-over = Registrada. El programa no admite recomendaciones nuevas por ahora, así que no hay recompensa.
circle = Registrada. Quien tiene el código llegó aquí gracias a esta persona, así que no hay recompensa.
