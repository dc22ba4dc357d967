# A customer talks to a person of the team.

# --- to the customer

passed-on-first =
    🙋 Se lo he pasado al equipo. Una persona te responde aquí en cuanto pueda.

    Puedes seguir escribiendo o enviar una imagen: también lo ven.
passed-on = ✓ El equipo lo tiene.
what-is-it =
    🙋 ¿Qué quieres preguntar?

    Escríbelo aquí o envía una imagen, y se lo paso a una persona del equipo.
already = 🙋 Ya estás hablando con el equipo: escribe aquí y una persona te responde.
nobody-there =
    Lo siento, por este chat no se puede hablar con nadie del equipo. Pregunta en la tienda, por favor: te ayudarán con gusto.

    Esto es lo que puedo hacer por ti:
never-mind = De acuerdo, no he pasado nada. Esto es lo que puedo hacer por ti:
nothing-open = Ahora mismo no estás hablando con el equipo. Esto es lo que puedo hacer por ti:
ended = 👍 Le he dicho al equipo que ya tienes todo lo que necesitas. Si surge algo más, pregunta de nuevo.
# $said: what the person of the team wrote
reply =
    💬 *Del equipo*

    { $said }
reply-picture = 💬 *Del equipo*: una imagen para ti.
closed-by-team =
    El equipo ha cerrado esta conversación. Espero que te haya ayudado.

    ¿Hay algo más? Escríbeme otra vez o toca «Hablar con una persona».
reopened = 🙋 El equipo ha vuelto a abrir tu conversación. Lo que escribas aquí les llega.

button-enough = Eso es todo, gracias
button-never-mind = Déjalo

# --- to the team

a-customer = un cliente
# $name: who asks; $platform: where; $said: what they wrote
opened =
    🙋 *Pregunta* de *{ $name }*, en { $platform }:

    { $said }
opened-with-picture = 🙋 *Pregunta* de *{ $name }*, en { $platform }: la imagen de abajo.
again =
    🙋 *Otra pregunta* de *{ $name }*, en { $platform }:

    { $said }
known-since = • Se le conoce aquí desde el { WITH_YEAR($since) }
customer-since = • Es cliente desde el { WITH_YEAR($since) }
standing = • Amistades que ha traído: se unieron { $joined }, válidas { $qualified }, completadas { $completed } · Recompensas listas: { $ready }
# $advocate: who invited the customer
invited-by = • Llegó por invitación de { $advocate }
has-stopped = • Ha pedido no recibir mensajes: le llegan las respuestas a esta pregunta, y nada más
how-to-answer = Responde en este hilo y { $name } lo leerá en { $platform }. Empieza con // para que un mensaje quede en el equipo.
heard = *{ $name }*: { $said }
heard-picture = *{ $name }*: una imagen
closed-by-customer = ✅ Cerrada: { $name } ya tiene todo lo que necesita.
# $member: who of the team closed it
closed-by-member = ✅ Cerrada por { $member }. Las respuestas de este hilo se quedan aquí.
reopened-by-member = 🙋 Abierta de nuevo por { $member }. Las respuestas de este hilo le llegan a { $name }.
left = 👋 Cerrada: { $name } ha pedido no recibir más mensajes. Las respuestas de este hilo se quedan aquí.
blocked = ⚠️ Una respuesta no le llega a { $name } por ahora: ha bloqueado el chat. Volverá a llegarle cuando lo desbloquee.
joined-another = ✅ Cerrada: { $name } tiene otra conversación abierta con el equipo, y resulta que es la misma persona. La conversación sigue allí.

button-close = Cerrar
button-reopen = Volver a abrir

# Under a message whose picture could not be had from the platform that kept it; either side may read it.
picture-lost = (La imagen no se ha podido pasar. Pídela otra vez, por favor.)

# --- to one of the team alone

reply-not-sent = Tu respuesta no se ha enviado al cliente.
reply-after-closing = Esta conversación está cerrada, así que tu respuesta no se ha enviado al cliente. Para escribirle, ábrela de nuevo y envía tu respuesta otra vez.
reply-unreachable = Tu respuesta no se ha enviado: el cliente ha bloqueado el chat. Inténtalo de nuevo cuando lo desbloquee, por favor.
# Under a message of ours that holds no conversation: a question that reached the channel twice, or anything else
reply-in-a-copy = Las respuestas de aquí no le llegan a ningún cliente. Si esto es la pregunta de un cliente, está otra vez en el canal: responde allí, por favor.
unknown = Esta conversación ya no existe.
closed-already = Esta conversación ya está cerrada.
open-already = Esta conversación ya está abierta: responde en su hilo.
cannot-reopen-stopped = Ha pedido no recibir más mensajes, así que esta conversación sigue cerrada. Se abre cuando vuelva a preguntar.
cannot-reopen-another = Ahora mismo tiene otra conversación abierta con el equipo. Sigue en su hilo, por favor.
