"""Drawn pictures of goods, places and people: one friendly flat style, made here, downloaded from nowhere."""
