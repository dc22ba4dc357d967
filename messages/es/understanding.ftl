# Someone writes what they want in words of their own.

# $program: the business. Somebody wrote what they did, and asked nothing.
told =
    ¡Gracias por contármelo! No hace falta que me avises de nada: { $program } me dice por su cuenta lo que vale.

    Si falta algo de lo que hiciste, te digo por qué:
told-kept =
    ¡Gracias por contármelo! No hace falta que me avises de nada: { $program } me dice por su cuenta lo que vale.

    Si falta algo de lo que hiciste, te digo por qué, o lo mira una persona del equipo: verá lo que has escrito.
# After the answer to the first of two things; the second is the button.
also = Y lo otro que pedías:
look-closer = Si ahí falta algo de lo que hiciste, te digo por qué, o lo mira una persona del equipo:
# $name: the reader; $program: the business; $advocate-gain: what each friend brings; $deed: what counts, in one word
hello =
    👋 ¡Hola, { $name }!

    { $deed ->
        [first-purchase] Cada amistad que hace una primera compra en { $program } te trae *{ $advocate-gain }*.
       *[other] Cada amistad que traes a { $program } te da *{ $advocate-gain }*.
    } ¿Qué te gustaría hacer?
hello-without-name =
    👋 ¡Hola!

    { $deed ->
        [first-purchase] Cada amistad que hace una primera compra en { $program } te trae *{ $advocate-gain }*.
       *[other] Cada amistad que traes a { $program } te da *{ $advocate-gain }*.
    } ¿Qué te gustaría hacer?
thanks = 😊 ¡Para eso estoy!
bye = 👋 ¡Hasta pronto!
# $stop, $settings: commands
stop =
    ¿Dejo de escribirte?

    Toca abajo o envía { $stop } y no volverás a saber de mí. Tus recompensas siguen siendo tuyas. Si prefieres recibir menos mensajes, mira en { $settings }.
button-stop = 🔕 Sí, no más mensajes
