# Small news that had to wait, for the night or for the platform, told together.

# $count: how many there are, at least two; a line for each follows
news = 🎉 *{ $count } pieces of news* while it was quiet:
# $friend: who joined; $gain: what the advocate gets; $until: the last day for the first purchase
friend-joined = • { $friend } joined through your link: { $gain } for you after their first purchase (by { $until })
