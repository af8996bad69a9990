"""What the console shows and says of two rankings that are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.catalog import comparing
from domain.catalog.comparing import Difference, ExperimentWanted, Sums, Verdict
from domain.catalog.finding import Arm, Ranking
from schema.base import Refused

strawberry.enum(
    Verdict, name="SearchVerdict", description="Of ranking B beside A; UNCLEAR: the figures do not tell them apart."
)

FIELDS = ("text", "characters", "pinyin", "letters", "initials", "category")


@strawberry.type(description="What each form of a question weighs in the ranking.")
class RankingWeights:
    text: float = strawberry.field(description="The words as they are written.")
    characters: float = strawberry.field(description="Pieces of words, character by character.")
    pinyin: float
    letters: float = strawberry.field(description="Latin letters, with typing errors.")
    initials: float
    category: float = strawberry.field(description="By how much goods of the category a word names come before others.")

    @classmethod
    def of(cls, ranking: Ranking) -> RankingWeights:
        return cls(**{name: getattr(ranking, name) for name in FIELDS})


@strawberry.input(description="Each from 0.05 to 3, to two digits.")
class RankingWeightsInput:
    text: float
    characters: float
    pinyin: float
    letters: float
    initials: float
    category: float


@strawberry.input
class SearchExperimentInput:
    name: str
    challenger: RankingWeightsInput
    share: int = strawberry.field(description="Per cent of the devices that see the challenger, 1 to 50.")
    days: int = strawberry.field(description="How long at most, 1 to 90.")

    def wanted(self) -> ExperimentWanted:
        challenger = Ranking(**{name: getattr(self.challenger, name) for name in FIELDS})
        return ExperimentWanted(self.name, challenger, self.share, self.days)


@strawberry.type(description="What came of one of the two rankings. Shares are from 0 to 1, null without a search.")
class SearchArmResult:
    arm: Arm
    searches: int
    click_through: float | None = strawberry.field(description="Searches of which something was opened.")
    average_position: float | None = strawberry.field(description="Of what was opened, from 1.")
    empty_share: float | None = strawberry.field(description="Searches that found nothing.")

    @classmethod
    def of(cls, arm: Arm, sums: Sums) -> SearchArmResult:
        position = None if sums.mean_position is None else round(sums.mean_position, 2)
        return cls(
            arm=arm,
            searches=sums.shown,
            click_through=sums.click_through,
            average_position=position,
            empty_share=sums.empty_share,
        )


@strawberry.type(description="One ranking on one day.")
class SearchArmDay:
    day: str = strawberry.field(description="2026-11-29, in China.")
    arm: Arm
    searches: int
    followed: int = strawberry.field(description="Of them those of which something was opened.")


@strawberry.type(description="B minus A: between `low` and `high`, by a two-proportion z test.")
class SearchDifference:
    z: float
    low: float
    high: float
    verdict: Verdict

    @classmethod
    def of(cls, found: Difference | None) -> SearchDifference | None:
        return None if found is None else cls(z=found.z, low=found.low, high=found.high, verdict=found.verdict)


@strawberry.type(description="Two rankings compared: A is the one that held, B its challenger.")
class SearchExperiment:
    id: UUID
    name: str
    challenger: RankingWeights
    share: int
    started_at: datetime
    ends_at: datetime
    stopped_at: datetime | None
    adopted_at: datetime | None
    given_up_at: datetime | None = strawberry.field(description="When the built-in ranking took its place again.")
    over: bool
    arms: list[SearchArmResult]
    days: list[SearchArmDay]
    click_through: SearchDifference | None = strawberry.field(
        description="Null below 200 searches in either arm. While it runs 99 per cent are asked for, afterwards 95."
    )
    empty_share: SearchDifference | None

    @classmethod
    def of(cls, row: Mapping[str, Any], days: Sequence[Mapping[str, Any]]) -> SearchExperiment:
        over, sums = comparing.is_over(row), comparing.sums(days)
        followed, empty = comparing.compared(sums, over=over)
        same = ("id", "name", "share", "started_at", "ends_at", "stopped_at", "adopted_at", "given_up_at")
        return cls(
            **{name: row[name] for name in same},
            challenger=RankingWeights.of(comparing.ranking_of(row["weights"])),
            over=over,
            arms=[SearchArmResult.of(arm, sums[arm]) for arm in Arm],
            days=[_day(day) for day in days],
            click_through=SearchDifference.of(followed),
            empty_share=SearchDifference.of(empty),
        )


def _day(day: Mapping[str, Any]) -> SearchArmDay:
    followed = min(day["followed"], day["shown"])
    return SearchArmDay(day=day["day"].isoformat(), arm=Arm(day["arm"]), searches=day["shown"], followed=followed)


@strawberry.type(description="The ranking that holds, and what was compared, the newest first.")
class SearchRankings:
    current: RankingWeights
    built_in: bool = strawberry.field(description="Whether it is the one in the code: nothing adopted holds.")
    experiments: list[SearchExperiment]


@strawberry.type(description="An experiment that has begun.")
class StartedExperiment:
    id: UUID


StartExperimentResult = Annotated[
    StartedExperiment | Refused, strawberry.union("StartExperimentResult", description="CONFLICT while another runs.")
]
