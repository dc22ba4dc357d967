# The personal page in the app.

# $program: the business; $gains: what each side gets
welcome =
    👋 *Te damos la bienvenida a { $program }*

    { $deed ->
        [first-purchase] Invita a alguien: cuando haga su primera compra, { $gains }.
        [signup] Invita a alguien: cuando se registre, { $gains }.
       *[other] Invita a alguien: cuando haga lo que cuenta, { $gains }.
    }

    Toca abajo y tendrás un enlace, un código y una imagen propios.
button-get-link = 🎁 Quiero mi enlace
invited = *Tu invitación*
program-over =
    *{ $program }*

    El programa no admite recomendaciones nuevas por ahora. Lo que has ganado sigue siendo tuyo.
no-program = Ahora mismo no hay aquí ningún programa de recomendaciones. Vuelve a mirar más adelante, por favor.
more = Más que ver y elegir:
