# Palabras y botones que usan varias historias.
#
# Una palabra para cada cosa, siempre de tú:
#   program programa (de recomendaciones) · referral recomendación · advocate quien invita · friend amistad (o «alguien»)
#   share link enlace · code código · reward recompensa · voucher vale · till caja · leaderboard clasificación
#   claim a reward recoger · claim a purchase apuntarse · redeem canjear · revoke anular · expire caducar
#   settings ajustes · reminders recordatorios · notices avisos · team equipo · hold «cuando ya no se pueda devolver»
# Los cinco estados: invitaciones, se unió, válida, completada, descartada.
# «Amistad» y «quien invita» valen para cualquiera, sin decir si es él o ella. Ni vosotros ni ustedes: se lee en los dos
# lados del océano.

a-friend = una amistad
# The name of this language, for those who look for it among the others.
language-name = Español
# What one side gets, where it is a part of the purchase: $percent is such as "7,5 %".
percent = { $percent } de la compra
# $most: however much is bought
percent-at-most = { $percent } de la compra (hasta { $most })
# Lo que se da por cada tramo completo de lo pagado: "1 punto por cada 1 € de la compra"
for-each = { $gain } por cada { $each } de la compra
# $most: se compre lo que se compre
for-each-at-most = { $gain } por cada { $each } de la compra (hasta { $most })
# A voucher that the till takes so many percent off for; $number: several of them
percent-off = { $percent } de descuento en una compra
percent-off-several = { $number } × { $percent } de descuento en una compra
# $gain: what it may come to, of several sizes or goals
up-to = hasta { $gain }
and-more = { $gain } y más
either = { $one } o { $other }
or-else = { $gain } u otra cosa a elegir
both = { $one } y { $other }
each-time = { $gain } cada vez
so-many-times = { $gain } cada vez ({ $times } veces como máximo)
# What a side gets whose program rewards only the other one.
nothing = nada
# What somebody gets for bringing friends where the program rewards only the friends.
thanks = nuestro agradecimiento
# What both sides get, or the one that gets anything, as a part of a sentence to whoever may invite
gains-both = tú recibes *{ $advocate-gain }*, y tu amistad recibe *{ $friend-gain }*
gains-advocate = tú recibes *{ $advocate-gain }*
gains-friend = tu amistad recibe *{ $friend-gain }*
# The same to whoever was invited by $advocate
gains-invited-both = tú recibes *{ $friend-gain }*, y { $advocate } recibe *{ $advocate-gain }*
gains-invited-advocate = { $advocate } recibe *{ $advocate-gain }*
gains-invited-friend = tú recibes *{ $friend-gain }*
# Lo que aporta cada amistad cuando solo varias traen algo: "recibes un paso más hacia 1 chaqueta"
step-towards = un paso más hacia { $gain }
chance-of = una oportunidad de ganar { $gain }
button-share = 🎁 Invitar a alguien
button-status = 📋 Mis recomendaciones
button-rewards = 🏆 Mis recompensas
button-top = 📊 Clasificación
button-settings = ⚙️ Ajustes
button-help = 💬 Ayuda
button-human = 🙋 Hablar con una persona

# A table, where there is no room for one: $about is what a row is about, $name the heading of $value.
named-cell = { $name }: { $value }
row = *{ $about }*

