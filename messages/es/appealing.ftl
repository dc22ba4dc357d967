# A customer asks the team to decide again: one case for each decision, answered once.

# For the customer
can-be = Si crees que no es correcto, el equipo puede volver a decidirlo: toca «Preguntar al equipo».
button-appeal = ⚖️ Preguntar al equipo
asked = ⚖️ El equipo ya lo tiene: alguien lo revisa y yo te cuento aquí lo que diga.
answered = El equipo ya lo revisó, y lo que dijo sigue en pie:
cannot = Esto el equipo no lo puede decidir con un toque. Si algo no te parece correcto, habla con una persona del equipo o en la tienda.
# $day: since when, or when the team answered
is-open = ⚖️ El { $day } pedimos al equipo que lo volviera a decidir. Yo te aviso.
is-upheld = ⚖️ El equipo lo revisó el { $day } y mantiene la decisión.
is-overturned = ⚖️ El equipo lo revisó el { $day } y te dio la razón: mira «Mis recompensas».
# $gain: what is given after all
overturned =
    🎁 El equipo lo ha revisado, ¡y te toca *{ $gain }*!

    Gracias por preguntar.
upheld =
    ⚖️ El equipo lo ha revisado y mantiene la decisión: no hay { $gain } por esto.

    Si quieres saber más, habla con una persona.
# Where an invitation or a purchase had been refused, and not a reward that was there
besides = Es solo para ti: la invitación en sí se queda como estaba. Lo que aún salga de ella se suma aparte.
# $why: the team's own words
note = El equipo escribe: { $why }

# For the team. $name: who asks; $gain: what they would get; $customer, $appeal: ids
card =
    ⚖️ *{ $name } pide que lo volváis a decidir*: { $gain }

    Qué hacer: lee por qué se rechazó y pulsa un botón. { $name } recibe tu respuesta una sola vez, y es definitiva.
    Caso { $appeal } del cliente { $customer }
# $words: the reason as the customer has read it
told = • Se le dijo: { $words }
as-friend = • Pregunta como la persona invitada.
as-advocate = • Pregunta como quien invitó. No sabe nada de lo que compró su amistad.
# $name: who asks
alone = • Si lo dais, solo lo recibe { $name }: la invitación se queda como está y no cuenta más que antes, tampoco para concursos ni metas. Lo que se gane después se suma aparte.
button-grant = Dar { $gain }
button-keep = Mantener la decisión
# $member: who of the team answered
overturned-by = ✅ Concedido por { $member }
upheld-by = ✖️ Decisión mantenida por { $member }
settled-before = Este caso ya tiene respuesta, y el cliente la ha recibido.
unknown = Este caso ya no existe.
