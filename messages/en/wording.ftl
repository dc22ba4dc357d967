# Somebody says to their friends in their own words why they should come.

# $words: what friends are told now; $limit: the most letters
ask =
    What would you say to a friend? Write it to me as your next message, in up to { $limit } letters, without links. Your link comes with it by itself.

    Now it says: “{ $words }”
kept =
    Done. This is what your friends will read:

    { $words }
back-to-ours =
    Done, these are our words again:

    { $words }
left-as-it-was = All right, nothing changes.
too-long = That is { $length } letters, and there is room for { $limit }. Please write it a little shorter.
# $found: what looked like a link
has-link = “{ $found }” looks like a link or a name to tap. Your own link comes with your words by itself, so please leave it out. If it only lacks a space after a full stop, add one.
empty = I need a few words, as text. What would you say to a friend?
button-ours = Use your words
button-keep = Leave it as it is
button-send-card = 🎁 Show my card
