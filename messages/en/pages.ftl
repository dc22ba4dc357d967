### The pages a visitor sees in a browser, and the words of the API's answers.

## Every page

# The name shown above a page that belongs to no program.
brand = Grapevine
footer = Recommended by a friend, with Grapevine.
# Said of the links at the foot, to those who hear the page.
languages = Other languages
# A reward by itself: "€5.00", "2 coffees".
worth = { $worth }

## The landing page of a share link

landing-title = { $advocate } invites you to { $program }
# When the advocate's name is not known or not shown.
landing-title-nobody = You are invited to { $program }
landing-lead = Come along, and you both get something for it.
landing-you-get = You get
landing-they-get = { $advocate } gets
landing-friend-gets = Your friend gets
landing-open = Open in Telegram
landing-open-hint = Press START there, and the invitation is yours.
landing-type = Or type this code in the chat, or say it at the till:
# Under the QR picture, which only wide screens show.
landing-scan = On a computer? Scan it with your phone.
# Alternative text of the QR picture.
landing-qr = QR code of this invitation, { $code }
landing-terms = How it works
# Shown under the link where it is shared; $gift is a reward, such as "€5.00".
landing-preview = { $gift } for you when you come along. Open it to see how it works.

# The picture shown under the link where it is shared, and what it says to those who do not see it.
card-gift = { $gift } for you
card-alt = { $gift } for you at { $program }, with a QR code of this invitation.
card-alt-nothing = An invitation to { $program }, with its QR code.

## The page from which an advocate sends their link on

share-title = Invite friends to { $program }
share-lead = Send your words the way you like best. Your link goes along by itself.
share-they-get = Your friend gets
share-you-get = You get
share-words = Your words
share-words-hint = Change them as you like. Do say that you get something, too: friends trust an open word.
share-ways = Send it with
share-way-whatsapp = WhatsApp
share-way-telegram = Telegram
share-way-x = X
share-way-facebook = Facebook
share-way-email = E-mail
# The subject of an e-mail.
share-subject = An invitation to { $program }
share-copy-hint = Or copy it, and paste it anywhere:
share-copy = Copy
# Said beside the button, and to those who hear the page.
share-copied = Copied. Now paste it where you like.
share-not-copied = Please copy the marked lines by hand.
share-scan = Is your friend beside you? Let them scan this:
# Alternative text of the QR picture.
share-qr = QR code of your link, { $code }
share-print = Save it for printing
share-code = Or tell them your code:

## The line to type in Slack, on both pages

slack-too = In Slack? Type this line in any channel, only you will see the answer:
slack-only = Type this line in any channel of Slack, only you will see the answer:
slack-copy = Copy
# Said beside the button, and to those who hear the page.
slack-copied = Copied. Now paste it in Slack.
slack-not-copied = Please copy the marked line by hand.
slack-open = Open Slack

## The claim page of a purchase that was rung up with a code

claim-title = Your purchase is waiting for you
claim-lead = { $advocate } recommended { $program } to you. Open the chat, and the reward for your purchase is yours.
claim-lead-nobody = A friend recommended { $program } to you. Open the chat, and the reward for your purchase is yours.
claim-amount = Your purchase
claim-open = Claim it in Telegram
claim-until = This works once, until { $until }.

## Pages that say what is not there

notice-home-title = Good things travel by word of mouth
notice-home-text = This is the home of a referral program. Did a friend send you a link or a code? Open the link, or show the code at the till.
notice-unknown-code-title = We don’t know this code
notice-unknown-code-text = Perhaps a letter got lost on the way. Please look at the link once more, or ask the friend who sent it to share it again.
notice-program-over-title = This invitation has ended
notice-program-over-text = The program it belongs to takes no new friends any more. Your friend’s kind thought still counts: ask at the shop what there is now.
notice-no-program-title = Nothing to join yet
notice-no-program-text = The shop has not started its program. Please try again in a few days.
notice-unknown-claim-title = We don’t know this address
notice-unknown-claim-text = Perhaps a part of it got lost. Please scan the code on your receipt again, or ask at the till.
notice-claim-used-title = Already claimed
notice-claim-used-text = This purchase has found its owner. If that was you, open the chat: it is all there. If it was not, ask at the shop.
notice-claim-expired-title = This has run out
notice-claim-expired-text = The time to claim this purchase has passed. Ask at the shop, or take an invitation along next time you buy.
notice-not-found-title = There is nothing here
notice-not-found-text = The address leads nowhere. Please look at the link once more.
notice-wrong-method-title = That does not work here
notice-wrong-method-text = This address only shows a page. Please open it in a browser.
notice-busy-title = One moment, please
notice-busy-text = Many people are here right now. Please reload the page in a few seconds.
notice-too-many-requests-title = A little slower, please
notice-too-many-requests-text = From where you are, many addresses were tried that lead nowhere. Wait a minute, and open the link your friend sent you once more.
notice-broken-title = Something broke on our side
notice-broken-text = We are sorry. Please try again in a few minutes.

## The API's problems: a title, and what to do about it

