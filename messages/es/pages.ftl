### The pages a visitor sees in a browser, and the words of the API's answers.

## Every page

# The name shown above a page that belongs to no program.
brand = Grapevine
footer = Recomendado por una amistad, con Grapevine.
# Said of the links at the foot, to those who hear the page.
languages = Otros idiomas
# A reward by itself: "€5.00", "2 coffees".
worth = { $worth }

## The landing page of a share link

landing-title = { $advocate } te invita a { $program }
# When the advocate's name is not known or not shown.
landing-title-nobody = Tienes una invitación a { $program }
landing-lead = Ven, y hay algo para los dos.
landing-you-get = Tú recibes
landing-they-get = { $advocate } recibe
landing-friend-gets = Quien te invita recibe
landing-open = Abrir en Telegram
landing-open-hint = Pulsa INICIAR allí y la invitación es tuya.
landing-type = O escribe este código en el chat, o dilo en caja:
# Under the QR picture, which only wide screens show.
landing-scan = ¿En un ordenador? Escanéalo con el móvil.
# Alternative text of the QR picture.
landing-qr = Código QR de esta invitación, { $code }
landing-terms = Cómo funciona
# Shown under the link where it is shared; $gift is a reward, such as "€5.00".
landing-preview = { $gift } para ti si vienes. Ábrelo y mira cómo funciona.

# The picture shown under the link where it is shared, and what it says to those who do not see it.
card-gift = { $gift } para ti
card-alt = { $gift } para ti en { $program }, con el código QR de esta invitación.
card-alt-nothing = Una invitación a { $program }, con su código QR.

## The page from which an advocate sends their link on

share-title = Invita a tus amistades a { $program }
share-lead = Envía tus palabras como prefieras. Tu enlace va incluido.
share-they-get = Tu amistad recibe
share-you-get = Tú recibes
share-words = Tus palabras
share-words-hint = Cámbialas como quieras. Di también que tú recibes algo: las amistades confían en quien habla claro.
share-ways = Enviar con
share-way-whatsapp = WhatsApp
share-way-telegram = Telegram
share-way-x = X
share-way-facebook = Facebook
share-way-email = Correo
# The subject of an e-mail.
share-subject = Una invitación a { $program }
share-copy-hint = O cópialo y pégalo donde quieras:
share-copy = Copiar
# Said beside the button, and to those who hear the page.
share-copied = Copiado. Ahora pégalo donde quieras.
share-not-copied = Copia a mano las líneas marcadas, por favor.
share-scan = ¿Está a tu lado? Deja que lo escanee:
# Alternative text of the QR picture.
share-qr = Código QR de tu enlace, { $code }
share-print = Guardarlo para imprimir
share-code = O dile tu código:

## The line to type in Slack, on both pages

slack-too = ¿Usas Slack? Escribe esta línea en cualquier canal; la respuesta solo la verás tú:
slack-only = Escribe esta línea en cualquier canal de Slack; la respuesta solo la verás tú:
slack-copy = Copiar
# Said beside the button, and to those who hear the page.
slack-copied = Copiada. Ahora pégala en Slack.
slack-not-copied = Copia a mano la línea marcada, por favor.
slack-open = Abrir Slack

## The claim page of a purchase that was rung up with a code

claim-title = Tu compra te espera
claim-lead = { $advocate } te recomendó { $program }. Abre el chat y la recompensa por tu compra es tuya.
claim-lead-nobody = Una amistad te recomendó { $program }. Abre el chat y la recompensa por tu compra es tuya.
claim-amount = Tu compra
claim-open = Apuntarme la compra en Telegram
claim-until = Funciona una vez, hasta el { $until }.

## Pages that say what is not there

