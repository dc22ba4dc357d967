# The team takes a reward back or gives one, by hand. $why: their reason

taken-back =
    Tu recompensa de { $gain } queda anulada.

    Por qué: { $why }
owed =
    Tu recompensa de { $gain } queda anulada cuando ya la habías usado: cuenta contra lo próximo que ganes.

    Por qué: { $why }
given =
    🎁 ¡El equipo te ha dado *{ $gain }*!

    Por qué: { $why }