problem-bad-input = A field is not right
problem-bad-input-detail = Please correct the field and send it again. Nothing was written.
problem-malformed-json = The body is not JSON
problem-malformed-json-detail = The body could not be read. Nothing was written.
problem-json-malformed = The body is not valid JSON in UTF-8.
problem-json-too-deep = The body is nested more than sixteen levels deep.
problem-json-repeated-name = A name stands twice in one object, so it is not clear which value is meant.
problem-too-large = The body is too large
problem-too-large-detail = A body may have at most 64 KiB.
problem-too-slow = The body did not arrive in time
problem-too-slow-detail = Please send it again in one go.
problem-wrong-content-type = The body is not sent as JSON
problem-wrong-content-type-detail = Send it with the header Content-Type: application/json.
problem-no-api-key = The API is closed
problem-no-api-key-detail = No API key is set here yet. Put one into GRAPEVINE_API_KEY, start again, and send it as Authorization: Bearer <key>.
problem-wrong-api-key = The API key is missing or wrong
problem-wrong-api-key-detail = Send the key of GRAPEVINE_API_KEY as Authorization: Bearer <key>.
problem-not-found = There is nothing here
problem-not-found-detail = This address is not part of the API; openapi.json lists what is.
problem-wrong-method = That method does not work here
problem-wrong-method-detail = The Allow header names the methods that do.
problem-busy = Too busy right now
problem-busy-detail = Nothing was written. Please send the same request again in a second.
problem-too-many-requests = Too many wrong tries
problem-too-many-requests-detail = Nothing was done. The Retry-After header says in how many seconds to try again.
problem-broken = Something broke on our side
problem-broken-detail = The log says what. Sending the same request again is safe.
problem-refused = Refused
problem-refused-detail = The request was understood and refused.
problem-id-reused = This id belongs to another event
problem-id-reused-detail = An event with this source and id was reported before, with another body. Use an id of its own for each event.
problem-two-customers = The identities belong to two customers
problem-two-customers-detail = Nothing was joined and nothing was written. Send the identities of one customer only.
problem-no-program = No program is running
problem-no-program-detail = Apply a program first: grapevine program apply.
problem-unknown-code = We don’t know this share code
problem-unknown-code-detail = Nobody has this code. Without it, the event needs a customer.
problem-refund-of-something-else = This refund does not belong to a purchase
problem-refund-of-something-else-detail = What it refers to is no purchase.
problem-refund-exceeds = More is given back than was paid
problem-refund-exceeds-detail = All refunds together may be at most the purchase.
problem-key-reused = This idempotency key was used before
problem-key-reused-detail = It belongs to the redemption of another voucher. Use a new key for each redemption.
problem-unknown-customer = We don’t know this customer
problem-unknown-customer-detail = No customer has this id.
problem-unknown-voucher = We don’t know this voucher
problem-unknown-voucher-detail = No voucher has this code. Please compare it with the customer’s screen.
problem-unknown-spending = We don’t know this spending
problem-unknown-spending-detail = This customer has no spending with this id.
problem-balance-too-low = Not enough on the balance
problem-balance-too-low-detail = There is less on the balance than was to be spent.
problem-voucher-redeemed = Already redeemed
problem-voucher-redeemed-detail = This voucher was redeemed before, and counts once.
problem-voucher-expired = The voucher has expired
problem-voucher-expired-detail = Its time has passed.
problem-voucher-revoked = The voucher was withdrawn
problem-voucher-revoked-detail = It is not valid any more: what earned it was taken back.

# On the page of a problem, at the address that its type names; $status is a number, such as 422.
problem-page-who = For whoever connects a shop
problem-page-text = Grapevine’s API answers a request like this with the status { $status }. The detail of the answer says what it was this time, and its field, if there is one, which part of the request.
problem-page-more = Everything the API takes and answers

## What can be wrong with one field

field-invalid = This value is not valid here.
field-required = This field is required.
field-unknown-field = There is no field of this name.
field-not-a-string = Write this as a string, in quotes.
field-not-an-object = Write this as an object, in braces.
field-not-a-list = Write this as a list, in brackets.
field-too-short = Give at least { $limit ->
        [one] one character
       *[other] { $limit } characters
    }.
field-too-long = Give at most { $limit } characters.
field-too-many = Give at most { $limit } entries.
field-too-few = Give at least { $limit ->
        [one] one entry
       *[other] { $limit } entries
    }.
field-wrong-letters = Some of these characters may not stand here, or their order is wrong.
field-control-characters = Control characters and characters that turn the direction of writing may not stand here.
field-not-a-moment = Write date, time and offset, such as 2026-11-22T15:30:00Z.
field-not-a-code = This is not a share code: a letter is wrong or missing.
field-not-a-voucher = This is not a voucher code: a letter is wrong or missing.
field-not-a-click = This is not the click of a share link.
field-not-an-email = This is not an e-mail address.
field-not-a-phone = This is not a phone number with its + and country code.
field-not-a-slack-id = This is not a member of Slack: write the workspace’s id, a dot and the member’s id, such as T0123ABCD.U0123ABCD.
field-not-a-telegram-id = This is not a Telegram id: a plain number such as 123456789, as Telegram gives it to the bot, with nothing before it.
field-properties-too-large = The properties may have at most 8 KB.
field-unknown-currency = This is not an ISO 4217 currency, such as EUR.
field-not-an-amount = An amount is a plain decimal number such as 19.90.
# $unit: a currency, such as EUR; $digits: how many decimal places it has
field-too-precise = { $digits ->
    [0] { $unit } has no decimal places.
    [one] { $unit } has one decimal place, not more.
   *[other] { $unit } has { $digits } decimal places, not more.
}
field-too-much = This amount is too large to be a real purchase.
field-amount-with-currency = A currency comes with an amount.
field-currency-with-amount = An amount comes with a currency.
field-nothing-refunded = A refund gives something back: its amount is above zero.
field-nothing-spent = Say how much is spent: more than nothing.
field-refund-needs-purchase = A refund names the purchase it refers to.
field-only-with-refund = Only a refund refers to another event.
field-not-with-refund = A refund follows its purchase; it has no code or click of its own.
field-whose-event = Say whose event this is. Only a purchase with a code or a click may come without a customer.
field-too-far-ahead = This lies more than five minutes in the future.
field-too-long-ago = This lies before the year 2000.
