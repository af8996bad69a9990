"""The ledger: every fen moves by a transaction of entries that add up to nothing."""
