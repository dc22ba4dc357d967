# Someone wants no more messages.

stopped =
    Hecho. No volverás a saber de mí.

    Tus recompensas siguen siendo tuyas: { $rewards } las muestra, y con { $start } vuelvo cuando quieras.
