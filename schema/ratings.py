"""What reviews add up to: on a product's page and on a shop's."""

from __future__ import annotations

import strawberry

from domain import reviews
from schema.relations import RowType, derived

SCORES = ("ones", "twos", "threes", "fours", "fives")


@strawberry.type(
    description="What the reviews of a product or a shop add up to. Hidden words do not take their score away."
)
class ReviewSummary(RowType):
    count: int = strawberry.field(description="Scores that count, with words shown or not.")
    score: float | None = derived(
        reviews.smoothed,
        "count",
        *SCORES,
        description="1.0 to 5.0: the mean of all scores and of five more of 4, so that few voices do not make a "
        "perfect score; null where there is none.",
    )
    good_rate: int | None = derived(
        reviews.good_rate, "count", "fours", "fives", description="好评率: scores of 4 and 5 in percent, rounded down."
    )
    ones: int
    twos: int
    threes: int
    fours: int
    fives: int
    freshness: float | None = derived(reviews.mean, "freshness_count", "freshness_sum")
    accuracy: float | None = derived(reviews.mean, "accuracy_count", "accuracy_sum")
    logistics: float | None = derived(reviews.mean, "logistics_count", "logistics_sum")
    service: float | None = derived(reviews.mean, "service_count", "service_sum")
    with_pictures: int
    with_follow_up: int
    shown: int = strawberry.field(description="Reviews whose words are on the page.")
    hidden: int = strawberry.field(description="Hidden by the platform for a reason the law knows.")
    withdrawn: int = strawberry.field(description="Whose authors took their words back; their scores count.")
