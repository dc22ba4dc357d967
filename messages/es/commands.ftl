# The menu beside the chat's text field: one line for each command, at most 256 characters.
start = Empezar, o volver a empezar
share = Mi enlace, código y QR para compartir
status = Cómo van mis invitaciones
rewards = Lo que he ganado
top = Quién trae a más amistades
settings = Mensajes, nombre y privacidad
help = Cómo funciona todo
stop = No recibir más mensajes

# Shown in an empty chat before START is pressed; at most 512 characters, plain text.
description =
    Trae a alguien y hay algo para los dos.

    Pulsa INICIAR y recibe un enlace, un código y un QR propios. Cuando alguien venga con ellos y compre, cada parte sabrá enseguida lo que ha ganado, y podrá ver por qué en cualquier momento.

# Shown on the bot's profile and when its address is shared; at most 120 characters, plain text.
short-description = Comparte tu enlace, trae a alguien y hay una recompensa para los dos.

# Something went wrong on our side; whether there is a team that hears of it is not known here.
trouble = Lo siento, no ha funcionado: algo falla por nuestra parte. Inténtalo de nuevo en unos minutos, por favor, y si sigue sin funcionar, díselo a la tienda.

# Somebody sent far more than a person can mean; until a minute has passed nothing of theirs is read.
a-moment = Un momento, por favor: eso ha sido mucho de golpe. Lo último no lo he leído, y en un minuto vuelvo a estar contigo.

# Takes the "share my number" keyboard away when what follows has buttons of its own.
thanks-for-number = Ha llegado tu número.

# On a button that was tapped several times in a moment.
just-sent = ⬆️ Lo tienes justo arriba.

# What Slack shows about the app: in its lists at most 140 characters, on its page 175 to 4000, plain text.
slack-description = Trae a alguien y hay algo para los dos: tu enlace, tu código y tus recompensas.
slack-long-description =
    Grapevine da a cada cliente un enlace, un código corto y un QR propios. Cuando alguien viene con ellos y compra, los dos saben enseguida lo que han ganado, y pueden ver por qué en cualquier momento.

    Los clientes escriben /grapevine, escriben a la app o abren su Inicio. Lo que ven allí es solo para ellos. El equipo pide las cifras del programa, se entera de cada recomendación completada y responde a los clientes en los hilos de su propio canal.

# Beside /grapevine while somebody types it.
slack-command = Tu enlace, tus invitaciones y tus recompensas
slack-hint = join CÓDIGO | share | status | rewards | top | settings | help | stop | stats

# --- what only Slack needs

# The database was held by somebody else for two seconds: nothing was written.
busy = Ahora mismo hay tanto movimiento que no he llegado a esto. Inténtalo otra vez, por favor.
# Before the help. $word: what somebody typed after /grapevine
unknown-word = No conozco «{ $word }». Esto es lo que puedo hacer:
# Before words that can be copied as they are.
ready-words = 📋 Listo para copiar y enviar a una amistad:
# In the place of a picture that Slack did not take.
no-picture = Aquí debería haber una imagen, y Slack no puede mostrarla ahora. Todo lo que dice está en el texto.
only-pictures = 📎 Puedo recibir palabras e imágenes, pero no otros archivos. ¿Podrías enviar una imagen?
# Home and the modals; titles and their buttons have at most 24 characters.
modal-title = Trae a alguien
modal-close = Cerrar
button-enter-code = Tengo un código
code-title = Tengo un código
code-label = El código que te han dado
code-submit = Usarlo
# Home's button could not open its form. $join: the command, such as /grapevine join
type-the-code = No he podido abrir el formulario. Escribe { $join } y después tu código, separados por un espacio.
# Somebody typed the command without a code.
which-code = ¿Qué código es? Escribe { $join } y detrás el código, separado por un espacio.
# Somebody of the team changed a reply that the customer has already; only they see this.
change-not-sent = ✏️ Tu cambio no ha llegado: la otra persona tiene lo que escribiste primero. Escríbelo otra vez como una respuesta nueva, por favor.
