# Who belongs to the team.

for-the-team = This is for the team of the shop only.
# $member: the id of whoever asks; $role: the role that is needed. The owners follow, one on each line.
ask-an-owner =
    This is for the team: it needs the role { $role } or a higher one.

    To get access, ask an owner to run this where Grapevine is installed:
    `grapevine team add { $member } --role { $role }`

    The owners:
owner = • { $owner }
ask-whoever-runs-it =
    This is for the team: it needs the role { $role } or a higher one.

    To get access, ask whoever runs Grapevine here to type:
    `grapevine team add { $member } --role { $role }`
