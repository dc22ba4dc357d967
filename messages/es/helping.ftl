# Someone asks what the bot can do, or says something it does not know.

help =
    *Cómo funciona*

    1. Toca «Invitar a alguien» y envía tu enlace, o deja que escaneen tu código QR.
    2. { $deed ->
        [first-purchase] Tu amistad lo abre y hace su primera compra en { $program }.
        [signup] Tu amistad lo abre y se registra en { $program }.
       *[other] Tu amistad lo abre y hace lo que cuenta en { $program }.
    }
    3. Entonces { $gains }. { $use ->
        [till] Recoge tu recompensa aquí y enseña el vale en caja.
        [balance] Se suma sola a tu saldo.
       *[other] En «Mis recompensas» ves lo que hay y cómo se usa.
    }

    *Lo que puedes escribirme*
    { $share } – tu enlace, código y QR
    { $status } – cómo van tus recomendaciones
    { $rewards } – lo que está listo y lo que viene
    { $top } – la clasificación
    { $settings } – nombre, avisos, recordatorios
    { $stop } – no más mensajes

    ¿Te han dado un código? Envíamelo sin más.
# One more line for the team. $stats: the command
for-the-team = Para el equipo: { $stats } – las cifras del programa
old-button = Ese botón es de un mensaje antiguo y ya no funciona. Esto es lo que puedes hacer ahora:
not-understood = No te he entendido. Puedes enviarme el código de una amistad o tocar lo que quieras hacer:
not-understood-kept =
    No te he entendido. Puedes enviarme el código de una amistad o tocar lo que quieras hacer.

    Para preguntar a alguien del equipo, toca «Hablar con una persona»: verá lo que has escrito.
# Under it, where there is a guess: it stands on the first button, or two guesses on the first two.
perhaps = ¿Querías decir lo que está arriba del todo?
picture = No sé leer imágenes, lo siento. Puedes enviarme el código de una amistad o tocar lo que quieras hacer:
picture-for-human =
    No sé leer imágenes, pero el equipo sí.

    Toca «Hablar con una persona» y envíala otra vez.
# $day: when the last conversation with the team was closed
still-there =
    Tu conversación con el equipo se cerró el { $day }.

    ¿Quieres seguir? Toca «Hablar con una persona» y verán lo que acabas de escribir.
