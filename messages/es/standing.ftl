# How referrals stand. The five words: invitaciones, se unió, válida, completada, descartada.

not-started = Todavía no tienes recomendaciones. Toca abajo para recibir tu enlace y envíaselo a alguien.
# $visits: how often the link was opened
overview =
    *Tus recomendaciones*

    Invitaciones: { $visits ->
        [0] tu enlace aún no se ha abierto
        [one] tu enlace se ha abierto una vez
        [many] tu enlace se ha abierto { $visits } de veces
       *[other] tu enlace se ha abierto { $visits } veces
    }
    Se unieron: { $joined } · Válidas: { $qualified } · Completadas: { $completed }{ $ineligible ->
        [0] { "" }
       *[other] { " · " }Descartadas: { $ineligible }
    }

nobody-yet =
    *Tus recomendaciones*

    Invitaciones: { $visits ->
        [0] tu enlace aún no se ha abierto
        [one] tu enlace se ha abierto una vez
        [many] tu enlace se ha abierto { $visits } de veces
       *[other] tu enlace se ha abierto { $visits } veces
    }
    Todavía no se ha unido nadie. Envía tu enlace a esa persona en la que acabas de pensar: un mensaje personal es lo que mejor funciona.

# How often the person sent their card, as far as the platform tells.
shares = { $shares ->
    [one] Has enviado tu tarjeta una vez.
    [many] Has enviado tu tarjeta { $shares } de veces.
   *[other] Has enviado tu tarjeta { $shares } veces.
}

# One line each for the advocate. $name: the friend
# $deed: what comes next, where it is simple; $next: what comes next, in the business's words
advocate-joined = { $deed ->
    [first-purchase] • *Se unió* el { $joined }: { $name }. Falta: su primera compra, hasta el { $until }.
   *[other] • *Se unió* el { $joined }: { $name }. Falta: { $next }, hasta el { $until }.
}
advocate-joined-endless = • *Se unió* el { $joined }: { $name }. Falta: { $next }.
advocate-joined-minimum = • *Se unió* el { $joined }: { $name }. Falta: su primera compra de { $minimum } o más, hasta el { $until }.
advocate-qualified = { $deed ->
    [first-purchase] • *Válida* el { $qualified }: compra de { $name }. { $reward }
   *[other] • *Válida* el { $qualified }: { $name }. { $reward }
}
# $count: how many rewards it has brought
advocate-qualified-several = • *Válida* el { $qualified }: { $name }. Recompensas hasta ahora: { $count }; mira en «Mis recompensas».
advocate-qualified-without-reward = { $deed ->
    [first-purchase] • *Válida* el { $qualified }: compra de { $name }.
   *[other] • *Válida* el { $qualified }: { $name }.
}
advocate-completed = • *Completada* el { $completed }: { $name }. { $reward }
advocate-completed-several = • *Completada* el { $completed }: { $name }. Recompensas hasta ahora: { $count }; mira en «Mis recompensas».
advocate-completed-without-reward = • *Completada* el { $completed }: { $name }.
advocate-ineligible = • *Descartada*: { $name }. { $reason }

# The same for the friend. $name: who invited
own = También tienes una invitación: { $line }
friend-joined = { $deed ->
    [first-purchase] *Te uniste* el { $joined }, por invitación de { $name }. Falta: tu primera compra, hasta el { $until }.
   *[other] *Te uniste* el { $joined }, por invitación de { $name }. Falta: { $next }, hasta el { $until }.
}
friend-joined-endless = *Te uniste* el { $joined }, por invitación de { $name }. Falta: { $next }.
friend-joined-minimum = *Te uniste* el { $joined }, por invitación de { $name }. Falta: tu primera compra de { $minimum } o más, hasta el { $until }.
friend-qualified = *Válida* el { $qualified }, por invitación de { $name }. { $reward }
friend-qualified-several = *Válida* el { $qualified }, por invitación de { $name }. Recompensas hasta ahora: { $count }; mira en «Mis recompensas».
friend-qualified-without-reward = *Válida* el { $qualified }, por invitación de { $name }.
friend-completed = *Completada* el { $completed }, por invitación de { $name }. { $reward }
friend-completed-several = *Completada* el { $completed }, por invitación de { $name }. Recompensas hasta ahora: { $count }; mira en «Mis recompensas».
friend-completed-without-reward = *Completada* el { $completed }, por invitación de { $name }.
friend-ineligible = *Descartada*, por invitación de { $name }. { $reason }

# Where the one reward is that a referral has brought, for either side. $free: the day from which on it is theirs
reward-coming = Tu recompensa de { $gain } será tuya el { $free }.
reward-waiting = Tu recompensa de { $gain } está en camino: falta un paso más.
reward-there = Tu recompensa de { $gain } está en «Mis recompensas».
reward-used = Ya has usado { $gain }.
reward-expired = No se usó a tiempo: { $gain }.

reason-refunded = La compra se devolvió, así que no cuenta.
reason-customer-before = Hubo una compra antes de la invitación, así que no cuenta.
reason-same-person = Resulta que las dos partes son la misma persona.
reason-invited-before = Hubo una invitación anterior, y cuenta la primera.
reason-circle = Hubo invitaciones en los dos sentidos.

button-newer = ◀ Más recientes
button-older = Más antiguas ▶
button-refresh = 🔄 Actualizar
own-invitation = Mi invitación
