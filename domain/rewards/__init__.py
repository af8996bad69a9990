"""What a complete order brings its buyer."""

from domain.rewards.earning import decide as decide
from domain.rewards.earning import forgotten as forgotten
from domain.rewards.earning import gone_back as gone_back
from domain.rewards.earning import look_again as look_again
from domain.rewards.earning import note as note
from domain.rewards.earning import ready as ready
