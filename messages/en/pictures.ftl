# Pictures, in words for those who do not see them.

# $code: the share code
qr-link = QR code of the invitation link with the code { $code }
qr-voucher = QR code of the voucher, for the cashier to scan
photo = A picture that was sent along
