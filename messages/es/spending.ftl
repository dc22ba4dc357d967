# Somebody spends some of a balance at the shop, or gets it back.

spent = 🛍 Has gastado *{ $gain }* de tu saldo. Te queda { $left }.
returned = ↩️ *{ $gain }* vuelve a tu saldo. Ahora tienes { $left }.
