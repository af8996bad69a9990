"""The demo's people: buyers the WeChat simulator knows, more buyers, and the staff of platform and shops."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from domain.base import UnitOfWork
from domain.crypto import vault
from domain.members import passwords, roles
from models.aftersales import ReturnAddress
from models.members import Address, Member, Staff, StaffKind
from server.media import StoredPicture
from server.seeds.catalogue import shops
from server.seeds.ids import demo_id, dice_for
from server.seeds.regions import full_names, region_rows

PASSWORD_PLATFORM = "Zhaotong-2026"
PASSWORD_SHOP = "Shop-demo-2026"
# Of the one demo account with a second factor; any authenticator app takes it.
TOTP_LOGIN, TOTP_SECRET = "shop02", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

# Those of the WeChat simulator come first: whoever signs in there finds orders waiting.
NICKNAMES = (
    "昭阳小杨", "镇雄阿芳", "水富老李", "彝良陈姐", "赵小苹", "洒渔河边人",
    "豆沙关的风", "小马过江", "阿朵妹妹", "凤凰山下", "爱吃洋芋", "一碗米线",
    "乌峰山人", "江边钓鱼佬", "晒太阳的猫", "刘二哥", "天麻炖鸡", "罗家小院",
    "盐津老街", "春城来客", "雨后竹林", "老周", "云上人家", "周末厨房",
    "半边红", "高原红", "金沙水拍", "小黄姜", "何大姐", "山里来信",
)  # fmt: skip
# Two of the simulator's four have no phone bound yet, so that binding can be tried.
PHONELESS = (3, 4)
FAMILY = "杨陈李赵马罗邹刘王周何申安曾铁唐凌吴孙黄"
GIVEN = ("小芳", "建国", "丽娟", "志强", "秀英", "文华", "晓燕", "国平", "春梅", "永刚", "玉兰", "明辉")
STREETS = ("团结路", "珠泉路", "龙泉巷", "环城东路", "滨江大道", "文化街", "青年路", "学府路", "迎宾大道", "后街")


@dataclass(frozen=True)
class Account:
    """An account to try the demo with; for buyers `login` is the name to choose at the simulator."""

    role: str
    login: str
    password: str
    note: str = ""

    def __str__(self) -> str:
        shown = f"{self.role:<6} {self.login}" + (f" / {self.password}" if self.password else "")
        return f"{shown}  {self.note}".rstrip()


def demo_accounts() -> list[Account]:
    """What `make run` prints at its end."""
    totp = f"开启了两步验证，密钥 {TOTP_SECRET}"
    return [
        Account("平台管理", "admin", PASSWORD_PLATFORM, "全部权限"),
        Account("平台运营", "operator", PASSWORD_PLATFORM, "商品审核、商户"),
        Account("平台审计", "auditor", PASSWORD_PLATFORM, "只读"),
        Account("商户", "shop01", PASSWORD_SHOP, f"{shops()[0].name}；其余 shop03–shop{len(shops())} 同密码"),
        Account("商户", TOTP_LOGIN, PASSWORD_SHOP, totp),
        Account("买家", NICKNAMES[0], "", "在微信模拟器中选择该用户登录，已有各种状态的订单"),
    ]


# ------------------------------------------------------------------------------------------------ buyers
@dataclass(frozen=True)
class Buyer:
    """A buyer with a home; `address` is in the clear here and sealed wherever it is written."""

    number: int
    openid: str
    nickname: str
    phone: str
    region: str
    address: Mapping[str, str]

    @property
    def id(self) -> UUID:
        return demo_id("member", self.number)

    @property
    def address_id(self) -> UUID:
        return demo_id("address", self.number)


@cache
def buyers() -> tuple[Buyer, ...]:
    """Their numbers are 138 0000 00NN: the series the simulator uses, given to nobody."""
    towns = [row["code"] for row in region_rows() if len(row["code"]) == 9]
    return tuple(_buyer(k, name, towns) for k, name in enumerate(NICKNAMES, 1))


def _buyer(number: int, nickname: str, towns: list[str]) -> Buyer:
    dice = dice_for(f"buyer{number}")
    # Half of them live in the city itself, as people do.
    town = dice.choice([code for code in towns if code.startswith("530602")] if number % 2 else towns)
    phone = f"138{number:08d}"
    street = f"{dice.choice(STREETS)}{dice.randint(1, 180)}号"
    home = {
        "name": dice.choice(FAMILY) + dice.choice(GIVEN),
        "phone": phone,
        "detail": f"{street}{dice.randint(1, 9)}栋{dice.randint(1, 6)}0{dice.randint(1, 4)}室",
    }
    return Buyer(number, f"oDEMO{number:023d}", nickname, phone, town, home)


async def add_buyers(uow: UnitOfWork, pictures: Mapping[str, StoredPicture], now: datetime) -> None:
    await uow.session.execute(insert(Member), [_member(buyer, pictures, now) for buyer in buyers()])
    await uow.session.execute(insert(Address), [_home(buyer, now) for buyer in buyers()])


def joined(buyer: Buyer, now: datetime) -> datetime:
    """When the buyer came to the mall: longest ago for the first, and before any order of the demo."""
    return now - timedelta(days=62 + 9 * (len(NICKNAMES) - buyer.number), hours=buyer.number)


def _member(buyer: Buyer, pictures: Mapping[str, StoredPicture], now: datetime) -> dict[str, Any]:
    phone = None if buyer.number in PHONELESS else f"+86{buyer.phone}"
    place = {"table": "members", "column": "phone_sealed"}
    return {
        "id": buyer.id,
        "openid": buyer.openid,
        "unionid": None,
        "nickname": buyer.nickname,
        "avatar_key": pictures[f"avatar/{buyer.number - 1}/0"].key,
        "phone_sealed": vault.seal(phone, row=buyer.id, **place) if phone else None,
        "phone_index": vault.index(phone, purpose="member-phone") if phone else None,
        "created_at": joined(buyer, now),
    }


def sealed(buyer: Buyer, table: str, row: UUID) -> dict[str, bytes]:
    """Name, phone and detail of the buyer's home, sealed for one row of a table."""
    return {
        f"{name}_sealed": vault.seal(value, table=table, column=f"{name}_sealed", row=row)
        for name, value in buyer.address.items()
    }


def _home(buyer: Buyer, now: datetime) -> dict[str, Any]:
    return {
        "id": buyer.address_id,
        "member_id": buyer.id,
        "region_code": buyer.region,
        "region_name": full_names()[buyer.region],
        "is_default": True,
        "created_at": joined(buyer, now),
        **sealed(buyer, "addresses", buyer.address_id),
    }


# ------------------------------------------------------------------------------------------------ staff
async def add_staff(uow: UnitOfWork, now: datetime) -> None:
    await roles.ensure(uow)
    # One hash for all accounts of a kind: hashing each would take a second and show nothing more.
    platform, shop = await asyncio.gather(passwords.hashed(PASSWORD_PLATFORM), passwords.hashed(PASSWORD_SHOP))
    rows = [
        _staff("admin", "平台管理员", roles.SUPER_ADMIN, platform, now),
        _staff("operator", "平台运营", roles.OPERATOR, platform, now),
        _staff("support", "平台客服", roles.SUPPORT, platform, now),
        _staff("auditor", "平台审计", roles.AUDITOR, platform, now),
    ]
    for each in shops():
        rows.append(_staff(each.login, each.owner, roles.SHOPKEEPER, shop, now, each.id))
    rows.append(_staff("shop01-fahuo", "小杨发货", roles.SHIPPER, shop, now, shops()[0].id))
    await uow.session.execute(insert(Staff), rows)


async def add_return_addresses(uow: UnitOfWork, now: datetime) -> None:
    """Where each shop takes goods back: without it a shop could agree to no return."""
    rows = []
    for place, shop in enumerate(shops(), 1):
        where = {"name": shop.owner, "phone": f"139870{place:05d}", "detail": f"{shop.name}仓库"}
        sealed_ = {
            f"{name}_sealed": vault.seal(value, table="return_addresses", column=f"{name}_sealed", row=shop.id)
            for name, value in where.items()
        }
        rows.append({"merchant_id": shop.id, "region_code": shop.region, "updated_at": now, **sealed_})
    await uow.session.execute(insert(ReturnAddress), rows)


def staff_id(login: str) -> UUID:
    return demo_id("staff", login)


def _staff(
    login: str, name: str, role: roles.Known, password_hash: str, now: datetime, merchant_id: UUID | None = None
) -> dict[str, Any]:
    id = staff_id(login)
    secret = vault.seal(TOTP_SECRET, table="staff", column="totp_sealed", row=id) if login == TOTP_LOGIN else None
    return {
        "id": id,
        "login": login,
        "name": name,
        "kind": StaffKind.PLATFORM if merchant_id is None else StaffKind.MERCHANT,
        "merchant_id": merchant_id,
        "role": role.name,
        "password_hash": password_hash,
        "totp_sealed": secret,
        "recovery_hashes": [],
        "created_at": now - timedelta(days=300),
    }
