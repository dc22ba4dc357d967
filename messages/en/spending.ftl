# Somebody spends some of a balance at the shop, or gets it back.

spent = 🛍 You have spent *{ $gain }* of your balance. { $left } is left.
returned = ↩️ Back on your balance: *{ $gain }*. It is { $left } now.
