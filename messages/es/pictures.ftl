# Pictures, in words for those who do not see them.

# $code: the share code
qr-link = Código QR del enlace de invitación con el código { $code }
qr-voucher = Código QR del vale, para que lo escaneen en caja
photo = Una imagen que llegó con el mensaje
