# Questions about the program, answered from its terms and from how the one who asks stands.

# $program: the business; $gains: what each side gets
how-much = { $deed ->
    [first-purchase] Por cada amistad que haga su primera compra en *{ $program }*, { $gains }.
   *[other] Por cada amistad que traigas a *{ $program }*, { $gains }.
}
# $gain: what the friend gets who was invited; $until: the last day for the first purchase
how-much-own = { $deed ->
    [first-purchase] También tienes una invitación: haz tu primera compra hasta el { $until } y recibes { $gain }.
   *[other] También tienes una invitación: haz lo que cuenta hasta el { $until } y recibes { $gain }.
}

when-coming = Esto es lo tuyo, con sus fechas:
when = { $deed ->
    [first-purchase] Recibes tu recompensa cuando una amistad ha hecho su primera compra.
   *[other] Recibes tu recompensa cuando una amistad ha hecho lo que cuenta.
}
when-at-once = { $deed ->
    [first-purchase] Recibes tu recompensa en cuanto una amistad haga su primera compra. Yo te aviso.
   *[other] Recibes tu recompensa en cuanto una amistad haga lo que cuenta. Yo te aviso.
}
# Before a line for each thing that brings something
when-parts = Esto es lo que recibes, y por qué:
when-thanks = Las recompensas de este programa son para quienes invitas.
# $until: the last day for the first purchase
when-own = { $deed ->
    [first-purchase] También tienes una invitación: haz tu primera compra hasta el { $until } y tu recompensa estará en camino.
   *[other] También tienes una invitación: haz lo que cuenta hasta el { $until } y tu recompensa estará en camino.
}
# $waiting: how many friends have joined and done nothing yet that counts
when-waiting = { $waiting ->
    [one] Una amistad se ha unido, y falta lo que cuenta.
    [many] Se han unido { $waiting } de amistades, y falta lo que cuenta.
   *[other] Se han unido { $waiting } amistades, y falta lo que cuenta.
}

until = *¿Hasta cuándo?*
until-own = { $deed ->
    [first-purchase] También tienes una invitación: tu primera compra cuenta hasta el { $until }.
   *[other] También tienes una invitación: lo que hagas cuenta hasta el { $until }.
}
# $days: how long a reward that is ready can be claimed
time-to-claim = { $days ->
    [one] Una recompensa lista se puede recoger durante un día.
    [many] Una recompensa lista se puede recoger durante { $days } de días.
   *[other] Una recompensa lista se puede recoger durante { $days } días.
}
# $days: how long a voucher is good
time-of-voucher = { $days ->
    [one] Una vez recogida, su vale sirve un día.
    [many] Una vez recogida, su vale sirve { $days } de días.
   *[other] Una vez recogida, su vale sirve { $days } días.
}
# $days: how long a friend has from joining on, whatever counts
time-of-friend = { $days ->
    [one] Una amistad tiene un día desde que se une.
    [many] Una amistad tiene { $days } de días desde que se une.
   *[other] Una amistad tiene { $days } días desde que se une.
}
# $days: how long what is on a balance can be spent
time-to-spend = { $days ->
    [one] Lo que ganas se puede gastar durante un día.
    [many] Lo que ganas se puede gastar durante { $days } de días.
   *[other] Lo que ganas se puede gastar durante { $days } días.
}
never-expires = Lo que ganas no caduca.
link-stays = Tu enlace no tiene fecha de fin.
closed = El programa no admite recomendaciones nuevas en este momento. Lo que has ganado sigue siendo tuyo.

conditions = *Qué cuenta en { $program }*
no-limit = Puedes invitar a todas las amistades que quieras: cuenta cada una.
given-back = Si se devuelve una compra, se anula su recompensa; si se devuelve una parte, decide lo que queda.
free = Invitar y apuntarse no cuesta nada.
not-oneself = Tu propio enlace no cuenta para ti, y de varias invitaciones cuenta la primera.
not-oneself-last = Tu propio enlace no cuenta para ti, y de varias invitaciones cuenta la última antes de lo que cuenta.

why-not = Así está todo lo tuyo:
why-not-nobody = Todavía no se ha unido nadie con tu enlace, así que no hay nada que recompensar. Esto es lo que cuenta:

# $days: how long a voucher is good
voucher =
    *Cómo usar una recompensa*

    Toca «Mis recompensas» y recógela: recibes un código y una imagen. Enseña cualquiera de los dos en caja { $days ->
        [one] en el plazo de un día
        [many] en el plazo de { $days } de días
       *[other] en el plazo de { $days } días
    }. Sirve una sola vez, así que recógela cuando vayas a usarla.

# Where everything is credit: nothing is shown at a till. $days: not said here
balance =
    *Cómo usar una recompensa*

    No tienes que recoger nada: lo que ganas se suma solo a tu saldo y ahí lo tienes para usarlo. En «Mis recompensas» ves cuánto es.

# $program: the business; $settings, $stop: commands
privacy =
    *Lo que sé de ti*

    Tu cuenta en este chat, el nombre, el idioma y la zona horaria que me dice, tus invitaciones y recompensas, lo que *{ $program }* me cuenta de tus compras, tu número de teléfono si lo compartes y las palabras que elijas para tu invitación.

    Las amistades que invitas ven tu nombre, y tú el suyo. En la clasificación apareces con un seudónimo, salvo que elijas otra cosa en { $settings }. Lo que escribes solo llega a alguien cuando pides hablar con una persona. Con { $stop } no vuelves a saber de mí.
privacy-ask-team = Para ver o borrar lo que se guarda de ti, pregunta al equipo: toca «Hablar con una persona».
privacy-ask-shop = Para ver o borrar lo que se guarda de ti, pregunta en la tienda, por favor.

bot = Soy un bot: me ocupo de las invitaciones y recompensas de *{ $program }*. Nunca te pediré dinero, contraseñas ni el número de una tarjeta. Esto es lo que puedo hacer por ti:
bot-with-team =
    Soy un bot: me ocupo de las invitaciones y recompensas de *{ $program }*. Nunca te pediré dinero, contraseñas ni el número de una tarjeta.

    Si prefieres hablar con alguien, toca «Hablar con una persona».

code = ¿Te han dado un código? Envíamelo aquí sin más: ocho letras y cifras, tal como te lo escribieron.
code-invited = Ya te uniste con la invitación de una amistad, así que no necesitas otro código. Sigue en pie:

button-how-much = 🎁 ¿Cuánto recibo?
button-when = 📅 ¿Cuándo lo recibo?
button-until = ⏳ ¿Hasta cuándo?
button-conditions = 📋 ¿Cuáles son las condiciones?
button-why-not = ❓ ¿Por qué no he recibido nada?
button-voucher = 🎟 ¿Cómo uso un vale?
button-privacy = 🔒 ¿Qué sabes de mí?
button-bot = 🤖 ¿Quién eres?
button-code = 🔢 Tengo un código

way-out-buy-again = No se ha perdido nada: tu próxima compra puede contar.
way-out-buy-more = Sigue así: lo próximo que hagas también suma.
way-out-share-again = Aún puedes ganar: comparte tu enlace con alguien nuevo.
way-out-use-link = Envíame el código de quien te invitó o abre otra vez su enlace.
way-out-wait = Vuelve a mirar más adelante: se abrirá solo.
appeal = Si crees que no es correcto, una persona del equipo puede revisarlo: toca «Hablar con una persona».
