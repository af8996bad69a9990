"""What sending goods costs, by region and by weight or piece."""
