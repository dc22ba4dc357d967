# How referrals stand. The five words: Invited, Joined, Qualified, Completed, Ineligible.

not-started = You have no referrals yet. Tap below to get your link, and send it to a friend.
# $visits: how often the link was opened
overview =
    *Your referrals*

    Invited: { $visits ->
        [0] your link has not been opened yet
        [one] your link was opened once
       *[other] your link was opened { $visits } times
    }
    Joined: { $joined } · Qualified: { $qualified } · Completed: { $completed }{ $ineligible ->
        [0] { "" }
       *[other] { " · " }Ineligible: { $ineligible }
    }

nobody-yet =
    *Your referrals*

    Invited: { $visits ->
        [0] your link has not been opened yet
        [one] your link was opened once
       *[other] your link was opened { $visits } times
    }
    Nobody has joined yet. Send your link to one person you thought of just now: a personal message works best.

# How often the person sent their card, as far as the platform tells.
shares = { $shares ->
    [one] You sent your card once.
   *[other] You sent your card { $shares } times.
}

# One line each for the advocate. $name: the friend
# $deed: what comes next, where it is simple; $next: what comes next, in the business's words
advocate-joined = { $deed ->
    [first-purchase] • *Joined* { $joined }: { $name }. Next: a first purchase by { $until }.
   *[other] • *Joined* { $joined }: { $name }. Next: { $next }, by { $until }.
}
advocate-joined-endless = • *Joined* { $joined }: { $name }. Next: { $next }.
advocate-joined-minimum = • *Joined* { $joined }: { $name }. Next: a first purchase of { $minimum } or more by { $until }.
advocate-qualified = { $deed ->
    [first-purchase] • *Qualified* { $qualified }: { $name } made a purchase. { $reward }
   *[other] • *Qualified* { $qualified }: { $name }. { $reward }
}
# $count: how many rewards it has brought
advocate-qualified-several = • *Qualified* { $qualified }: { $name }. { $count } rewards so far; see “My rewards”.
advocate-qualified-without-reward = { $deed ->
    [first-purchase] • *Qualified* { $qualified }: { $name } made a purchase.
   *[other] • *Qualified* { $qualified }: { $name }.
}
advocate-completed = • *Completed* { $completed }: { $name }. { $reward }
advocate-completed-several = • *Completed* { $completed }: { $name }. { $count } rewards so far; see “My rewards”.
advocate-completed-without-reward = • *Completed* { $completed }: { $name }.
advocate-ineligible = • *Ineligible*: { $name }. { $reason }

# The same for the friend. $name: who invited
own = You were invited yourself: { $line }
friend-joined = { $deed ->
    [first-purchase] *Joined* { $joined }, invited by { $name }. Next: your first purchase by { $until }.
   *[other] *Joined* { $joined }, invited by { $name }. Next: { $next }, by { $until }.
}
friend-joined-endless = *Joined* { $joined }, invited by { $name }. Next: { $next }.
friend-joined-minimum = *Joined* { $joined }, invited by { $name }. Next: your first purchase of { $minimum } or more by { $until }.
friend-qualified = *Qualified* { $qualified }, invited by { $name }. { $reward }
friend-qualified-several = *Qualified* { $qualified }, invited by { $name }. { $count } rewards so far; see “My rewards”.
friend-qualified-without-reward = *Qualified* { $qualified }, invited by { $name }.
friend-completed = *Completed* { $completed }, invited by { $name }. { $reward }
friend-completed-several = *Completed* { $completed }, invited by { $name }. { $count } rewards so far; see “My rewards”.
friend-completed-without-reward = *Completed* { $completed }, invited by { $name }.
friend-ineligible = *Ineligible*, invited by { $name }. { $reason }

# Where the one reward is that a referral has brought, for either side. $free: the day from which on it is theirs
reward-coming = Your reward of { $gain } is yours on { $free }.
reward-waiting = Your reward of { $gain } is on its way: one more step is still to come.
reward-there = Your reward of { $gain } is in “My rewards”.
reward-used = You have used { $gain }.
reward-expired = Not used in time: { $gain }.

reason-refunded = The purchase was returned, so it does not count.
reason-customer-before = There was a purchase before the invitation, so it does not count.
reason-same-person = Both sides turned out to be the same person.
reason-invited-before = There was an earlier invitation, and the first one counts.
reason-circle = The two of you had invited each other.

button-newer = ◀ Newer
button-older = Older ▶
button-refresh = 🔄 Refresh
own-invitation = My own invitation