condition-new-customers = Para quienes no han comprado aquí antes.
condition-new-here = Para quienes aún no se han estrenado aquí.
# $minimum: the smallest purchase that counts
condition-minimum = La primera compra es de { $minimum } o más.
# $days: how long a friend has after joining
condition-window = { $days ->
    [one] La primera compra se hace en el plazo de un día desde que te unes.
    [many] La primera compra se hace en el plazo de { $days } de días desde que te unes.
   *[other] La primera compra se hace en el plazo de { $days } días desde que te unes.
}
# $days: how long a reward waits
condition-hold = { $days ->
    [one] Las recompensas llegan un día después de la compra, cuando ya no se puede devolver.
    [many] Las recompensas llegan { $days } de días después de la compra, cuando ya no se puede devolver.
   *[other] Las recompensas llegan { $days } días después de la compra, cuando ya no se puede devolver.
}
# $day: the first day on which the program no longer runs
condition-ends = La oferta termina el { $day }.
condition-lapsed = { $days ->
    [one] Para quienes no han comprado aquí antes, o no desde hace un día.
    [many] Para quienes no han comprado aquí antes, o no desde hace { $days } de días.
   *[other] Para quienes no han comprado aquí antes, o no desde hace { $days } días.
}
condition-window-from-click = { $days ->
    [one] La primera compra se hace en el plazo de un día desde que abres el enlace.
    [many] La primera compra se hace en el plazo de { $days } de días desde que abres el enlace.
   *[other] La primera compra se hace en el plazo de { $days } días desde que abres el enlace.
}
# $event: what must come first
condition-hold-until = { $days ->
    [one] Las recompensas serán tuyas después de un paso más: { $event }. Tiene que llegar en el plazo de un día.
    [many] Las recompensas serán tuyas después de un paso más: { $event }. Tiene que llegar en el plazo de { $days } de días.
   *[other] Las recompensas serán tuyas después de un paso más: { $event }. Tiene que llegar en el plazo de { $days } días.
}
condition-first = Solo cuenta la primera.
# $said: what the business says about it, in its own words
condition-said = Ten en cuenta: { $said }
condition-not-everybody = No todo el mundo puede participar: pide las condiciones completas.
# $days: how long after a first purchase a friend's code may still be given
condition-late-claim = { $days ->
    [one] Un código olvidado aún se puede dar hasta un día después.
    [many] Un código olvidado aún se puede dar hasta { $days } de días después.
   *[other] Un código olvidado aún se puede dar hasta { $days } días después.
}
# How long a reward can be used from when it is ready
good-for = { $days ->
    [one] Lo que recibes vale durante un día desde que está listo.
    [many] Lo que recibes vale durante { $days } de días desde que está listo.
   *[other] Lo que recibes vale durante { $days } días desde que está listo.
}
good-for-at-least = { $days ->
    [one] Lo que recibes vale como mínimo un día desde que está listo; cada recompensa dice hasta cuándo.
    [many] Lo que recibes vale como mínimo { $days } de días desde que está listo; cada recompensa dice hasta cuándo.
   *[other] Lo que recibes vale como mínimo { $days } días desde que está listo; cada recompensa dice hasta cuándo.
}
good-until = Lo que recibes vale hasta el { $day }.
condition-more = No todo cuenta: pide las condiciones completas.
# $field: what is looked at; $value: what it is compared with
condition-is = { $field } es { $value }.
condition-is-not = { $field } no es { $value }.
condition-is-one-of = { $field } es uno de { $value }.
condition-is-none-of = { $field } no es ninguno de { $value }.
condition-starts-with = { $field } empieza por { $value }.
condition-ends-with = { $field } termina en { $value }.
condition-contains = { $field } contiene { $value }.
condition-does-not-contain = { $field } no contiene { $value }.
condition-is-more-than = { $field } es más de { $value }.
condition-is-at-least = { $field } es como mínimo { $value }.
condition-is-less-than = { $field } es menos de { $value }.
condition-is-at-most = { $field } es como máximo { $value }.
field-amount = El importe
field-count = El número
field-total = La suma
field-product = El producto
field-category = La categoría
field-country = El país
field-source = El lugar de compra

