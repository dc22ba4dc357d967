# Someone starts the bot or gives a code.

no-program = Ahora mismo no hay aquí ningún programa de recomendaciones. Vuelve a mirar más adelante, por favor.

# $program: the business; $advocate-gain, $friend-gain: what each side gets
welcome =
    👋 ¡Te damos la bienvenida a { $program }!

    Invita a alguien: cuando haga su primera compra, tú recibes *{ $advocate-gain }* y tu amistad recibe *{ $friend-gain }*.

    ¿Te han dado un código? Envíamelo sin más.
welcome-back =
    👋 Qué alegría verte de nuevo en *{ $program }*.

    Cada amistad que hace una primera compra te trae *{ $advocate-gain }*, y ella recibe *{ $friend-gain }*.
back-as-friend = 👋 Qué alegría verte de nuevo. Tu invitación sigue en pie:

# $advocate: who invited; $until: the last day for the first purchase
invited =
    🎉 Ya estás dentro: te ha invitado { $advocate } a *{ $program }*.

    Haz tu primera compra hasta el { $until }: tú recibes *{ $friend-gain }*, y { $advocate } recibe *{ $advocate-gain }*.

friend-joined =
    🎉 Se ha unido { $friend } con tu enlace.

    En cuanto haga su primera compra (hasta el { $until }), tu recompensa de *{ $gain }* estará en camino.

# Said for every code, right or wrong, to whoever has tried ten within the hour.
too-many-codes = Has probado bastantes códigos en la última hora, así que por ahora no acepto más. Vuelve dentro de una hora, por favor, con el código que te envió tu amistad, tal como está escrito.
unknown-code =
    No conozco este código. Un código tiene ocho letras y cifras, como el del mensaje de tu amistad.

    Compruébalo, por favor, o pide que te envíen el enlace otra vez. También puedes empezar ahora mismo con tus propias invitaciones.
did-you-mean = No conozco este código. ¿Querías decir { $code }?
button-use-code = Sí, usar { $code }

own-link =
    Este es tu propio enlace, así que no puede contar para ti. Sirve para todos los demás: envíaselo a alguien y recibirás *{ $gain }* cuando haga su primera compra.
customer-before =
    Ya compras en *{ $program }*, así que una invitación ya no puede contar: es para quienes no han comprado aquí antes.

    Ahora puedes invitar tú: cada amistad te trae *{ $gain }*.
joined-before = Ya te uniste con esta invitación, y sigue en pie:
invited-by-another =
    Ya te uniste con la invitación de otra amistad, y cuenta la primera.

    Ahora puedes invitar tú: cada amistad te trae *{ $gain }*.
program-over =
    Esta invitación ha terminado: *{ $program }* no admite recomendaciones nuevas por ella en este momento.

    Todo lo que has ganado sigue siendo tuyo; mira en «Mis recompensas».
circle =
    Esta persona llegó a *{ $program }* gracias a ti, así que su invitación no puede contar para ti.

    Invita a alguien nuevo: cada amistad te trae *{ $gain }*.
