"""What a category asks of its goods: attributes, grades, papers, words; and whether goods may be published."""

from domain.policies.attributes import AttributeChanged as AttributeChanged
from domain.policies.attributes import AttributeWanted as AttributeWanted
from domain.policies.attributes import Said as Said
from domain.policies.attributes import asked_in as asked_in
from domain.policies.attributes import attributes_by_category as attributes_by_category
from domain.policies.attributes import attributes_by_id as attributes_by_id
from domain.policies.attributes import checked_values as checked_values
from domain.policies.attributes import retire_attribute as retire_attribute
from domain.policies.attributes import save_attribute as save_attribute
from domain.policies.attributes import shown_value as shown_value
from domain.policies.papers import NAMES as PAPER_NAMES
from domain.policies.papers import PaperWanted as PaperWanted
from domain.policies.papers import decide_paper as decide_paper
from domain.policies.papers import held as held
from domain.policies.papers import paper_by_id as paper_by_id
from domain.policies.papers import papers_for as papers_for
from domain.policies.papers import show_paper as show_paper
from domain.policies.publishing import AttributesMissing as AttributesMissing
from domain.policies.publishing import CategoryBlocked as CategoryBlocked
from domain.policies.publishing import ForbiddenWords as ForbiddenWords
from domain.policies.publishing import Goods as Goods
from domain.policies.publishing import PapersMissing as PapersMissing
from domain.policies.publishing import check as check
from domain.policies.publishing import findings as findings
from domain.policies.shelf import PaperNeed as PaperNeed
from domain.policies.shelf import PolicyWanted as PolicyWanted
from domain.policies.shelf import papers_by_category as papers_by_category
from domain.policies.shelf import policies_by_category as policies_by_category
from domain.policies.shelf import policy_of as policy_of
from domain.policies.shelf import save_policy as save_policy
from domain.policies.words import Finding as Finding
from domain.policies.words import WordWanted as WordWanted
from domain.policies.words import all_words as all_words
from domain.policies.words import except_word as except_word
from domain.policies.words import save_word as save_word
from domain.policies.words import words_by_id as words_by_id

__all__ = ["PAPER_NAMES"]
