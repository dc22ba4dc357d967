# A stock of single-use codes runs low; for the team.

# $stock: its name in the program’s file; $free: how many codes are left; $waiting: customers who wait for one
low = { $free ->
    [one] 📦 *Quedan pocos códigos en «{ $stock }»*: uno. Carga nuevos con `grapevine codes load { $stock } FILE.csv`.
    [many] 📦 *Quedan pocos códigos en «{ $stock }»*: { $free }. Carga nuevos con `grapevine codes load { $stock } FILE.csv`.
   *[other] 📦 *Quedan pocos códigos en «{ $stock }»*: { $free }. Carga nuevos con `grapevine codes load { $stock } FILE.csv`.
}
empty =
    📭 *Ya no hay códigos en «{ $stock }».* { $waiting ->
        [0] Nadie espera todavía.
        [one] Una persona espera un código.
        [many] { $waiting } personas esperan un código.
       *[other] { $waiting } personas esperan un código.
    }

    Carga nuevos con `grapevine codes load { $stock } FILE.csv`; quien espera recibe el suyo sin hacer nada.