# One goal among several. $what: what must be done
goal-for-both = Por { $what }: { $friend-gain } para ti y { $advocate-gain } para quien te invitó.
goal-for-friend = Por { $what }: { $friend-gain } para ti.
goal-for-advocate = Por { $what }: { $advocate-gain } para quien te invitó.
goal-for-both-told-advocate = Por { $what }: { $advocate-gain } para ti y { $friend-gain } para tu amistad.
goal-for-friend-told-advocate = Por { $what }: { $friend-gain } para tu amistad.
goal-for-advocate-told-advocate = Por { $what }: { $advocate-gain } para ti.
goal-window = { $days ->
    [one] Hay un día para ello desde que te unes.
    [many] Hay { $days } de días para ello desde que te unes.
   *[other] Hay { $days } días para ello desde que te unes.
}
goal-window-from-click = { $days ->
    [one] Hay un día para ello desde que abres el enlace.
    [many] Hay { $days } de días para ello desde que abres el enlace.
   *[other] Hay { $days } días para ello desde que abres el enlace.
}
goal-hold = { $days ->
    [one] Las recompensas serán tuyas un día después.
    [many] Las recompensas serán tuyas { $days } de días después.
   *[other] Las recompensas serán tuyas { $days } días después.
}
goal-at-once = La recibes enseguida.
what-purchase = { $count ->
    [one] una compra
    [many] { $count } de compras
   *[other] { $count } compras
}
what-purchase-minimum = { $count ->
    [one] una compra de { $minimum } o más
    [many] { $count } de compras de { $minimum } o más
   *[other] { $count } compras de { $minimum } o más
}
what-signup = registrarte
# $event: the business's own word
what-event = { $count ->
    [one] «{ $event }»
    [many] { $count } × «{ $event }»
   *[other] { $count } × «{ $event }»
}
# $least, $count: how many it takes differs from person to person
what-event-between = { $least }–{ $count } × «{ $event }»
# $what: a deed in other words, such as "una factura pagada"
what-minimum = { $what } de { $minimum } o más
event-purchase = una compra
event-signup = registrarse

limit-count-friend = { $count ->
    [one] Como máximo, una recompensa por cada amistad.
    [many] Como máximo, { $count } de recompensas por cada amistad.
   *[other] Como máximo, { $count } recompensas por cada amistad.
}
limit-count-day = { $count ->
    [one] Como máximo, una recompensa al día.
    [many] Como máximo, { $count } de recompensas al día.
   *[other] Como máximo, { $count } recompensas al día.
}
limit-count-week = { $count ->
    [one] Como máximo, una recompensa a la semana.
    [many] Como máximo, { $count } de recompensas a la semana.
   *[other] Como máximo, { $count } recompensas a la semana.
}
limit-count-month = { $count ->
    [one] Como máximo, una recompensa al mes.
    [many] Como máximo, { $count } de recompensas al mes.
   *[other] Como máximo, { $count } recompensas al mes.
}
limit-count-year = { $count ->
    [one] Como máximo, una recompensa al año.
    [many] Como máximo, { $count } de recompensas al año.
   *[other] Como máximo, { $count } recompensas al año.
}
limit-count-lifetime = { $count ->
    [one] Como máximo, una recompensa en total.
    [many] Como máximo, { $count } de recompensas en total.
   *[other] Como máximo, { $count } recompensas en total.
}
limit-value-friend = Como máximo, { $gain } por cada amistad.
limit-value-day = Como máximo, { $gain } al día.
limit-value-week = Como máximo, { $gain } a la semana.
limit-value-month = Como máximo, { $gain } al mes.
limit-value-year = Como máximo, { $gain } al año.
limit-value-lifetime = Como máximo, { $gain } en total.
# $what: the only thing that the limit before it is about
limit-about = Ese límite vale solo para esto: { $what }.
# The program's own means; how much there is nobody is told.
budget-day = Lo que el programa reparte al día tiene un límite: cuando se agota, no hay nada más hasta el día siguiente.
budget-week = Lo que el programa reparte a la semana tiene un límite: cuando se agota, no hay nada más hasta la semana siguiente.
budget-month = Lo que el programa reparte al mes tiene un límite: cuando se agota, no hay nada más hasta el mes siguiente.
budget-year = Lo que el programa reparte al año tiene un límite: cuando se agota, no hay nada más hasta el año siguiente.
budget-lifetime = Lo que el programa reparte tiene un límite: cuando se agota, no hay nada más.

