# A stock of single-use codes runs low; for the team.

# $stock: its name in the program’s file; $free: how many codes are left; $waiting: customers who wait for one
low = { $free ->
    [one] 📦 *The stock “{ $stock }” is running low*: one code is left. Load new ones with `grapevine codes load { $stock } FILE.csv`.
   *[other] 📦 *The stock “{ $stock }” is running low*: { $free } codes are left. Load new ones with `grapevine codes load { $stock } FILE.csv`.
}
empty =
    📭 *The stock “{ $stock }” is empty.* { $waiting ->
        [0] Nobody waits yet.
        [one] One customer waits for a code.
       *[other] { $waiting } customers wait for a code.
    }

    Load new ones with `grapevine codes load { $stock } FILE.csv`; whoever waits gets theirs by itself.
