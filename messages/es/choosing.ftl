# Settings.

panel = *Tus ajustes*
line-notices-on = 🔔 Avisos sobre amistades que se unen: sí
line-notices-off = 🔕 Avisos sobre amistades que se unen: no (los de tus recompensas siguen llegando)
line-reminders-on = 📬 Recordatorios y clasificación semanal: sí
line-reminders-off = 📭 Recordatorios y clasificación semanal: no
line-news-on = 📰 Novedades y ofertas: sí
line-news-off = 🗞️ Novedades y ofertas: no
line-board-on = 📊 En la clasificación: sí
line-board-off = 📊 En la clasificación: no
line-name-on = 🙂 Los demás ven: tu nombre de pila
line-name-off = 🎭 Los demás ven: un seudónimo
# $starts, $ends: times on the reader's clock, such as 21:00
line-quiet = 🌙 Por la noche: silencio de { $starts } a { $ends }, hora tuya. Lo que puede esperar llega por la mañana
line-quiet-off = 🌙 Por la noche: puedo escribirte a cualquier hora
# $time, $city: the time there now, and a city of the reader's zone
line-clock = 🕒 Tu reloj: { $time } ({ $city })
# $language: its own name for itself
line-language = 🌐 Idioma: { $language }

button-notices-on = Activar avisos sobre amistades
button-notices-off = Desactivar avisos sobre amistades
button-reminders-on = Activar recordatorios
button-reminders-off = Desactivar recordatorios
button-news-on = Activar novedades y ofertas
button-news-off = Desactivar novedades y ofertas
button-quiet-usual = 🌙 Silencio por la noche
button-quiet-late = 🌙 Silencio 23:00–07:00
button-quiet-off = 🌙 Escríbeme a cualquier hora
button-other-clock = 🕒 Mi reloj marca otra hora
button-clock = { $time } · { $city }
button-board-on = Entrar en la clasificación
button-board-off = Salir de la clasificación
button-name-on = Mostrar mi nombre de pila
button-name-off = Mostrar un seudónimo
button-language = 🌐 { $language }
button-phone = 📱 Buscar mis compras por teléfono
button-use-telegram = 🔗 Usarlo también en Telegram
button-use-slack = 🔗 Usarlo también en Slack

toast-notices-on = Avisos sobre amistades activados.
toast-notices-off = Avisos sobre amistades desactivados.
toast-reminders-on = Gracias. Recordatorios activados.
toast-reminders-off = No llegarán recordatorios.
toast-news-on = Gracias. De vez en cuando te contaré novedades.
toast-news-off = No llegarán novedades ni ofertas.
toast-quiet-usual = Por la noche habrá silencio.
toast-quiet-late = Entre las 23:00 y las 07:00 habrá silencio.
toast-quiet-off = Te escribo a cualquier hora.
toast-zone = Desde ahora cuenta este reloj.
toast-board-on = Ya estás en la clasificación.
toast-board-off = Has salido de la clasificación.
toast-name-on = Ahora los demás ven tu nombre de pila.
toast-name-off = Ahora los demás ven un seudónimo.
toast-language = Idioma elegido: { $language }.

reminders-agreed = Gracias. Te llegarán los recordatorios y la clasificación semanal; con { $settings } se acaban.
news-agreed = Gracias. De vez en cuando te llegarán recordatorios, la clasificación semanal y novedades; con { $settings } se acaban.
news-declined = De acuerdo, nada de esto. Puedes cambiar de opinión con { $settings }.
reminders-ended = Hecho, no habrá más recordatorios. Puedes cambiar de opinión con { $settings }.
news-ended = Hecho, no habrá más novedades ni ofertas. Puedes cambiar de opinión con { $settings }.

# Buttons follow, one for each clock.
clocks = *¿Qué hora es donde estás?* Elige un lugar con tu reloj.
