"""What the demo's buyers say of what they bought, written by the rules: their own completed orders, and checked like
everybody's words once the mall runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from domain import reviews
from domain.base import UnitOfWork, Viewer, ViewerKind
from domain.reviews import WantedReview
from models.catalog import StorageClass
from models.orders import OrderState
from server.seeds.ids import demo_id, dice_for
from server.seeds.trading import Line, OrderPlan, TradePlan, plan

# Three in ten say something, and a third of those only by stars.
SAYS, WORDLESS = 0.3, 1 / 3
SCORES = (5,) * 11 + (4,) * 6 + (3,) * 2 + (2,)
# What fits anything, by score; nothing about taste, size or use that some goods do not have.
WORDS = {
    5: (
        "收到很新，包装完好，和介绍的一样，家里人都喜欢。",
        "第二次买了，品质稳定，发货也快。",
        "送给外地的亲戚，说是家乡的味道，值得。",
        "东西实在，分量足，会再来。",
    ),
    4: (
        "整体不错，就是路上多走了一天。",
        "东西好，箱子有一点压痕，里面没事。",
        "和描述相符，价格要是再低一点就更好了。",
    ),
    3: ("中规中矩，没有想象中那么好。", "东西还行，物流慢了些。"),
    2: ("包装太简单，收到时外箱已经破了。",),
}
FRESH = {
    5: ("很新鲜，打开箱子就闻得到香味，没有坏的。", "个头匀称，新鲜，没有磕碰。"),
    4: ("新鲜，只有一个有点碰伤，不影响吃。",),
    3: ("有几个不太新鲜，其余还可以。",),
    2: ("坏了好几个，冰袋也化完了，希望改进包装。",),
}


async def add_reviews(uow: UnitOfWork, now: datetime) -> None:
    for trade in plan(now):
        viewer = Viewer(ViewerKind.MEMBER, trade.buyer.id, trade.buyer.nickname)
        for wanted in _said(trade):
            await reviews.write(uow, viewer, wanted)


def _said(trade: TradePlan) -> Iterator[WantedReview]:
    for order in trade.orders:
        for line in order.lines if order.state is OrderState.COMPLETED else ():
            dice = dice_for(f"review{order.key}/{line.sku.id}")
            if dice.random() < SAYS:
                yield _review(order, line, dice)


def _review(order: OrderPlan, line: Line, dice: Random) -> WantedReview:
    score = dice.choice(SCORES)
    cold = line.good.leaf.storage is not StorageClass.AMBIENT
    # A bad score without a word helps nobody; the demo's buyers say why.
    wordless = score > 3 and dice.random() < WORDLESS
    return WantedReview(
        demo_id("line", f"{order.key}/{line.sku.id}"),
        score,
        accuracy=score if dice.random() < 0.7 else None,
        logistics=min(5, max(1, score + dice.choice((-1, 0, 0)))) if dice.random() < 0.6 else None,
        text="" if wordless else dice.choice(FRESH[score] if cold else WORDS[score]),
        anonymous=dice.random() < 0.15,
    )
