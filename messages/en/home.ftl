# The personal page in the app.

# $program: the business; $gains: what each side gets
welcome =
    👋 *Welcome to { $program }*

    { $deed ->
        [first-purchase] Invite a friend: when they make their first purchase, { $gains }.
        [signup] Invite a friend: when they sign up, { $gains }.
       *[other] Invite a friend: when they do what counts, { $gains }.
    }

    Tap below for a link, a code and a picture of your own.
button-get-link = 🎁 Get my link
invited = *Your invitation*
program-over =
    *{ $program }*

    The program takes no new referrals at the moment. What you have earned stays yours.
no-program = There is no referral program here right now. Please look in again later.
more = More to see and to choose:
