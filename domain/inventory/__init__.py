"""What is there, what is promised, and every movement."""

from domain.inventory.desk import MoveKind as MoveKind
from domain.inventory.desk import adjust as adjust
from domain.inventory.desk import count_low as count_low
from domain.inventory.desk import history as history
from domain.inventory.desk import moves as moves
from domain.inventory.desk import page_of_merchant as page_of_merchant
from domain.inventory.holding import MOST_IN_STOCK as MOST_IN_STOCK
from domain.inventory.holding import OPENED as OPENED
from domain.inventory.holding import RETURNED as RETURNED
from domain.inventory.holding import SOLD as SOLD
from domain.inventory.holding import OutOfStock as OutOfStock
from domain.inventory.holding import Shelf as Shelf
from domain.inventory.holding import StockChanged as StockChanged
from domain.inventory.holding import StockLow as StockLow
from domain.inventory.holding import Wanted as Wanted
from domain.inventory.holding import hold as hold
from domain.inventory.holding import hold_again as hold_again
from domain.inventory.holding import open_stock as open_stock
from domain.inventory.holding import products_in_stock as products_in_stock
from domain.inventory.holding import put_back as put_back
from domain.inventory.holding import release as release
from domain.inventory.holding import shelf as shelf
from domain.inventory.holding import stock_by_sku as stock_by_sku
from domain.inventory.holding import take_back as take_back
from domain.inventory.holding import use as use