notice-home-title = Lo bueno corre de boca en boca
notice-home-text = Aquí vive un programa de recomendaciones. ¿Te han enviado un enlace o un código? Abre el enlace, o enseña el código en caja.
notice-unknown-code-title = No conocemos este código
notice-unknown-code-text = Quizá se perdió una letra por el camino. Mira el enlace otra vez, o pide a quien te lo envió que lo comparta de nuevo.
notice-program-over-title = Esta invitación ha terminado
notice-program-over-text = El programa al que pertenece ya no admite amistades nuevas. El buen gesto de quien te invitó sigue contando: pregunta en la tienda qué hay ahora.
notice-no-program-title = Todavía no hay nada a lo que unirse
notice-no-program-text = La tienda aún no ha empezado su programa. Vuelve a intentarlo en unos días, por favor.
notice-unknown-claim-title = No conocemos esta dirección
notice-unknown-claim-text = Quizá se perdió una parte. Escanea otra vez el código de tu tique, o pregunta en caja.
notice-claim-used-title = Ya está apuntada
notice-claim-used-text = Esta compra ya tiene dueño. Si eres tú, abre el chat: está todo allí. Si no, pregunta en la tienda.
notice-claim-expired-title = El plazo ha terminado
notice-claim-expired-text = Ya pasó el tiempo para apuntarse esta compra. Pregunta en la tienda, o lleva una invitación la próxima vez que compres.
notice-not-found-title = Aquí no hay nada
notice-not-found-text = La dirección no lleva a ninguna parte. Mira el enlace otra vez, por favor.
notice-wrong-method-title = Eso no funciona aquí
notice-wrong-method-text = Esta dirección solo muestra una página. Ábrela en un navegador, por favor.
notice-busy-title = Un momento, por favor
notice-busy-text = Ahora mismo hay mucha gente aquí. Vuelve a cargar la página en unos segundos.
notice-too-many-requests-title = Un poco más despacio, por favor
notice-too-many-requests-text = Desde donde estás se han probado muchas direcciones que no llevan a ninguna parte. Espera un minuto y vuelve a abrir el enlace que te enviaron.
notice-broken-title = Algo ha fallado por nuestra parte
notice-broken-text = Lo sentimos. Inténtalo de nuevo en unos minutos, por favor.

## The API's problems: a title, and what to do about it

problem-bad-input = Un campo no está bien
problem-bad-input-detail = Corrige el campo y envíalo de nuevo. No se ha escrito nada.
problem-malformed-json = El cuerpo no es JSON
problem-malformed-json-detail = El cuerpo no se pudo leer. No se ha escrito nada.
problem-json-malformed = El cuerpo no es JSON válido en UTF-8.
problem-json-too-deep = El cuerpo tiene más de dieciséis niveles de profundidad.
problem-json-repeated-name = Un nombre aparece dos veces en un objeto, así que no está claro qué valor se quiere decir.
problem-too-large = El cuerpo es demasiado grande
problem-too-large-detail = Un cuerpo puede tener como mucho 64 KiB.
problem-too-slow = El cuerpo no llegó a tiempo
problem-too-slow-detail = Envíalo de nuevo de una sola vez.
problem-wrong-content-type = El cuerpo no se envía como JSON
problem-wrong-content-type-detail = Envíalo con la cabecera Content-Type: application/json.
problem-no-api-key = La API está cerrada
problem-no-api-key-detail = Aquí aún no hay clave de API. Ponla en GRAPEVINE_API_KEY, arranca de nuevo y envíala como Authorization: Bearer <key>.
problem-wrong-api-key = La clave de API falta o no es correcta
problem-wrong-api-key-detail = Envía la clave de GRAPEVINE_API_KEY como Authorization: Bearer <key>.
problem-not-found = Aquí no hay nada
problem-not-found-detail = Esta dirección no es parte de la API; openapi.json dice cuáles lo son.
problem-wrong-method = Ese método no funciona aquí
problem-wrong-method-detail = La cabecera Allow nombra los que sí.
problem-busy = Demasiado ocupado ahora mismo
problem-busy-detail = No se ha escrito nada. Envía la misma petición de nuevo en un segundo.
problem-too-many-requests = Demasiados intentos fallidos
problem-too-many-requests-detail = No se ha hecho nada. La cabecera Retry-After dice en cuántos segundos intentarlo de nuevo.
problem-broken = Algo ha fallado por nuestra parte
problem-broken-detail = El registro dice qué. Enviar la misma petición de nuevo es seguro.
problem-refused = Rechazado
problem-refused-detail = La petición se ha entendido y se ha rechazado.
problem-id-reused = Este id es de otro evento
problem-id-reused-detail = Ya llegó un evento con este origen e id, con otro cuerpo. Usa un id propio para cada evento.
problem-two-customers = Las identidades son de dos clientes
problem-two-customers-detail = No se ha unido nada ni se ha escrito nada. Envía solo las identidades de un cliente.
problem-no-program = No hay ningún programa en marcha
problem-no-program-detail = Aplica antes un programa: grapevine program apply.
problem-unknown-code = No conocemos este código
problem-unknown-code-detail = Nadie tiene este código. Sin él, el evento necesita un cliente.
problem-refund-of-something-else = Esta devolución no corresponde a una compra
problem-refund-of-something-else-detail = Aquello a lo que se refiere no es una compra.
problem-refund-exceeds = Se devuelve más de lo que se pagó
problem-refund-exceeds-detail = Todas las devoluciones juntas pueden sumar como mucho la compra.
problem-key-reused = Esta clave de idempotencia ya se usó
problem-key-reused-detail = Es del canje de otro vale. Usa una clave nueva para cada canje.
problem-unknown-customer = No conocemos a este cliente
problem-unknown-customer-detail = Ningún cliente tiene este id.
problem-unknown-voucher = No conocemos este vale
problem-unknown-voucher-detail = Ningún vale tiene este código. Compáralo con la pantalla del cliente, por favor.
problem-unknown-spending = No conocemos este gasto
problem-unknown-spending-detail = Este cliente no tiene ningún gasto con este id.
problem-balance-too-low = No hay bastante saldo
problem-balance-too-low-detail = En el saldo hay menos de lo que se quería gastar.
problem-voucher-redeemed = Ya canjeado
problem-voucher-redeemed-detail = Este vale ya se canjeó, y cuenta una vez.
problem-voucher-expired = El vale ha caducado
problem-voucher-expired-detail = Su plazo ha pasado.
problem-voucher-revoked = El vale está anulado
problem-voucher-revoked-detail = Ya no es válido: se deshizo lo que lo había ganado.

