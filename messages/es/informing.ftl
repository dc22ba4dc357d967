# What the team's channel hears by itself.

# $count: how many referrals; one line for each follows
completed = { $count ->
    [one] 🎉 *Se ha completado una recomendación*: la compra ya no se puede devolver y las recompensas están listas.
    [many] 🎉 *Se han completado { $count } de recomendaciones*: sus compras ya no se pueden devolver y las recompensas están listas.
   *[other] 🎉 *Se han completado { $count } recomendaciones*: sus compras ya no se pueden devolver y las recompensas están listas.
}
completed-line = • { $advocate } trajo a { $friend }: { $advocate-gain } para { $advocate }, { $friend-gain } para { $friend }
and-more = { $more ->
    [one] … y una más
    [many] … y { $more } más
   *[other] … y { $more } más
}

# $number: the platform's number of the update; $error: the kind of error and its place
parked =
    ⚠️ *Algo de { $platform } no se ha podido atender* y se ha apartado: no ha tenido ningún efecto.

    Número { $number }: { $error }

    Qué hacer: busca este error en el registro y comunícalo, o actualiza Grapevine si ya se conoce. Puede que quien lo envió tenga que enviarlo de nuevo. No retiene nada más.

# $name: who asked; $mine, $other: the ids of the two customer records
other-account =
    🤝 *Una decisión espera*: { $name } quería unir dos fichas de cliente, y la otra ya tiene una cuenta en la misma plataforma. Por eso no se ha unido nada.

    Fichas: { $mine } y { $other }

    Qué significa: es una persona con dos cuentas, o una dirección de acceso que llegó a quien no debía.
    Qué hacer: pregunta a { $name } cuál de las dos es. Una misma persona puede seguir con la cuenta que tuvo primero. Si antes se unieron dos que no debían, `grapevine customers merges` las muestra y `grapevine customers part` con el id lo deshace.
button-handled = Resuelto
handled-by = ✅ Resuelto por { $member }
handled-already = Esto ya se ha resuelto.
