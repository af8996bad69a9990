"""Everything a process opens once and closes at the end; the API and the worker open the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis

from domain import community, media, messages
from domain.base import clock
from domain.crypto import Keyring, signer, vault
from domain.flash import Entrance
from domain.orders.desk import PlacingDesk
from domain.payments import Gateway
from domain.settlement import Clearing
from integrations.cashier import DirectCashier, WechatCashier
from integrations.clearing import DirectClearing, WechatClearing
from integrations.express import Kdniao, KdniaoConfig, Kuaidi100, Kuaidi100Config, NoTracker
from integrations.identity import WechatLogin
from integrations.judging import WechatJudge
from integrations.messenger import WechatMessenger
from integrations.parcels import WechatParcels
from integrations.scenes import WechatCodes
from integrations.topics import RedisTopics
from integrations.turnstile import Turnstile
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
from server.files import Files
from server.late import Late
from server.near import Near
from server.posters import PosterDesk
from server.rates import Rates
from server.receiving import UploadDesk
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
    messenger: WechatMessenger
    # Opens WeChat's message push; None where its keys are not set.
    push: PushGate | None
    indexer: Indexer
    viewers: Viewers
    files: Files
    counters: Counters
    traffic: Traffic
    rates: Rates
    admission: Admission
    deadlines: Deadlines
    late: Late


def _configure(settings: Settings) -> None:
    """What the rules know of the settings."""
    vault.configure(Keyring(settings.data_keyring, next(iter(settings.data_keyring)), settings.index_key_bytes))
    signer.configure(settings.trace_keyring)
    media.configure(settings.media_base_url or "")
    community.configure(is_open=settings.community)
    messages.configure({kind: template.id for kind, template in settings.message_templates.items()})


@asynccontextmanager
async def open_mall(settings: Settings) -> AsyncIterator[Mall]:
    """Connections are made on first use, so a server that is down delays nothing here."""
    _configure(settings)
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
        finder = await stack.enter_async_context(make_finder(settings, database, topics))
        indexer = await stack.enter_async_context(make_indexer(settings, database))
        counters, late = Counters(), Late(settings.rate_factor)
        traffic = Traffic(redis, counters)
        rates, admission, deadlines = Rates(redis), Admission(settings), Deadlines(settings)
        counters.watch("rates", rates.snapshot)
        counters.watch("rooms", admission.snapshot)
        counters.watch("late", late.snapshot)
        files, placing = Files.of(settings), PlacingDesk(database)
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
            uploads=UploadDesk(database, files),
            entrance=Entrance(database, Turnstile(redis)),
            posters=PosterDesk(database, WechatCodes(api), files.pictures),
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
            messenger=make_messenger(settings, api),
            push=make_push_gate(settings),
            indexer=indexer,
            viewers=Viewers(database, redis, Near(topics, settings.near_seconds)),
            files=files,
            counters=counters,
            traffic=traffic,
            rates=rates,
            admission=admission,
            deadlines=deadlines,
            late=late,
        )


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


def make_messenger(settings: Settings, api: WechatApi) -> WechatMessenger:
    """What carries subscribe messages; they open the release that is tried out where the mall is."""
    state = "formal" if settings.env == "production" else "developer"
    return WechatMessenger(api, settings.message_templates, state)


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
