# Why something is as it is: a reward, a referral, or what was reported. Each side reads its own.

why = *¿Por qué?*
button-why = ¿Por qué?
# $of: a friend's name, what a reward is worth, or one's own invitation
button-why-of = ¿Por qué? { $of }
not-yours = Esto no es tuyo. Lo tuyo está aquí:

# What a reason is about
about-purchase = Tu compra del { $day }
about-deed = Lo que hiciste el { $day }
about-invitation = Tu invitación del { $day }
about-it = Esto
# $count: how many rewards a limit allows, or how many there were
rewards = { $count ->
    [one] una recompensa
    [many] { $count } de recompensas
   *[other] { $count } recompensas
}

# Where nothing was refused
stands = Aquí no falta nada.
without-reward = Lo que cuenta ya ha pasado. Según las reglas, por ello no te toca una recompensa.
pending = Lo que te la dio todavía se puede devolver hasta el { $free }. Desde ese día puedes contar con { $gain }: yo te aviso.
# $event: what must come first
waiting-friend = Antes falta un paso más: { $event }. Después puedes contar con { $gain }.
waiting-advocate = Antes falta un paso más por parte de tu amistad: { $event }. Después puedes contar con { $gain }.
used = Usaste { $gain } antes de que se anulara lo que te lo dio. No tienes que hacer nada.
owed = Ya habías usado { $gain }, y luego se anuló lo que te lo dio. Lo próximo que ganes cuenta para cubrirlo.

# What the advocate reads while nothing counts yet, whatever the friend has done; the friend reads it where they did nothing.
not-yet = Lo que cuenta todavía no ha pasado: { $wanted }. Hay tiempo hasta el { $limit }.
advocate-too-late = Lo que cuenta tenía que pasar hasta el { $limit }, y ese día ya ha pasado.

# One's own. $what: which purchase; $saw: what was seen; $limit: what the program asks for
unknown-code = { $what } no contó: el código que se dio no existe.
own-link = { $what } no contó: el código era el tuyo.
joined-before = { $what } no cambió nada: ya te habías unido con ella.
invited-by-another = { $what } no contó: ya te había invitado otra persona, y cuenta la primera invitación.
program-over = { $what } no contó: el programa no admitía recomendaciones nuevas entonces.
program-not-begun = { $what } no contó: el programa aún no había empezado.
program-paused = { $what } no contó: el programa estaba en pausa y no admitía amigos nuevos.
customer-before = { $what } no contó: ya eras cliente antes de la invitación.
late-claim-over = { $what } no contó: el código llegó demasiado tarde.
circle = { $what } no contó: quien te invitó llegó aquí gracias a ti.
excluded-advocate = { $what } no contó: según las reglas, quien te invitó no puede participar.
excluded-friend = { $what } no contó: según sus reglas, no puedes participar en el programa.
before-link = { $what } no contó: ocurrió antes de que existiera el enlace o el código que se indicó.
click-too-old = { $what } no contó: hacía demasiado tiempo que habías abierto el enlace.
not-invited = { $what } no trajo recompensa: no tenías ninguna invitación.
no-program = { $what } no contó: entonces no había ningún programa.
no-goal = { $what } no contó: el programa premia otras cosas.
goal-reached-before = { $what } no trajo nada nuevo: esto ya había contado.
referral-ended = { $what } no contó: tu invitación había terminado.
before-joining = { $what } no contó: te uniste después.
too-late = { $what } no contó: el plazo desde que te uniste terminó el { $limit }.
other-currency = { $what } no contó: fue en { $saw }, y el programa cuenta en { $limit }.
below-minimum = { $what } no contó: suma { $saw }, y el programa pide { $limit } o más.
conditions-not-met = { $what } no contó: no cumplía las condiciones.
more-needed = { $what } cuenta, y falta un poco más para que haya recompensa.
more-needed-count = { $what } cuenta: con esto van { $saw } de { $limit }.
unknown-claim = { $what } no se pudo reclamar: en esa dirección no espera nada.
claim-used = { $what } no se pudo reclamar: alguien ya lo había hecho.
claim-expired = { $what } no se pudo reclamar: el plazo había terminado.

# A limit was reached. $limit: the most there is; $saw: what there was already
cap-friend = Por una misma amistad hay como máximo { $limit }, y ya llevas { $saw }.
cap-day = En un día hay como máximo { $limit }, y ese día ya llevabas { $saw }.
cap-week = En una semana hay como máximo { $limit }, y esa semana ya llevabas { $saw }.
cap-month = En un mes hay como máximo { $limit }, y ese mes ya llevabas { $saw }.
cap-year = En un año hay como máximo { $limit }, y ese año ya llevabas { $saw }.
cap-lifetime = En total hay como máximo { $limit }, y ya llevas { $saw }.
cap-budget = El programa ya había repartido todo lo que tenía reservado.

# A reward came to an end. $gain: what it was; $until: its last day; $why: the team's reason
refunded = Tu compra se devolvió, así que se anula su recompensa de { $gain }.
refund-took-back = Tu compra se devolvió, así que se anula su recompensa.
refund-reduced = Se devolvió una parte de tu compra. La recompensa es un porcentaje de ella, así que ahora es de { $gain }.
event-never-came = El último paso no llegó a tiempo, así que no se concedió la recompensa de { $gain }.
not-delivered = El equipo no pudo entregarte { $gain }. { $why }
by-hand = El equipo retiró la recompensa de { $gain }. Por qué: { $why }
revoked-by-hand = El equipo lo retiró.
expired = La recompensa de { $gain } estuvo disponible hasta el { $until }, y no se usó a tiempo.
milestone-lost = Una amistad que contaba para ella ya no cuenta, así que se anula la recompensa de { $gain }. Puedes volver a alcanzarla.
same-person = Las dos partes resultaron ser la misma persona.
invited-before = Había una invitación anterior, y cuenta la primera.

# The same for the advocate: nothing of what the friend did, when, or for how much
advocate-customer-before = Esta amistad ya había estado aquí antes de tu invitación.
advocate-circle = Os habíais invitado mutuamente.
advocate-excluded-advocate = Según sus reglas, no puedes participar en el programa.
advocate-referral-ended = Esta invitación ha terminado.
advocate-refunded = Se devolvió aquello en lo que se basaba esta invitación, así que no hay recompensa por ella.
advocate-refund-took-back = Se devolvió aquello en lo que se basaba esta invitación, así que no hay recompensa por ella.
advocate-refund-reduced = Se devolvió una parte de aquello en lo que se basa tu recompensa. Es un porcentaje de ello, así que ahora es de { $gain }.
advocate-event-never-came = El último paso de tu amistad no llegó a tiempo, así que no se concedió la recompensa de { $gain }.
advocate-invited-before = Esta amistad tenía una invitación anterior, y cuenta la primera.
