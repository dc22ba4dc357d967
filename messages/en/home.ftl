# The personal page in the app.

# $program: the business; $advocate-gain, $friend-gain: what each side gets
welcome =
    👋 *Welcome to { $program }*

    { $deed ->
        [first-purchase] Invite a friend: when they make their first purchase, you get *{ $advocate-gain }* and they get *{ $friend-gain }*.
        [signup] Invite a friend: when they sign up, you get *{ $advocate-gain }* and they get *{ $friend-gain }*.
       *[other] Invite a friend: there is *{ $advocate-gain }* in it for you, and *{ $friend-gain }* for them.
    }

    Tap below for a link, a code and a picture of your own.
button-get-link = 🎁 Get my link
invited = *Your invitation*
program-over =
    *{ $program }*

    The program takes no new referrals at the moment. What you have earned stays yours.
no-program = There is no referral program here right now. Please look in again later.
more = More to see and to choose:
