"""After-sales: what buyers claim, what shops and the platform answer, goods on their way back."""

from __future__ import annotations

from random import Random
from uuid import UUID

from domain import aftersales
from domain.aftersales import Decision, WantedAfterSale, WantedUnits
from domain.base import clock
from models.aftersales import AfterSaleKind as K
from models.aftersales import AfterSaleReason as R
from models.aftersales import AfterSaleRefusal
from tests.model.market import KEY
from tests.model.shopping import Shopping
from tests.model.truth import OPEN_TO_GRANT, Case, Line, Order

REASONS = {
    K.REFUND_ONLY: (R.NOT_WANTED, R.NOT_WANTED, R.QUALITY, R.OTHER, R.NOT_RECEIVED),
    K.RETURN: (R.NO_REASON, R.QUALITY),
    K.EXCHANGE: (R.WRONG_GOODS,),
    K.DAMAGED: (R.DAMAGED,),
    K.MISSING: (R.MISSING,),
}
BEFORE_SHIPPING = (R.NOT_WANTED, R.OTHER)
SELLABLE = ("AWAITING_SHIPMENT", "PARTLY_SHIPPED", "SHIPPED", "RECEIVED", "COMPLETED")
# The last shop has no return address.
HOMELESS = 2


class Claiming(Shopping):
    """One rule for each side."""

    async def apply(self, dice: Random) -> bool:
        order = self.pick_order(dice, *(("COMPLETED",) if dice.random() < 0.2 else SELLABLE))
        if order is None:
            return False
        kind = dice.choice((K.REFUND_ONLY, K.REFUND_ONLY, K.RETURN, K.RETURN, K.EXCHANGE, K.DAMAGED, K.MISSING))
        reason = dice.choice(REASONS[kind])
        lines = dice.sample(order.lines, dice.choice((1, len(order.lines))))
        wanted = {
            line.id: dice.randint(1, max(1, self.truth.free(order, line) + (dice.random() < 0.1))) for line in lines
        }
        units = [self._units(dice, id, many, kind) for id, many in wanted.items()]
        filled = {"text": "请尽快处理", "pictures": [KEY], "request_key": dice.randbytes(8).hex()}
        page = WantedAfterSale(order_id=order.id, kind=kind, reason=reason, lines=units, **filled)
        expected = self._expected(order, lines, wanted, kind, reason)
        told = await self.attempt(self.do(aftersales.apply, order.trade.who.viewer, page), expected)
        for id in told.answer or ():
            await self._remember_case(order, id)
        if told.done and dice.random() < 0.2:
            again = await self.attempt(self.do(aftersales.apply, order.trade.who.viewer, page), True)
            assert again.answer == told.answer
        return True

    def _units(self, dice: Random, line_id: UUID, many: int, kind: K) -> WantedUnits:
        if kind is K.DAMAGED:
            pieces = dice.randint(1, 20)
            return WantedUnits(line_id, many, pieces_damaged=dice.randint(1, pieces), pieces_received=pieces)
        return WantedUnits(line_id, many, amount=1 if dice.random() < 0.05 else None)

    def _expected(self, order: Order, lines: list[Line], wanted: dict[UUID, int], kind: K, reason: R) -> bool | None:
        if order.state not in SELLABLE or any(self.truth.free(order, line) < wanted[line.id] for line in lines):
            return False
        early = kind is K.REFUND_ONLY and reason in BEFORE_SHIPPING and order.state == "AWAITING_SHIPMENT"
        return True if early and all(line.payable for line in lines) else None

    async def _remember_case(self, order: Order, id: UUID) -> None:
        names = "line_id, kind, quantity, worth, amount, before_shipping"
        row = await self.market.sql.fetchrow(f"SELECT {names} FROM after_sales WHERE id = $1", id)
        line = next(each for each in order.lines if each.id == row["line_id"])
        told = (row["quantity"], row["worth"], row["amount"], row["before_shipping"])
        case = Case(id, order, line, row["kind"], *told)
        self.truth.step(case, "APPLIED", clock.now())
        order.cases.append(case)
        self.truth.cases.append(case)

    # ------------------------------------------------------------------------------------------ granting
    def grantable(self, case: Case) -> bool:
        """Units that were to be called off must still be there, or have come back."""
        return not case.early or case.returned or case.line.left >= case.units

    async def granted(self, case: Case, *, restock: bool, goods: int | None = None) -> None:
        self.truth.granted(case, case.amount if goods is None else goods, clock.now(), restock=restock)
        if not case.amount:
            # Nothing was paid for these units: then there is nothing to wait for, unless freight goes back.
            case.state = await self.market.sql.fetchval("SELECT state FROM after_sales WHERE id = $1", case.id)

    def to_return(self, case: Case) -> bool:
        """Whether the goods can be sent back: there is a place for them, and they are not back yet."""
        return case.state in OPEN_TO_GRANT and case.order.shop != HOMELESS and not case.returned

    def taken_back(self, case: Case) -> None:
        self.truth.step(case, "WAIT_RETURN", clock.now())
        case.refused = False

    # ------------------------------------------------------------------------------------------ the shop
    async def shop_answers(self, dice: Random) -> bool:
        case = self.pick_case(dice, "APPLIED", "APPLIED", "REJECTED", "ESCALATED")
        if case is None:
            return False
        keeper, restock = self.market.keepers[case.order.shop], dice.random() < 0.5
        if dice.random() < 0.35:
            refusal = AfterSaleRefusal.EVIDENCE_MISSING
            doing = self.do(aftersales.reject, keeper, case.id, refusal, "看不清楚", ())
            if (await self.attempt(doing, case.state == "APPLIED")).done:
                self.truth.step(case, "REJECTED", clock.now())
                case.refused = True
            return True
        back_first = case.kind in ("RETURN", "EXCHANGE")
        right = case.state in OPEN_TO_GRANT and not case.returned and self.grantable(case)
        right = self.to_return(case) if back_first else right
        if (await self.attempt(self.do(aftersales.agree, keeper, case.id, restock=restock), right)).done:
            if back_first:
                self.taken_back(case)
            else:
                await self.granted(case, restock=restock)
        return True

    async def goods_come_back(self, dice: Random) -> bool:
        case = self.pick_case(dice, "WAIT_RETURN", "RETURN_SHIPPED", "RECEIVED", "REPLACED", "ESCALATED")
        if case is None:
            return False
        what = dice.choice((self._send, self._receive, self._refund, self._contest, self._replace, self._confirm))
        if dice.random() < 0.7:
            what = {
                "WAIT_RETURN": self._send,
                "RETURN_SHIPPED": self._receive,
                "RECEIVED": self._replace if case.kind == "EXCHANGE" and dice.random() < 0.6 else self._refund,
                "REPLACED": self._confirm,
            }.get(case.state, what)
        await what(dice, case)
        return True

    async def _send(self, dice: Random, case: Case) -> None:
        doing = self.do(aftersales.send_return, case.order.trade.who.viewer, case.id, "SF", "SF1234567890123")
        if (await self.attempt(doing, case.state == "WAIT_RETURN")).done:
            self.truth.step(case, "RETURN_SHIPPED", clock.now())

    async def _receive(self, dice: Random, case: Case) -> None:
        doing = self.do(aftersales.receive, self.market.keepers[case.order.shop], case.id)
        if (await self.attempt(doing, case.state == "RETURN_SHIPPED")).done:
            self.truth.step(case, "RECEIVED", clock.now())
            case.returned = True

    async def _refund(self, dice: Random, case: Case) -> None:
        restock = dice.random() < 0.5
        right = case.returned and case.state in (*OPEN_TO_GRANT, "RECEIVED") and self.grantable(case)
        doing = self.do(aftersales.refund_return, self.market.keepers[case.order.shop], case.id, restock=restock)
        if (await self.attempt(doing, right)).done:
            await self.granted(case, restock=restock)

    async def _contest(self, dice: Random, case: Case) -> None:
        refusal = AfterSaleRefusal.RETURN_INCOMPLETE
        keeper = self.market.keepers[case.order.shop]
        doing = self.do(aftersales.contest, keeper, case.id, refusal, "少了一箱", [KEY])
        if (await self.attempt(doing, case.state == "RECEIVED")).done:
            self.truth.step(case, "ESCALATED", clock.now())
            case.refused = True

    async def _replace(self, dice: Random, case: Case) -> None:
        right = case.kind == "EXCHANGE" and case.state == "RECEIVED"
        doing = self.do(
            aftersales.ship_replacement, self.market.keepers[case.order.shop], case.id, "ZTO", "7831000000001"
        )
        if (await self.attempt(doing, right)).done:
            self.truth.step(case, "REPLACED", clock.now())

    async def _confirm(self, dice: Random, case: Case) -> None:
        doing = self.do(aftersales.confirm_replacement, case.order.trade.who.viewer, case.id)
        if (await self.attempt(doing, case.state == "REPLACED")).done:
            self.truth.step(case, "DONE", None)

    # ------------------------------------------------------------------------------------------ buyer, platform
    async def buyer_insists(self, dice: Random) -> bool:
        case = self.pick_case(dice, "APPLIED", "REJECTED", "REJECTED", "WAIT_RETURN", "ESCALATED")
        if case is None:
            return False
        viewer = case.order.trade.who.viewer
        if case.refused or dice.random() < 0.2:
            right = case.refused and case.state in ("APPLIED", "REJECTED", "RECEIVED")
            doing = self.do(aftersales.escalate, viewer, case.id, "请平台处理", ())
            if (await self.attempt(doing, right)).done:
                self.truth.step(case, "ESCALATED", clock.now())
        else:
            right = case.state in (*OPEN_TO_GRANT, "WAIT_RETURN") and not case.returned
            if (await self.attempt(self.do(aftersales.cancel, viewer, case.id), right)).done:
                self.truth.step(case, "CANCELLED", None)
        return True

    async def platform_decides(self, dice: Random) -> bool:
        case = self.pick_case(dice, "ESCALATED")
        if case is None:
            return False
        await self.decide(case, dice.choice(list(Decision)), dice)
        return True

    async def decide(self, case: Case, what: Decision, dice: Random) -> None:
        escalated = case.state == "ESCALATED"
        amount = dice.randint(1, case.worth) if what is Decision.REFUND and case.worth and dice.random() < 0.5 else None
        crossed = not case.early or not self.grantable(case)
        back = what is Decision.RETURN and self.to_return(case) and crossed
        right = escalated and (what is not Decision.RETURN or back)
        restock = dice.random() < 0.5
        how = {"amount": amount, "restock": restock}
        doing = self.do(aftersales.decide, self.market.operator, case.id, what, "依据凭证", **how)
        if not (await self.attempt(doing, right)).done:
            return
        if what is Decision.REFUND:
            await self.granted(case, restock=restock, goods=amount)
        elif what is Decision.RETURN:
            self.taken_back(case)
        else:
            self.truth.step(case, "CLOSED", None)
