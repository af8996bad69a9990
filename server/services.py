"""Everything a process opens once and closes at the end; the API and the worker open the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis

from domain import media
from domain.base import clock
from domain.crypto import Keyring, signer, vault
from domain.orders.desk import PlacingDesk
from domain.payments import Gateway
from domain.settlement import Clearing
from integrations.cashier import DirectCashier, WechatCashier
from integrations.clearing import DirectClearing, WechatClearing
from integrations.express import Kdniao, KdniaoConfig, Kuaidi100, Kuaidi100Config, NoTracker
from integrations.identity import WechatLogin
from integrations.judging import WechatJudge
from integrations.objects import S3, Folder, S3Config
from integrations.parcels import WechatParcels
from integrations.topics import RedisTopics
from integrations.valkey import connect
from integrations.wechat import PushGate, WechatApi, WechatApiConfig
from integrations.wechatpay import WechatPay, WechatPayConfig
from models.payments import PayWay
from schema.base import Services
from search.sync import Indexer
from search.wiring import make_finder, make_indexer
from server.admission import Admission, Deadlines
from server.counters import Counters
from server.database import Database
from server.desk import ConsoleDesk
from server.late import Late
from server.media import MediaStore
from server.near import Near
from server.rates import Rates
from server.receiving import UploadDesk, shelves
from server.settings import Settings
from server.traffic import Traffic
from server.viewers import Viewers

Cashier = Callable[[WechatPay, str], Gateway]
Divider = Callable[[WechatPay], Clearing]
# Who asks for payments, and who divides them afterwards, by the way in which the mall is paid.
WAYS: dict[PayWay, tuple[Cashier, Divider]] = {
    PayWay.COMBINED: (WechatCashier, WechatClearing),
    PayWay.DIRECT: (DirectCashier, DirectClearing),
}


@dataclass(frozen=True)
class Mall:
    """One process's connections to everything."""

    settings: Settings
    database: Database
    redis: Redis
    topics: RedisTopics
    pay: WechatPay
    services: Services
    parcels: WechatParcels
    tracker: Kuaidi100 | Kdniao | NoTracker
    judge: WechatJudge
    # Opens WeChat's message push; None where its keys are not set.
    push: PushGate | None
    indexer: Indexer
    viewers: Viewers
    # Where files that people send lie until they were looked at, and in S3 where they are kept.
    objects: media.ObjectStore
    media: MediaStore
    # Pictures of after-sale cases: not for everybody who knows a key.
    evidence: MediaStore
    # What people post to show it to others: served only while it may be seen.
    posted: MediaStore
    counters: Counters
    traffic: Traffic
    rates: Rates
    admission: Admission
    deadlines: Deadlines
    late: Late


