# Rewards: what is there, what is coming, what is past.

# $deed: what counts, in one word
nothing-yet = { $deed ->
    [first-purchase] No rewards yet. Invite a friend: your first one starts with their first purchase.
    [signup] No rewards yet. Invite a friend: your first one starts when they sign up.
   *[other] No rewards yet. Invite a friend: your first one starts with them.
}
# $ready: how many can be used now
overview = { $ready ->
    [0] *Your rewards*: nothing to claim right now.
    [one] *Your rewards*: one is ready.
   *[other] *Your rewards*: { $ready } are ready.
}

# On a balance: there to be spent, nothing to claim. $some: the part of it that expires first.
balance = 💰 *{ $gain }* to spend
balance-expiring = 💰 *{ $gain }* to spend until { $expires }
balance-partly = 💰 *{ $gain }* to spend, { $some } of it until { $expires }
balance-owed = 💰 *{ $gain }* to make up: it was cancelled after you had spent it. What you earn next goes towards it.

line-available = ✅ *{ $gain }*: ready to claim until { $expires }
line-available-for-ever = ✅ *{ $gain }*: ready to claim whenever you like
line-to-choose = 🎁 *{ $gain }*, or what you pick instead: ready until { $expires }
line-to-choose-for-ever = 🎁 *{ $gain }*, or what you pick instead: ready whenever you like
line-owed = ↩️ { $gain }: used on { $day }, then cancelled
line-owed-balance = ↩️ { $gain }: spent, then cancelled
line-on-balance = 💰 { $gain }: on your balance
line-claimed = 🎟 *{ $gain }*: your voucher is good until { $expires }
line-waiting-for-team = 🤝 *{ $gain }*: you asked for it, the team is on it
line-waiting-for-stock = ⏳ *{ $gain }*: your code comes as soon as there is one
line-pending = ⏳ { $gain }: on its way, yours on { $free }
line-waiting-for-event = ⏳ { $gain }: on its way, there is one more step to come
line-redeemed = ☑️ { $gain }: used on { $day }
line-redeemed-team = ☑️ { $gain }: handed over on { $day }
line-redeemed-codes = ☑️ { $gain }: your code came on { $day }
line-expired = ⌛ { $gain }: expired
line-revoked = ↩️ { $gain }: cancelled
line-denied = ✖️ { $gain }: not granted

button-claim = Claim { $gain }
button-show = Show voucher for { $gain }
button-show-code = Show code for { $gain }

# $code: the secret code
voucher =
    🎟 *{ $gain } at { $program }*

    { $code }

    Show this at the till by { $until }. It works once, so keep it to yourself.
button-copy-voucher = 🔢 Copy voucher code
# $code: a gift card or coupon, which works in a shop of its own
code =
    🎁 *{ $gain }*

    { $code }

    Enter this code where you use it. It works once, so keep it to yourself.
button-copy-code = 🔢 Copy the code

asked-team = 🤝 Your reward of *{ $gain }* is asked for. Somebody of the team does this by hand; I will tell you when it is done.
asked-codes = ⏳ Your reward of *{ $gain }* is yours, and the codes have just run out. Yours comes here by itself as soon as there is one: nothing more to do.

not-yours = This reward belongs to somebody else. Here you find yours:
cannot-claim-pending = Your reward of { $gain } is not ready yet: it is yours on { $free }. I will tell you.
cannot-claim-on-balance = Your reward of { $gain } is on your balance already: there is nothing to claim, you can just spend it.
cannot-claim-redeemed = You have used this { $gain } on { $day }. Thank you!
cannot-claim-redeemed-team = This reward of { $gain } was handed over on { $day }. If something is missing, talk to a person.
cannot-claim-redeemed-codes = The code for this { $gain } came on { $day }. If it is missing, talk to a person.
cannot-claim-redeemed-balance = This reward of { $gain } was on your balance, and you have spent it.
cannot-claim-expired = This reward of { $gain } has expired, so it cannot be claimed any more. The next friend brings a new one.
cannot-claim-revoked = This reward of { $gain } was cancelled; “My referrals” says why. The next friend brings a new one.
cannot-claim-denied = This reward of { $gain } was not granted. Please ask the shop if you think it should have been.

notice-available =
    🎁 Your reward of *{ $gain }* is ready!

    Claim it by { $expires }, and show the voucher at the till.
notice-available-for-ever =
    🎁 Your reward of *{ $gain }* is ready!

    Claim it whenever you like, and show the voucher at the till.
notice-available-balance =
    💰 Now on your balance: *{ $gain }*!

    Spend it by { $expires }. There is nothing to claim.
notice-available-balance-for-ever =
    💰 Now on your balance: *{ $gain }*!

    It stays there until you spend it. There is nothing to claim.
notice-available-team =
    🎁 Your reward of *{ $gain }* is ready!

    Claim it by { $expires }: then somebody of the team takes care of it.
notice-available-team-for-ever =
    🎁 Your reward of *{ $gain }* is ready!

    Claim it whenever you like: then somebody of the team takes care of it.
notice-available-codes =
    🎁 Your reward of *{ $gain }* is ready!

    Claim it by { $expires }, and your code is here.
notice-available-codes-for-ever =
    🎁 Your reward of *{ $gain }* is ready!

    Claim it whenever you like, and your code is here.
notice-available-choice =
    🎁 Your reward is ready, and you choose what it is!

    It is { $gain } unless you pick something else. You have until { $expires }.
notice-available-choice-for-ever =
    🎁 Your reward is ready, and you choose what it is!

    It is { $gain } unless you pick something else, whenever you like.
notice-given-up = The last step for your { $gain } did not happen in time, so it is not granted. Your link still works: the next friend brings a new one.
notice-expired-available = Your reward of { $gain } was not claimed in time and has expired. Your link still works: the next friend brings a new one.
notice-expired-claimed = Your voucher for { $gain } was not used in time and has expired. Your link still works: the next friend brings a new one.
notice-expired-balance = { $gain } on your balance was not spent in time and has expired. Your link still works: the next friend brings more.
