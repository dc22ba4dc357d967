# Who belongs to the team.

for-the-team = Esto es solo para el equipo de la tienda.
# $member: the id of whoever asks; $role: the role that is needed. The owners follow, one on each line.
ask-an-owner =
    Esto es para el equipo: hace falta el papel { $role } o uno superior.

    Para tener acceso, pide a alguien con el papel owner que ejecute esto donde está instalado Grapevine:
    `grapevine team add { $member } --role { $role }`

    Con el papel owner:
owner = • { $owner }
ask-whoever-runs-it =
    Esto es para el equipo: hace falta el papel { $role } o uno superior.

    Para tener acceso, pide a quien lleva Grapevine aquí que escriba:
    `grapevine team add { $member } --role { $role }`
