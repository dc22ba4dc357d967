# Somebody says to their friends in their own words why they should come.

# $words: what friends are told now; $limit: the most letters
ask =
    ¿Qué le dirías a una amistad? Escríbemelo en tu próximo mensaje, con { $limit } letras como mucho y sin enlaces. Tu enlace va incluido.

    Ahora dice: «{ $words }»
kept =
    Listo. Esto es lo que leerán tus amistades:

    { $words }
back-to-ours =
    Listo, vuelven a ser nuestras palabras:

    { $words }
left-as-it-was = De acuerdo, todo queda igual.
too-long = Son { $length } letras y caben { $limit }. Escríbelo un poco más corto, por favor.
# $found: what looked like a link
has-link = «{ $found }» parece un enlace o un nombre que se puede tocar. Tu propio enlace va incluido con tus palabras, así que quítalo, por favor. Si solo falta un espacio después de un punto, añádelo.
empty = Necesito unas palabras, como texto. ¿Qué le dirías a una amistad?
button-ours = Usar las palabras de la casa
button-keep = Dejarlo como está
button-send-card = 🎁 Ver mi tarjeta