# Where there is more for who brings more. $number: from which friend on
steps-advocate = { $number ->
    [one] Al principio recibes { $gain }.
    [many] A partir de tu amistad número { $number } recibes { $gain }.
   *[other] A partir de tu amistad número { $number } recibes { $gain }.
}
steps-friend = { $number ->
    [one] Al principio cada amistad recibe { $gain }.
    [many] A partir de la amistad número { $number } de quien te invitó, son { $gain }.
   *[other] A partir de la amistad número { $number } de quien te invitó, son { $gain }.
}

# What completed referrals lead to
referrals = { $count ->
    [one] una recomendación completada
    [many] { $count } de recomendaciones completadas
   *[other] { $count } recomendaciones completadas
}
referrals-within = { $count ->
    [one] una recomendación completada { $span }
    [many] { $count } de recomendaciones completadas { $span }
   *[other] { $count } recomendaciones completadas { $span }
}
span-day = en un día
span-week = en una semana
span-month = en un mes
span-quarter = en un trimestre
span-year = en un año
span-lifetime = hasta el final del programa
drawn-day = cada día
drawn-week = cada semana
drawn-month = cada mes
drawn-quarter = cada trimestre
drawn-year = cada año
drawn-lifetime = al final del programa
prize-milestone = Por { $referrals }: además, { $gain }.
prize-milestone-again = Por cada { $referrals }: además, { $gain }.
# $winners: how many win
prize-first = { $winners ->
    [one] Para quien llegue primero a { $referrals }: { $gain }.
    [many] Para los primeros { $winners } puestos en llegar a { $referrals }: { $gain } por cabeza.
   *[other] Para los primeros { $winners } puestos en llegar a { $referrals }: { $gain } por cabeza.
}
prize-first-apart = { $winners ->
    [one] Para quien llegue primero a { $referrals }: { $gain }. Cada región o grupo cuenta por separado.
    [many] Para los primeros { $winners } puestos en llegar a { $referrals }: { $gain } por cabeza. Cada región o grupo cuenta por separado.
   *[other] Para los primeros { $winners } puestos en llegar a { $referrals }: { $gain } por cabeza. Cada región o grupo cuenta por separado.
}
# $least: how many it takes to be counted at all
prize-most = { $winners ->
    [one] Para quien más recomendaciones complete { $span }, con { $least } como mínimo: { $gain }.
    [many] Para los { $winners } primeros puestos con más recomendaciones completadas { $span }, con { $least } como mínimo: { $gain } por cabeza.
   *[other] Para los { $winners } primeros puestos con más recomendaciones completadas { $span }, con { $least } como mínimo: { $gain } por cabeza.
}
prize-most-apart = { $winners ->
    [one] Para quien más recomendaciones complete { $span }, con { $least } como mínimo: { $gain }. Cada región o grupo cuenta por separado.
    [many] Para los { $winners } primeros puestos con más recomendaciones completadas { $span }, con { $least } como mínimo: { $gain } por cabeza. Cada región o grupo cuenta por separado.
   *[other] Para los { $winners } primeros puestos con más recomendaciones completadas { $span }, con { $least } como mínimo: { $gain } por cabeza. Cada región o grupo cuenta por separado.
}
# $drawn: when; $entries: how many each completed referral brings
prize-raffle = { $winners ->
    [one] Por sorteo { $drawn }: { $gain }. Participaciones por cada recomendación completada: { $entries }.
    [many] Por sorteo { $drawn }: { $gain } para cada uno de { $winners } puestos. Participaciones por cada recomendación completada: { $entries }.
   *[other] Por sorteo { $drawn }: { $gain } para cada uno de { $winners } puestos. Participaciones por cada recomendación completada: { $entries }.
}
