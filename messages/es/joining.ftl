# Someone starts the bot or gives a code.

no-program = Ahora mismo no hay aquí ningún programa de recomendaciones. Vuelve a mirar más adelante, por favor.

# $program: the business; $gains: what each side gets; $deed: for what, where it is simple
welcome =
    👋 ¡Te damos la bienvenida a { $program }!

    { $deed ->
        [first-purchase] Invita a alguien: cuando haga su primera compra, { $gains }.
        [signup] Invita a alguien: cuando se registre, { $gains }.
       *[other] Invita a alguien: cuando haga lo que cuenta, { $gains }.
    }

    ¿Te han dado un código? Envíamelo sin más.
welcome-back =
    👋 Qué alegría verte de nuevo en *{ $program }*.

    { $deed ->
        [first-purchase] Por cada amistad que hace una primera compra, { $gains }.
        [signup] Por cada amistad que se registra, { $gains }.
       *[other] Por cada amistad que hace lo que cuenta, { $gains }.
    }
back-as-friend = 👋 Qué alegría verte de nuevo. Tu invitación sigue en pie:

# $advocate: who invited; $until: the last day for the first purchase
invited =
    🎉 Ya estás dentro: te ha invitado { $advocate } a *{ $program }*.

    { $deed ->
        [first-purchase] Haz tu primera compra hasta el { $until }: { $gains }.
        [signup] Regístrate hasta el { $until }: { $gains }.
       *[other] Cuando hagas lo que cuenta, { $gains }. Funciona así:
    }

friend-joined =
    🎉 Se ha unido { $friend } con tu enlace.

    En cuanto haga su primera compra (hasta el { $until }), tu recompensa de *{ $gain }* estará en camino.
friend-joined-signup =
    🎉 Se ha unido { $friend } con tu enlace.

    En cuanto se registre (hasta el { $until }), tu recompensa de *{ $gain }* estará en camino.
friend-joined-other =
    🎉 Se ha unido { $friend } con tu enlace.

    Cuando haga lo que cuenta, recibes *{ $gain }*. Te aviso de cada paso.
friend-joined-without-gain =
    🎉 Se ha unido { $friend } con tu enlace.

    Te aviso de cada paso que cuente.

# Said for every code, right or wrong, to whoever has tried ten within the hour.
too-many-codes = Has probado bastantes códigos en la última hora, así que por ahora no acepto más. Vuelve dentro de una hora, por favor, con el código que te envió tu amistad, tal como está escrito.
unknown-code =
    No conozco este código. Un código tiene ocho letras y cifras, como el del mensaje de tu amistad.

    Compruébalo, por favor, o pide que te envíen el enlace otra vez. También puedes empezar ahora mismo con tus propias invitaciones.
did-you-mean = No conozco este código. ¿Querías decir { $code }?
button-use-code = Sí, usar { $code }

own-link =
    Este es tu propio enlace, así que no puede contar para ti. Sirve para todos los demás: { $deed ->
        [first-purchase] envíaselo a alguien y recibirás *{ $gain }* cuando haga su primera compra.
        [signup] envíaselo a alguien y recibirás *{ $gain }* cuando se registre.
       *[other] envíaselo a alguien y recibirás *{ $gain }* cuando haga lo que cuenta.
    }
customer-before =
    Ya eres cliente de *{ $program }*, así que una invitación ya no puede contar: es para quienes aún no se han estrenado aquí.

    Ahora puedes invitar tú: cada amistad te trae *{ $gain }*.
joined-before = Ya te uniste con esta invitación, y sigue en pie:
invited-by-another =
    Ya te uniste con la invitación de otra amistad, y cuenta la primera.

    Ahora puedes invitar tú: cada amistad te trae *{ $gain }*.
program-over =
    Esta invitación ha terminado: *{ $program }* no admite recomendaciones nuevas por ella en este momento.

    Todo lo que has ganado sigue siendo tuyo; mira en «Mis recompensas».
program-not-begun =
    Llegas pronto: *{ $program }* admite las primeras invitaciones el { $starts }.

    Vuelve a abrir el enlace a partir de ese día, por favor.
program-paused =
    *{ $program }* está en pausa y ahora mismo no admite invitaciones nuevas.

    Vuelve a probar más adelante, por favor. Todo lo prometido sigue en pie.
late-claim-over =
    Ya compras en *{ $program }*, y el código de una amistad solo vale { $days ->
        [one] durante un día
        [many] durante { $days } de días
       *[other] durante { $days } días
    } después de la primera compra.

    Ahora puedes invitar tú: cada amistad te trae *{ $gain }*.
before-link = Esto ocurrió antes de que tu amistad tuviera este enlace, así que no pudo venir de él. Tu próxima compra puede contar.
click-too-old = Esta invitación se abrió hace demasiado tiempo. Pide a tu amistad el enlace o el código y vuelve a abrirlo, por favor.
excluded-friend =
    Esta oferta de *{ $program }* no es para ti, así que la invitación no puede contar. Si crees que es un error, pregúntanos.
excluded-advocate =
    Quien te ha enviado esto no puede invitar a *{ $program }*, así que la invitación no puede contar. La de otra amistad sí.
# What the business says about it. $said: its own words
they-say = Lo que dice la tienda: { $said }
# $friend: who joined before
friend-moved-on = Después se ha unido { $friend } con el enlace de otra persona. Aquí cuenta la última invitación, así que esta ya no es tuya. Tu enlace sirve para la próxima amistad.
circle =
    Esta persona llegó a *{ $program }* gracias a ti, así que su invitación no puede contar para ti.

    Invita a alguien nuevo: cada amistad te trae *{ $gain }*.
