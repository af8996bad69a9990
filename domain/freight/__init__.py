"""What sending goods costs, by region and by weight or piece."""

from domain.freight.desk import Answer as Answer
from domain.freight.desk import Trial as Trial
from domain.freight.desk import answer as answer
from domain.freight.desk import merchant_templates as merchant_templates
from domain.freight.desk import template_row as template_row
from domain.freight.desk import templates_by_id as templates_by_id
from domain.freight.desk import try_out as try_out
from domain.freight.editing import delete as delete
from domain.freight.editing import open_freight as open_freight
from domain.freight.editing import save as save
from domain.freight.editing import set_default as set_default
from domain.freight.reading import Rules as Rules
from domain.freight.reading import rules as rules
from domain.freight.rules import Goods as Goods
from domain.freight.rules import Shop as Shop
from domain.freight.rules import Undeliverable as Undeliverable
from domain.freight.wanted import FreeWanted as FreeWanted
from domain.freight.wanted import RuleWanted as RuleWanted
from domain.freight.wanted import TemplateWanted as TemplateWanted
from domain.freight.wanted import flat as flat
