"""How shops write their products: drafts, changes of what was published and waits for review, batches, tables."""

from domain.listings.changes import changes_page as changes_page
from domain.listings.changes import find_change as find_change
from domain.listings.changes import pending_by_product as pending_by_product
from domain.listings.changes import save_product as save_product
from domain.listings.deciding import apply_change as apply_change
from domain.listings.deciding import reject_change as reject_change
from domain.listings.deciding import withdraw_change as withdraw_change
