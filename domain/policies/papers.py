"""Papers a shop has shown: what the platform finds of them, and until when they are good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    Columns,
    Conflict,
    Invalid,
    RowDict,
    TooMany,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    clean_text,
    clock,
    page_size,
    pick,
)
from models.base import new_id
from models.catalog import Picture
from models.policies import MerchantPaper, PaperKind, PaperState

MOST_PAPERS = 100
TABLE = MerchantPaper.__table__.c
NAMES = {
    PaperKind.FOOD_BUSINESS: "食品经营许可证",
    PaperKind.PREPACKAGED_FILING: "仅销售预包装食品备案",
    PaperKind.FOOD_PRODUCTION: "食品生产许可证",
    PaperKind.SMALL_WORKSHOP: "食品小作坊登记证",
    PaperKind.ANIMAL_QUARANTINE: "动物检疫合格证明",
    PaperKind.GI_AUTHORISATION: "地理标志使用授权",
    PaperKind.ORGANIC: "有机产品认证",
    PaperKind.ALCOHOL: "酒类经营许可",
    PaperKind.HEALTH_FOOD: "保健食品注册或备案",
}


@dataclass(frozen=True)
class PaperWanted:
    kind: PaperKind
    number: str
    picture_key: str
    expires_on: date | None = None


async def held(session: AsyncSession, merchant_id: UUID) -> set[str]:
    """Kinds of papers that are good today."""
    good = or_(TABLE.expires_on.is_(None), TABLE.expires_on >= clock.today())
    chosen = select(TABLE.kind).where(TABLE.merchant_id == merchant_id, TABLE.state == PaperState.APPROVED, good)
    return {kind.value for kind in await session.scalars(chosen)}


async def show_paper(uow: UnitOfWork, viewer: Viewer, wanted: PaperWanted) -> UUID:
    """A shop shows a paper; it counts once the platform has approved it."""
    shop, number = viewer.shop_id, clean_text(wanted.number, field="number", least=4, most=60, label="证件编号")
    if wanted.expires_on is not None and wanted.expires_on < clock.today():
        raise Invalid("证件已经过期", field="expiresOn")
    picture = await uow.session.scalar(select(Picture.merchant_id).where(Picture.key == wanted.picture_key))
    if picture != shop:
        raise Invalid("请上传证件照片", field="pictureKey")
    ids = await uow.session.scalars(select(TABLE.id).where(TABLE.merchant_id == shop).limit(MOST_PAPERS))
    if len(ids.all()) >= MOST_PAPERS:
        raise TooMany(f"证件最多 {MOST_PAPERS} 份")
    id = new_id()
    row = {
        "id": id,
        "merchant_id": shop,
        "kind": wanted.kind,
        "number": number,
        "picture_key": wanted.picture_key,
        "expires_on": wanted.expires_on,
    }
    try:
        async with uow.session.begin_nested():
            await uow.session.execute(insert(MerchantPaper).values(row))
    except IntegrityError:
        raise Conflict("这份证件已经提交过", field="number") from None
    await audit.record(uow, viewer, "paper.show", "paper", id, {"kind": wanted.kind.value})
    return id


async def decide_paper(uow: UnitOfWork, viewer: Viewer, id: UUID, approve: bool, note: str) -> None:
    """The platform's decision on a paper that waits; of two at once one is taken."""
    why = clean_text(note, field="note", least=0 if approve else 2, most=200, label="说明")
    state = PaperState.APPROVED if approve else PaperState.REJECTED
    step = update(MerchantPaper).where(MerchantPaper.id == id, MerchantPaper.state == PaperState.PENDING)
    taken = step.values(state=state, note=why, decided_at=clock.now()).returning(MerchantPaper.kind)
    kind = await uow.session.scalar(taken)
    if kind is None:
        raise WrongState("证件不存在或已经处理过，请刷新")
    await audit.record(uow, viewer, "paper.approve" if approve else "paper.reject", "paper", id, {"kind": kind.value})


async def papers_for(session: AsyncSession, viewer: Viewer, first: int, columns: Columns) -> Sequence[RowDict]:
    """A shop's own papers, newest first; the platform's: those that wait for it, the oldest first."""
    chosen = select(*pick(MerchantPaper, columns, "id")).limit(page_size(first))
    if viewer.kind is ViewerKind.PLATFORM:
        chosen = chosen.where(TABLE.state == PaperState.PENDING).order_by(TABLE.created_at, TABLE.id)
    else:
        chosen = chosen.where(TABLE.merchant_id == viewer.shop_id).order_by(TABLE.created_at.desc(), TABLE.id.desc())
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


async def paper_by_id(session: AsyncSession, id: UUID, columns: Columns) -> RowDict:
    """One paper; the caller has made sure that the viewer may see it."""
    rows = await session.execute(select(*pick(MerchantPaper, columns, "id")).where(TABLE.id == id))
    return dict(rows.mappings().one())