@asynccontextmanager
async def open_mall(settings: Settings) -> AsyncIterator[Mall]:
    """Connections are made on first use, so a server that is down delays nothing here."""
    vault.configure(Keyring(settings.data_keyring, next(iter(settings.data_keyring)), settings.index_key_bytes))
    signer.configure(settings.trace_keyring)
    media.configure(settings.media_base_url or "")
    async with AsyncExitStack() as stack:
        database = Database(settings, most_ms=settings.statement_timeout)
        stack.push_async_callback(database.close)
        redis = connect(settings.redis_url)
        stack.push_async_callback(redis.aclose)
        topics = RedisTopics(redis)
        topics.start()
        stack.push_async_callback(topics.close)
        pay = await stack.enter_async_context(WechatPay(_pay_config(settings), now=clock.now))
        api = await stack.enter_async_context(WechatApi(_api_config(settings), redis))
        tracker = make_tracker(settings)
        stack.push_async_callback(tracker.aclose)
        finder = await stack.enter_async_context(make_finder(settings, database))
        indexer = await stack.enter_async_context(make_indexer(settings, database))
        counters = Counters()
        traffic = Traffic(redis, counters)
        rates, admission, deadlines = Rates(redis), Admission(settings), Deadlines(settings)
        late = Late(settings.rate_factor)
        counters.watch("rates", rates.snapshot)
        counters.watch("rooms", admission.snapshot)
        counters.watch("late", late.snapshot)
        objects = make_objects(settings)
        pictures, evidence, posted = (_pictures(settings, objects, name) for name in ("media", "evidence", "posted"))
        placing = PlacingDesk(database)
        cashier, clearing = WAYS[PayWay(settings.pay_mode.upper())]
        stack.push_async_callback(placing.close)
        services = Services(
            identity=WechatLogin(api),
            gateway=cashier(pay, settings.wxpay_notify_url),
            clearing=clearing(pay),
            finder=finder,
            topics=topics,
            desk=ConsoleDesk(database, indexer, traffic, explorer=settings.explorer),
            placing=placing,
            uploads=UploadDesk(database, objects, shelves(pictures, evidence, posted)),
        )
        yield Mall(
            settings=settings,
            database=database,
            redis=redis,
            topics=topics,
            pay=pay,
            services=services,
            parcels=WechatParcels(api),
            tracker=tracker,
            judge=WechatJudge(api, settings.public_base_url),
            push=make_push_gate(settings),
            indexer=indexer,
            viewers=Viewers(database, redis, Near(topics, settings.near_seconds)),
            objects=objects,
            media=pictures,
            evidence=evidence,
            posted=posted,
            counters=counters,
            traffic=traffic,
            rates=rates,
            admission=admission,
            deadlines=deadlines,
            late=late,
        )


def make_objects(settings: Settings) -> media.ObjectStore:
    """Where files lie; neither kind is asked anything here."""
    if settings.objects == "folder":
        return Folder(settings.state_dir / "objects")
    return S3(
        S3Config(
            endpoint=settings.s3_endpoint or "",
            region=settings.s3_region,
            bucket=settings.s3_bucket,
            key_id=settings.s3_key_id,
            secret=settings.s3_secret.get_secret_value(),
            path_style=settings.s3_path_style,
            public_endpoint=settings.s3_public_endpoint or "",
        )
    )


def _pictures(settings: Settings, objects: media.ObjectStore, name: str) -> MediaStore:
    """A folder is kept as it is; beside S3 it only holds what was asked for."""
    return MediaStore(settings.state_dir / name, None if settings.objects == "folder" else objects)


def make_tracker(settings: Settings) -> Kuaidi100 | Kdniao | NoTracker:
    """Whoever tells where parcels are."""
    if settings.tracker == "kuaidi100":
        known = settings.kuaidi100_customer, settings.kuaidi100_key.get_secret_value()
        salt = settings.kuaidi100_salt.get_secret_value()
        callback = settings.kuaidi100_callback_url or f"{settings.public_base_url}/webhooks/kuaidi100"
        return Kuaidi100(Kuaidi100Config(settings.kuaidi100_base, *known, salt, callback))
    if settings.tracker == "kdniao":
        key = settings.kdniao_key.get_secret_value()
        return Kdniao(KdniaoConfig(settings.kdniao_base, settings.kdniao_id, key, settings.kdniao_paid))
    return NoTracker()


def make_push_gate(settings: Settings) -> PushGate | None:
    """What opens WeChat's message push."""
    token, key = settings.wechat_push_token.get_secret_value(), settings.wechat_push_aes_key.get_secret_value()
    return PushGate(token, key, settings.wechat_appid) if token and key else None


def _pay_config(settings: Settings) -> WechatPayConfig:
    return WechatPayConfig(
        base_url=settings.wxpay_api_base,
        appid=settings.wechat_appid,
        mchid=settings.wxpay_mchid,
        serial_no=settings.wxpay_serial_no,
        private_key_pem=settings.wxpay_private_key.get_secret_value(),
        apiv3_key=settings.wxpay_apiv3_key.get_secret_value(),
        platform_keys={settings.wxpay_public_key_id: settings.wxpay_public_key.get_secret_value()},
    )


def _api_config(settings: Settings) -> WechatApiConfig:
    return WechatApiConfig(
        base_url=settings.wechat_api_base,
        appid=settings.wechat_appid,
        secret=settings.wechat_secret.get_secret_value(),
    )
