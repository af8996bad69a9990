"""Products, their SKUs and pictures, categories, brands; how they are found."""
