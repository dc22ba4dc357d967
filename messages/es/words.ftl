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
# What a side gets whose program rewards only the other one.
nothing = nada
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
