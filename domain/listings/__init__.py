"""How shops write their products: drafts, changes of what was published and waits for review, batches, tables."""

from domain.listings.batches import BatchEffect as BatchEffect
from domain.listings.batches import BatchRow as BatchRow
from domain.listings.batches import BatchWanted as BatchWanted
from domain.listings.batches import apply_row as apply_row
from domain.listings.batches import check_batch as check_batch
from domain.listings.batches import copy_product as copy_product
from domain.listings.batches import preview_batch as preview_batch
from domain.listings.changes import changes_page as changes_page
from domain.listings.changes import find_change as find_change
from domain.listings.changes import pending_by_product as pending_by_product
from domain.listings.changes import save_product as save_product
from domain.listings.deciding import apply_change as apply_change
from domain.listings.deciding import reject_change as reject_change
from domain.listings.deciding import withdraw_change as withdraw_change
from domain.listings.drafts import drop_draft as drop_draft
from domain.listings.drafts import save_draft as save_draft
from domain.listings.drafts import shop_drafts as shop_drafts
from domain.listings.importing import HEADINGS as HEADINGS
from domain.listings.importing import SAMPLE as SAMPLE
from domain.listings.importing import Group as Group
from domain.listings.importing import create as create_imported
from domain.listings.importing import exported as exported
from domain.listings.importing import looked_at as looked_at
from domain.listings.sheets import MOST_BYTES as MOST_SHEET_BYTES
from domain.listings.sheets import as_csv as as_csv
from domain.listings.sheets import as_xlsx as as_xlsx
from domain.listings.sheets import read as read_sheet
from domain.listings.suggesting import Suggestion as Suggestion
from domain.listings.suggesting import suggest as suggest

__all__ = ["MOST_SHEET_BYTES", "create_imported", "read_sheet"]
