# Someone asks for their link, code and QR picture.

# $link: the address; $code: the same as a code; $till: whether purchases are rung up, so that a code can be told there
card =
    *Tu invitación a { $program }*

    { $link }
    Código: { $code }

    { $till ->
        [yes] Envía el enlace, deja que escaneen la imagen o di el código: también vale en caja.
       *[no] Envía el enlace, deja que escaneen la imagen o di el código.
    } { $deed ->
        [first-purchase] Cuando alguien haga así su primera compra, { $gains }.
        [signup] Cuando alguien se registre así, { $gains }.
       *[other] Cuando alguien haga lo que cuenta, { $gains }.
    }
# $words: what the person chose to say to friends
your-words = A tus amistades les dices: «{ $words }»
# What the friend reads. $words: the sharer's own, or ours; $honest: the sharer's own gain is said openly.
words-for-friends = { $words } { $honest }
our-words = { $deed ->
    [first-purchase] Voy a { $program } y me he acordado de ti: con mi enlace recibes { $friend-gain } en tu primera compra.
    [signup] Uso { $program } y me he acordado de ti: con mi enlace recibes { $friend-gain } al registrarte.
   *[other] Uso { $program } y me he acordado de ti: con mi enlace recibes { $friend-gain }.
}
our-words-without-gift = { $deed ->
    [first-purchase] Voy a { $program } y me he acordado de ti: este es mi enlace.
   *[other] Uso { $program } y me he acordado de ti: este es mi enlace.
}
honest-briefly = Yo también recibo { $advocate-gain }.
honest-briefly-without-gain = Yo no recibo nada por ello.
honest-briefly-alone = { $deed ->
    [first-purchase] Yo recibo { $advocate-gain } cuando hagas tu primera compra.
    [signup] Yo recibo { $advocate-gain } cuando te registres.
   *[other] Yo recibo { $advocate-gain } por ello.
}
# After words of the sharer's own, which may say nothing of the offer.
honest = { $deed ->
    [first-purchase] Con mi enlace recibes { $friend-gain } en tu primera compra, y yo también recibo { $advocate-gain }.
    [signup] Con mi enlace recibes { $friend-gain } al registrarte, y yo también recibo { $advocate-gain }.
   *[other] Con mi enlace recibes { $friend-gain }, y yo también recibo { $advocate-gain }.
}
honest-alone = { $deed ->
    [first-purchase] Yo recibo { $advocate-gain } cuando hagas tu primera compra con mi enlace.
    [signup] Yo recibo { $advocate-gain } cuando te registres con mi enlace.
   *[other] Yo recibo { $advocate-gain } cuando vengas con mi enlace.
}
honest-without-gain = { $deed ->
    [first-purchase] Con mi enlace recibes { $friend-gain } en tu primera compra. Yo no recibo nada por ello.
    [signup] Con mi enlace recibes { $friend-gain } al registrarte. Yo no recibo nada por ello.
   *[other] Con mi enlace recibes { $friend-gain }. Yo no recibo nada por ello.
}
# The sharer's own words, on the page that a friend opens.
quoted = «{ $words }»
# The card that a friend sees in a chat.
card-for-friends =
    { $words }

    { $link }
    Código: { $code }
button-open = 🎁 Abrir la invitación
# What somebody sees of their card while they choose it, before it is sent.
inline-title = Tu invitación a { $program }
inline-about = Toca para enviarla. Con ella se recibe { $friend-gain }.
inline-about-without-gift = Toca para enviarla.
# For somebody who has no link yet.
inline-start = Consigue un enlace propio para compartir
button-send = ✉️ Enviar a una amistad
button-words = ✍️ Cambiar mis palabras
button-more-ways = 📣 Más formas de compartir
button-copy-link = 🔗 Copiar el enlace
button-copy-code = 🔢 Copiar el código
program-over =
    El programa no admite recomendaciones nuevas por ahora, así que no hay enlace que compartir.

    Lo que has ganado sigue siendo tuyo.
program-paused =
    El programa está en pausa, así que ahora no hay enlace que compartir. Vuelve a mirar más adelante, por favor.

    Lo que has ganado y lo prometido a tus amistades sigue en pie.
ask-for-news =
    Una pregunta, y solo una vez: ¿puedo escribirte de vez en cuando con recordatorios, la clasificación semanal y novedades y ofertas de { $program }?

    Cada cosa se acaba con un toque cuando quieras. Las noticias de tus recomendaciones y recompensas te llegan de todos modos. Puedes cambiar de opinión con { $settings }.
button-agree = Sí, por favor
button-decline = No, gracias
