# A voucher is redeemed at the till.

at-the-till = Válido: entrega { $gain }. El vale queda canjeado.
thanks =
    ✅ Tu recompensa de { $gain } en { $program } se acaba de usar. ¡Que la disfrutes!

    ¿Conoces a alguien más a quien le gustaría esto?
