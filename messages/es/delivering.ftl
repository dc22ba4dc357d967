# Somebody of the team hands a reward over, or says why it cannot be.

# For the team. $name: the customer; $what: the kind of reward; $reward and $customer: their ids
asked =
    🤝 *{ $name } ha pedido { $gain }*: { $what }

    Qué hacer: entrégalo y pulsa Hecho. Si no se puede, di por qué, y { $name } lo sabrá.
    Recompensa { $reward } de { $customer }
button-done = ✅ Hecho
button-cannot = No se puede
why-not =
    *¿Por qué no puede { $name } recibir { $gain }?*

    Con las dos primeras vuelve a { $name }, para pedirla otra vez. Con las otras se acaba.
    Recompensa { $reward } de { $customer }
button-later = Ahora mismo no
button-details = Antes necesitamos algo de su parte
button-gone = Ya no lo tenemos
button-terms = Contra las condiciones
button-back = ⬅️ Volver
is-done = ✅ Hecho por { $member }
is-later = ↩️ Lo ha devuelto { $member }: ahora mismo no
is-details = ↩️ Lo ha devuelto { $member }: antes hace falta algo
is-gone = ✖️ Lo ha rechazado { $member }: ya no hay
is-terms = ✖️ Lo ha rechazado { $member }: contra las condiciones
answered-already = Esto ya se ha resuelto, o ya no hace falta.
withdrawn =
    ↩️ *Ya no hace falta*: { $gain } para { $name } ({ $what })

    Se deshizo lo que lo había ganado, así que no lo entregues, por favor.
    Recompensa { $reward } de { $customer }

# For the customer. $why: the team’s reason
handed-over = 🎉 Tu recompensa de *{ $gain }* está hecha: el equipo la ha entregado.
came-back =
    Tu recompensa de *{ $gain }* todavía no se ha podido entregar. { $why }

    Sigue siendo tuya: está entre tus recompensas, para pedirla otra vez.
denied =
    Tu recompensa de { $gain } no se puede entregar. { $why }

    Si crees que es un error, habla con una persona.
why-later = El equipo no puede ahora mismo.
why-details = El equipo necesita antes algo de tu parte: escríbele, por favor.
why-gone = Ya no hay.
why-terms = No cumple las condiciones del programa.
code-is-there = 🎁 ¡Ya está aquí tu código de *{ $gain }*!
