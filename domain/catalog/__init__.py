"""Products, their SKUs and pictures, categories, brands; how they are found."""

from domain.catalog.pictures import covers_by_product as covers_by_product
from domain.catalog.pictures import images_by_product as images_by_product
from domain.catalog.pictures import pictures_by_key as pictures_by_key
from domain.catalog.pictures import record_picture as record_picture
from domain.catalog.prices import per_500g as per_500g
from domain.catalog.reading import access as access
from domain.catalog.reading import banners as banners
from domain.catalog.reading import brands as brands
from domain.catalog.reading import brands_by_id as brands_by_id
from domain.catalog.reading import categories_by_id as categories_by_id
from domain.catalog.reading import categories_by_parent as categories_by_parent
from domain.catalog.reading import category as category
from domain.catalog.reading import from_origin as from_origin
from domain.catalog.reading import product_counts_by_brand as product_counts_by_brand
from domain.catalog.reading import product_counts_by_category as product_counts_by_category
from domain.catalog.reading import product_counts_by_merchant as product_counts_by_merchant
from domain.catalog.reading import product_for_sale as product_for_sale
from domain.catalog.reading import products_by_id as products_by_id
from domain.catalog.reading import root_categories as root_categories
from domain.catalog.reading import seasonal as seasonal
from domain.catalog.reading import skus_by_id as skus_by_id
from domain.catalog.reading import skus_by_product as skus_by_product
from domain.catalog.seasons import in_season as in_season
from domain.catalog.seasons import season_text as season_text