# On the page of a problem, at the address that its type names; $status is a number, such as 422.
problem-page-who = Para quien conecta una tienda
problem-page-text = La API de Grapevine responde así, con el estado { $status }, a una petición. El campo detail de la respuesta dice qué pasó esta vez, y field, si está, en qué parte de la petición.
problem-page-more = Todo lo que la API acepta y responde

## What can be wrong with one field

field-invalid = Este valor no es válido aquí.
field-required = Este campo es obligatorio.
field-unknown-field = No hay ningún campo con este nombre.
field-not-a-string = Escríbelo como cadena, entre comillas.
field-not-an-object = Escríbelo como objeto, entre llaves.
field-not-a-list = Escríbelo como lista, entre corchetes.
field-too-short = Pon al menos { $limit ->
        [one] un carácter
        [many] { $limit } de caracteres
       *[other] { $limit } caracteres
    }.
field-too-long = Pon como mucho { $limit } caracteres.
field-too-many = Pon como mucho { $limit } entradas.
field-too-few = Pon al menos { $limit ->
        [one] una entrada
        [many] { $limit } de entradas
       *[other] { $limit } entradas
    }.
field-wrong-letters = Algunos de estos caracteres no pueden estar aquí, o su orden no es correcto.
field-control-characters = Aquí no puede haber caracteres de control ni caracteres que cambien el sentido de la escritura.
field-not-a-moment = Escribe fecha, hora y desfase, como 2026-11-22T15:30:00Z.
field-not-a-code = Esto no es un código para compartir: una letra falta o no es correcta.
field-not-a-voucher = Esto no es el código de un vale: una letra falta o no es correcta.
field-not-a-click = Esto no es la visita de un enlace.
field-not-an-email = Esto no es una dirección de correo electrónico.
field-not-a-phone = Esto no es un número de teléfono con su + y el prefijo del país.
field-not-a-slack-id = Esto no es un miembro de Slack: escribe el id del espacio de trabajo, un punto y el id del miembro, como T0123ABCD.U0123ABCD.
field-not-a-telegram-id = Esto no es un id de Telegram: un número sin más, como 123456789, tal como Telegram se lo da al bot, sin nada delante.
field-properties-too-large = Las propiedades pueden tener como mucho 8 KB.
field-unknown-currency = Esto no es una moneda de ISO 4217, como EUR.
field-not-an-amount = Un importe es un número decimal sin más, como 19.90.
# $unit: a currency, such as EUR; $digits: how many decimal places it has
field-too-precise = { $digits ->
    [0] { $unit } no tiene decimales.
    [one] { $unit } tiene un decimal, no más.
    [many] { $unit } tiene { $digits } de decimales, no más.
   *[other] { $unit } tiene { $digits } decimales, no más.
}
field-too-much = Este importe es demasiado grande para ser una compra real.
field-amount-with-currency = Una moneda va con un importe.
field-currency-with-amount = Un importe va con una moneda.
field-nothing-refunded = Una devolución devuelve algo: su importe es mayor que cero.
field-nothing-spent = Di cuánto se gasta: más que nada.
field-refund-needs-purchase = Una devolución nombra la compra a la que se refiere.
field-only-with-refund = Solo una devolución se refiere a otro evento.
field-not-with-refund = Una devolución sigue a su compra; no tiene código ni visita propios.
field-whose-event = Di de quién es este evento. Solo una compra con código o visita puede venir sin cliente.
field-too-far-ahead = Esto queda más de cinco minutos en el futuro.
field-too-long-ago = Esto es anterior al año 2000.
