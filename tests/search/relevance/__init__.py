"""How well the searches answer, measured on queries that people judged."""
