# Small news that had to wait, for the night or for the platform, told together.

# $count: how many there are, at least two; a line for each follows
news = 🎉 *{ $count } novedades* mientras había silencio:
# $friend: who joined; $gain: what the advocate gets; $until: the last day for the first purchase
friend-joined = • { $friend } se unió con tu enlace: { $gain } para ti tras su primera compra (hasta el { $until })
