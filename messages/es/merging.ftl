# Two records turn out to be one person.

# $since: how long the shop has known the customer
is-this-you =
    He encontrado una ficha de cliente que parece tuya, conocida desde el { $since }.

    ¿La uno a este chat? Así lo verás todo en un solo sitio.
# The record has a chat already. $platform: where; $name: the first name there, in quotation marks (see "quoted")
is-this-you-too =
    Esto une tu chat de aquí con la cuenta de { $name } en { $platform }, conocida desde el { $since }.

    Los dos chats verán y usarán las mismas recompensas. Di que sí solo si esa cuenta es tuya: si otra persona te envió un enlace o una línea para esto, di que no.
quoted = «{ $name }»
nameless = alguien sin nombre
button-yes = Sí, esa persona soy yo
button-no = No, no soy yo
joined = Hecho: ahora está todo en un solo sitio.
# Under what the new chat, or a chat of before, is told. $start: the command that lifts a stop
both-stopped = En uno de los dos chats se pidió no recibir mensajes, así que ya no escribo en ninguno si no me preguntas algo. Con { $start } vuelvo a los dos.
# Told in the chats that were there before. $platform: where the new chat is
joined-elsewhere =
    Tu cuenta se ha unido a un chat de { $platform }. Los dos chats ven y usan ahora las mismas recompensas.

    Si no has sido tú, díselo a la tienda, por favor: se puede deshacer.
declined = De acuerdo, quedan separadas. Si ha sido un error, pide un enlace nuevo y ábrelo.
answered-before = Esta pregunta ya se ha contestado. No ha cambiado nada.
already-yours = Esta ficha ya es tuya. No hay que hacer nada.
other-account = Esa ficha es de otra cuenta de esta plataforma, así que no puedo unirlas. La tienda ya lo sabe y lo mirará.
# A link, a line or a number of before; also when the question above is answered too late
token-over = Eso ya se ha usado o tiene más de 15 minutos, así que no se ha unido nada. Empieza de nuevo donde empezaste: pide un enlace nuevo en la tienda o en los ajustes de tu otro chat, o comparte tu número otra vez.
not-your-contact = Ese contacto es de otra persona. Comparte tu propio número con el botón que hay bajo el campo de texto, por favor.
phone-noted = Gracias, he apuntado tu número. Con él, la tienda ya puede encontrar tus compras.
ask-for-phone =
    La tienda puede encontrar tus compras por tu número de teléfono.

    Toca el botón bajo el campo de texto para compartir tu propio número. No se usa para nada más.
button-share-phone = 📱 Compartir mi número

# Using the program on another platform as well. $link: the address that opens the chat there
connect-by-link =
    Abre esto en Telegram y allí también lo encontrarás todo:

    { $link }

    Funciona una vez, durante 15 minutos. No lo compartas: quien lo abra llega a tus recompensas.
button-open-telegram = Abrir Telegram
# $line: what to type in Slack
connect-by-line =
    Escribe esta línea en cualquier canal de Slack y allí también lo encontrarás todo:

    { $line }

    La respuesta solo la verás tú. Funciona una vez, durante 15 minutos. No la compartas: quien la escriba llega a tus recompensas.
button-copy-line = 📋 Copiar la línea
there-already = Ya usas los dos: todo lo que ves aquí también está allí.
not-there = Allí no respondo. Todo lo que necesitas está aquí:
