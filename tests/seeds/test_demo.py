"""What the demo promises: places, shops, goods and orders that hang together, the same every time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text

from domain import aftersales
from domain.crypto import vault
from domain.members import passwords
from integrations.wxsim.world import DEMO_USERS
from models.orders import OrderState
from server.database import Database
from server.seeding import ensure_reference
from server.seeds import demo_accounts, ensure_regions, seed_demo
from server.seeds.catalogue import shops
from server.seeds.people import NICKNAMES, PASSWORD_SHOP, buyers
from server.settings import Settings
from tests.factories import merchants
from tests.seeds.conftest import forget, quietly

# Salted, sealed or chained to new ids each time; everything else must come out equal.
SECRET = ("_sealed", "password_hash", "phone_index", "hash", "signature")
# Ids and numbers that the rules give what is recorded by them are new each time; the demo's own are made of its keys.
GIVEN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|\bL[0-9]{15}\b")


async def rows(database: Database, statement: str) -> Sequence[Any]:
    async with database.read() as session:
        return (await session.execute(text(statement))).all()


async def value(database: Database, statement: str) -> Any:
    return (await rows(database, statement))[0][0]


# ------------------------------------------------------------------------------------------------ what there is
async def test_the_places_are_all_there(seeded: Database) -> None:
    levels = dict(await rows(seeded, "select level, count(*) from regions where code like '5306%' group by level"))
    assert levels == {"CITY": 1, "COUNTY": 11, "TOWN": 150}
    levels = dict(await rows(seeded, "select level, count(*) from regions where code not like '5306%' group by level"))
    assert levels == {"PROVINCE": 31, "CITY": 341, "COUNTY": 3051}
    names = {
        "110101": "北京市 东城区",
        "429004": "湖北省 仙桃市",
        "500229": "重庆市 城口县",
        "510107": "四川省 成都市 武侯区",
    }
    known = await rows(seeded, f"select code, full_name from regions where code in ({', '.join(map(repr, names))})")
    assert dict(known) == names
    town = "select full_name, parent_code from regions where code = '530602106'"
    assert (await rows(seeded, town))[0] == ("昭通市 昭阳区 洒渔镇", "530602")
    far = "select count(*) from regions where level = 'COUNTY' and not (longitude between 102 and 106)"
    assert await value(seeded, far) == 0


async def test_shops_of_every_kind_stand_in_every_county(seeded: Database) -> None:
    assert await value(seeded, "select count(*) from merchants") >= 12
    assert await value(seeded, "select count(distinct kind) from merchants") == 4
    assert await value(seeded, "select count(distinct left(region_code, 6)) from merchants") == 11
    # Only those who sell what they grow themselves need no licence.
    exempt = {row[0] for row in await rows(seeded, "select kind from merchants where licence_number is null")}
    assert exempt == {"FARMER"}
    assert await value(seeded, "select count(*) from brands") >= 15
    assert await value(seeded, "select count(distinct sub_mchid) = count(*) from merchants")


async def test_every_category_has_goods(seeded: Database) -> None:
    assert await value(seeded, "select count(*) from products") >= 120
    empty = """select c.name from categories c where not exists (select from categories k where k.parent_id = c.id)
               and not exists (select from products p where p.category_id = c.id)"""
    assert await rows(seeded, empty) == []
    counties = "select count(distinct left(origin_code, 6)) from products where state = 'ON_SALE'"
    assert await value(seeded, counties) == 11
    apples = """select count(distinct p.id) from products p join categories c on c.id = p.category_id
                where c.slug = 'apple' and p.origin_code like '530627%' and p.state = 'ON_SALE'"""
    assert await value(seeded, apples) >= 2


async def test_every_product_shows_itself_in_three_pictures(seeded: Database) -> None:
    counts = await rows(seeded, "select count(*) from product_images group by product_id")
    assert {row[0] for row in counts} == {3}
    assert await value(seeded, "select count(*) from banners where active") == 4


async def test_each_buyer_of_the_simulator_has_orders_in_every_state(seeded: Database) -> None:
    openids = ", ".join(f"'{user.openid}'" for user in DEMO_USERS)
    states = f"""select m.openid, count(distinct o.state) from members m join orders o on o.member_id = m.id
                 where m.openid in ({openids}) group by 1"""
    # Nobody is invented who would be in a group, or have booked before a harvest.
    never = {OrderState.AWAITING_GROUP, OrderState.RESERVED, OrderState.AWAITING_BALANCE}
    every = len(set(OrderState) - never)
    assert dict(await rows(seeded, states)) == {user.openid: every for user in DEMO_USERS}


async def test_a_flash_session_runs_and_one_is_to_come(seeded: Database) -> None:
    told = "select starts_at <= s.created_at and ends_at > s.created_at, count(*), sum(taken) from flash_sessions s"
    found = await rows(seeded, f"{told} join flash_offers o on o.session_id = s.id group by 1 order by 1 desc")
    assert found == [(True, 2, 0), (False, 2, 0)]


async def test_the_platforms_own_shop_sells_gift_cards_and_nobody_has_one(seeded: Database) -> None:
    told = "select b.kind, b.named, b.face, b.made from card_batches b join merchants m on m.id = b.issuer_id"
    found = await rows(seeded, f"{told} where m.is_platform_owned order by b.face")
    assert found == [("ONLINE", False, 10_000, 0), ("ONLINE", True, 50_000, 0)]
    assert await rows(seeded, "select id from cards") == []


async def test_there_is_one_offer_to_groups_and_nobody_in_it(seeded: Database) -> None:
    assert await rows(seeded, "select size, state, taken from group_activities") == [(2, "RUNNING", 0)]
    assert await value(seeded, "select count(*) from group_seats") == 0


async def test_there_is_one_presale_for_the_next_harvest_and_nobody_has_booked(seeded: Database) -> None:
    assert await rows(seeded, "select kind, state, taken from presale_offers") == [("DEPOSIT", "RUNNING", 0)]
    lawful = "select deposit * 100 <= price * 20 and ships_at > ends_at from presale_offers"
    assert await value(seeded, lawful)
    assert await value(seeded, "select count(*) from presale_bookings") == 0


async def test_orders_are_closed_for_every_ordinary_reason(seeded: Database) -> None:
    reasons = {row[0] for row in await rows(seeded, "select distinct close_reason from orders") if row[0]}
    assert reasons == {"BUYER_CANCELLED", "PAYMENT_TIMEOUT", "REFUNDED"}
    assert 350 <= await value(seeded, "select count(*) from orders") <= 650
    days = "select count(distinct (created_at at time zone 'Asia/Shanghai')::date) from orders"
    assert await value(seeded, days) >= 58


def test_the_simulators_people_are_the_first_buyers() -> None:
    assert [user.nickname for user in DEMO_USERS] == list(NICKNAMES[: len(DEMO_USERS)])
    first = buyers()[: len(DEMO_USERS)]
    assert [(user.openid, user.phone) for user in DEMO_USERS] == [(buyer.openid, buyer.phone) for buyer in first]


# ------------------------------------------------------------------------------------------------ what must add up
IDENTITIES = {
    "stock is the sum of its movements": """
        select s.sku_id from stock s
        left join (select sku_id, sum(delta) d from stock_moves group by 1) m using (sku_id)
        where s.actual <> coalesce(m.d, 0)""",
    "what is held is what unpaid orders hold": """
        select s.sku_id from stock s
        left join (select sku_id, sum(quantity) q from stock_holds where state = 'HELD' group by 1) h using (sku_id)
        where s.held <> coalesce(h.q, 0) + coalesce((select sum(o.total - o.taken) from flash_offers o
            where o.sku_id = s.sku_id and o.state = 'PUBLISHED'), 0)""",
    "holds follow their orders": """
        select h.order_id from stock_holds h join orders o on o.id = h.order_id where h.state <>
        case when o.state = 'AWAITING_PAYMENT' then 'HELD' when o.state = 'CLOSED' then 'RELEASED' else 'USED' end""",
    "products count what was sold of them": """
        select p.id from products p left join (
            select l.product_id, sum(l.quantity) q from order_lines l join orders o on o.id = l.order_id
            where o.state not in ('AWAITING_PAYMENT', 'CLOSED') group by 1) s on s.product_id = p.id
        where p.sold_count <> coalesce(s.q, 0)""",
    "shops count what was sold in them": """
        select m.id from merchants m left join (
            select o.merchant_id, sum(l.quantity) q from order_lines l join orders o on o.id = l.order_id
            where o.state not in ('AWAITING_PAYMENT', 'CLOSED') group by 1) s on s.merchant_id = m.id
        where m.sold_count <> coalesce(s.q, 0)""",
    "sales are marked as counted": """
        select id from orders where (sale_counted_at is null) <> (state in ('AWAITING_PAYMENT', 'CLOSED'))""",
    "orders cost what their lines cost": """
        select o.id from orders o
        join (select order_id, sum(amount) a from order_lines group by 1) l on l.order_id = o.id
        where o.goods_total <> l.a""",
    "freight is what the shop asks": """
        select o.id from orders o join merchants m on m.id = o.merchant_id where o.freight <>
        case when o.goods_total >= m.free_freight_from then 0 else m.freight end""",
    "trades cost what their orders cost": """
        select t.id from trades t join (select trade_id, sum(total) s from orders group by 1) o on o.trade_id = t.id
        where t.total <> o.s""",
    "every paid trade has one paid attempt over the whole": """
        select t.id from trades t left join payments p on p.trade_id = t.id and p.state = 'PAID'
        where (t.state = 'PAID') <> (p.id is not null) or p.amount <> t.total""",
    "every paid order has a transaction": """
        select o.id from orders o left join payment_parts p on p.order_id = o.id
        where o.paid_at is not null and (p.transaction_id is null or p.amount <> o.total)""",
    "refunded orders have their refund": """
        select o.id from orders o left join refunds r on r.order_id = o.id
        where (o.close_reason = 'REFUNDED') <> (r.id is not null) and o.state = 'CLOSED'""",
    "shipped orders have a parcel": """
        select o.id from orders o left join shipments s on s.order_id = o.id
        where (o.shipped_at is null) <> (s.id is null)""",
    "the log ends in the state of the order": """
        select o.id from orders o join lateral (select state from order_steps s where s.order_id = o.id
        order by created_at desc, id limit 1) s on true where s.state <> o.state""",
    "nothing happens before what comes before it, or after now": """
        select id from orders where not (created_at <= coalesce(paid_at, created_at)
        and coalesce(paid_at, created_at) <= coalesce(shipped_at, 'infinity')
        and coalesce(shipped_at, created_at) <= coalesce(received_at, 'infinity')
        and coalesce(received_at, created_at) <= coalesce(completed_at, 'infinity'))
        or greatest(created_at, paid_at, shipped_at, received_at, completed_at, closed_at) > '2026-11-22T12:30:00Z'""",
    "nothing is ordered before it is on sale": """
        select l.id from order_lines l join products p on p.id = l.product_id where l.created_at < p.published_at""",
    "products repeat the prices of their SKUs": """
        select p.id from products p join (select product_id, min(price) lo, max(price) hi from skus group by 1) s
        on s.product_id = p.id where p.min_price <> s.lo or p.max_price <> s.hi""",
    "nobody orders before joining": """
        select o.id from orders o join members m on m.id = o.member_id where o.created_at < m.created_at""",
}


async def test_it_adds_up(seeded: Database) -> None:
    wrong = {identity: await rows(seeded, statement) for identity, statement in IDENTITIES.items()}
    assert {identity: found for identity, found in wrong.items() if found} == {}


async def test_buyers_review_what_they_received_themselves(seeded: Database) -> None:
    """Through the rules: those without words are shown, those with words wait for their check."""
    states = dict(await rows(seeded, "select state, count(*) from reviews group by 1"))
    assert states.keys() == {"PUBLISHED", "PENDING"}
    assert sum(states.values()) >= 60
    strangers = """select r.id from reviews r join order_lines l on l.id = r.line_id join orders o on o.id = l.order_id
                   where r.member_id <> o.member_id or r.product_id <> l.product_id or o.state <> 'COMPLETED'"""
    assert await rows(seeded, strangers) == []
    assert {row[0] for row in await rows(seeded, "select distinct score from reviews")} == {2, 3, 4, 5}
    waiting = "select count(*) from content_checks where state = 'PENDING'"
    assert await value(seeded, waiting) == states["PENDING"]


async def test_every_row_that_waits_has_its_timer(seeded: Database) -> None:
    waiting = """select count(*) from trades where state = 'AWAITING_PAYMENT'"""
    timers = """select count(*) from pgqueuer where entrypoint = 'trade.expire'"""
    assert await value(seeded, waiting) == await value(seeded, timers) > 0
    shipped = "select count(*) from orders where state = 'SHIPPED'"
    assert await value(seeded, shipped) == await value(
        seeded, "select count(*) from pgqueuer where entrypoint = 'order.auto_confirm'"
    )


# ------------------------------------------------------------------------------------------------ people
async def test_personal_data_is_sealed_and_opens(seeded: Database) -> None:
    id, sealed = (await rows(seeded, "select id, phone_sealed from orders limit 1"))[0]
    assert vault.open(sealed, table="orders", column="phone_sealed", row=id).startswith("1380000")
    unbound = "select nickname from members where phone_index is null order by openid"
    assert [row[0] for row in await rows(seeded, unbound)] == ["水富老李", "彝良陈姐"]


async def test_every_shop_takes_goods_back_somewhere(seeded: Database) -> None:
    async with seeded.read() as session:
        for shop in shops():
            kept = await aftersales.address_of_shop(session, merchants.shopkeeper(shop.id))
            assert kept is not None
            assert (kept.name, kept.region_code) == (shop.owner, shop.region)


async def test_the_printed_passwords_are_the_right_ones(seeded: Database) -> None:
    hashes = dict(await rows(seeded, "select login, password_hash from staff"))
    for account in demo_accounts():
        if account.password:
            assert await passwords.verified(hashes[account.login], account.password), account.login
    assert await value(seeded, "select count(*) from staff where totp_sealed is not null") == 1
    assert len(PASSWORD_SHOP) >= passwords.SHORTEST


# ------------------------------------------------------------------------------------------------ again and elsewhere
async def _everything(database: Database) -> dict[str, list[str]]:
    """Every row of every table as text, but for what is sealed or salted."""
    tables = await rows(
        database, "select tablename from pg_tables where schemaname = 'public' and tablename !~ 'queue'"
    )
    found = {}
    for (table,) in tables:
        columns = await rows(
            database,
            "select column_name from information_schema.columns"
            f" where table_schema = 'public' and table_name = '{table}' order by ordinal_position",
        )
        names = [c for (c,) in columns if not c.endswith(SECRET) and table != "outbox"]
        if names:
            quoted = ", ".join(f'"{name}"' for name in names)
            found[table] = sorted(
                GIVEN.sub("new", str(row)) for row in await rows(database, f'select {quoted} from "{table}"')
            )
    return found


async def test_two_databases_come_out_equal(own_seeded: Database, own_settings: Settings) -> None:
    before = await _everything(own_seeded)
    await forget(own_seeded)
    await seed_demo(own_seeded, own_settings, quietly)
    after = await _everything(own_seeded)
    assert [table for table in before if before[table] != after[table]] == []
    assert sum(map(len, before.values())) > 3000


async def test_seeding_again_does_nothing(seeded: Database, own_settings: Settings) -> None:
    before, steps = await _everything(seeded), list[str]()
    await seed_demo(seeded, own_settings, lambda name, *_numbers: steps.append(name))
    assert steps == []
    assert await _everything(seeded) == before


async def test_regions_are_written_once(own_seeded: Database) -> None:
    async with own_seeded.begin() as uow:
        assert await ensure_regions(uow) == 0
        await uow.session.execute(text("update regions set name = '别名' where code = '530602'"))
    async with own_seeded.begin() as uow:
        assert await ensure_regions(uow) == 1
    assert await value(own_seeded, "select name from regions where code = '530602'") == "昭阳区"


async def test_production_refuses_the_demo(database: Database, own_settings: Settings) -> None:
    with pytest.raises(RuntimeError, match="not for production"):
        await seed_demo(database, own_settings.model_copy(update={"env": "production"}), quietly)
    assert await value(database, "select count(*) from merchants") == 0


async def test_a_mall_without_the_demo_knows_places_and_roles(own_seeded: Database, own_settings: Settings) -> None:
    await forget(own_seeded)
    async with own_seeded.begin() as uow:
        await uow.session.execute(text("set local session_replication_role = replica"))
        await uow.session.execute(text("delete from regions"))
        await uow.session.execute(text("delete from roles"))
    await asyncio.to_thread(ensure_reference, own_settings)
    assert await value(own_seeded, "select count(*) from regions") == 3585
    assert await value(own_seeded, "select count(*) from roles") == 6
    assert await value(own_seeded, "select count(*) from merchants") == 0


async def test_people_tell_stories_of_places_and_goods(seeded: Database) -> None:
    """Through the rules, read by the platform's desk: each with a place, pictures and goods of which one was bought."""
    assert await rows(seeded, "select distinct state from posts") == [("PUBLISHED",)]
    assert await value(seeded, "select count(*) from posts where like_count > 0 and comment_count > 0") == 12
    bare = """select p.id from posts p join post_words w on w.id = p.words_id where w.region_code is null
              or not exists (select from post_pictures s where s.words_id = w.id)
              or not exists (select from post_goods g where g.words_id = w.id and g.bought)"""
    assert await rows(seeded, bare) == []
