"""Who tells where parcels are: the settings of the express tracking services."""

from __future__ import annotations

from typing import Literal

from pydantic import SecretStr

from server.pushes import PUSH_SECRETS, push_faults
from server.sizes import setting
from server.templates import TemplateSettings, template_faults

TRACKER_BASES = ("kuaidi100_base", "kuaidi100_callback_url", "kdniao_base")
TRACKER_SECRETS = ("KD100_KEY", "KD100_SALT", "KDNIAO_KEY", *PUSH_SECRETS)
SIMULATOR_EXPRESS = {"SIM0CUSTOMER0EXPRESS", "1900001"}
SHORTEST_SALT = 16


class TrackerSettings(TemplateSettings):
    """None is needed where nobody follows parcels; each service needs its own."""

    tracker: Literal["none", "kuaidi100", "kdniao"] = setting(
        "MALL_TRACKER", "who tells where parcels are: none, kuaidi100 or kdniao", default="none"
    )
    kuaidi100_base: str = setting("KD100_BASE", "the http(s) address of 快递100", default="https://poll.kuaidi100.com")
    kuaidi100_customer: str = setting("KD100_CUSTOMER", "the customer number at 快递100", default="")
    kuaidi100_key: SecretStr = setting("KD100_KEY", "the authorisation key at 快递100", default=SecretStr(""))
    kuaidi100_salt: SecretStr = setting(
        "KD100_SALT", "16 characters or more that only 快递100 is told, to sign its pushes", default=SecretStr("")
    )
    kuaidi100_callback_url: str | None = setting(
        "KD100_CALLBACK_URL",
        "the http(s) address to which 快递100 pushes, or nothing for /webhooks/kuaidi100 of the mall",
        default=None,
    )
    kdniao_base: str = setting("KDNIAO_BASE", "the http(s) address of 快递鸟", default="https://api.kdniao.com")
    kdniao_id: str = setting("KDNIAO_ID", "the business id at 快递鸟", default="")
    kdniao_key: SecretStr = setting("KDNIAO_KEY", "the AppKey at 快递鸟", default=SecretStr(""))
    kdniao_paid: bool = setting("KDNIAO_PAID", "1 to ask by the paid interface 8001, else 0", default=False)


def tracker_faults(settings: TrackerSettings, env: str) -> list[str]:
    """What is missing or not to be used, a sentence each."""
    production = env == "production"
    chosen, salt = settings.tracker, settings.kuaidi100_salt.get_secret_value()
    needed: dict[str, dict[str, str]] = {
        "kuaidi100": {
            "KD100_CUSTOMER": settings.kuaidi100_customer,
            "KD100_KEY": settings.kuaidi100_key.get_secret_value(),
            "KD100_SALT": salt if len(salt) >= SHORTEST_SALT else "",
        },
        "kdniao": {"KDNIAO_ID": settings.kdniao_id, "KDNIAO_KEY": settings.kdniao_key.get_secret_value()},
    }
    faults = [
        f"{name} is not set or too short; MALL_TRACKER={chosen} needs it."
        for name, value in needed.get(chosen, {}).items()
        if not value
    ]
    bases = {"kuaidi100": settings.kuaidi100_base, "kdniao": settings.kdniao_base}
    if production and not bases.get(chosen, "https://").startswith("https://"):
        faults.append(f"The address of {chosen} must be https in production.")
    if production and {settings.kuaidi100_customer, settings.kdniao_id} & SIMULATOR_EXPRESS:
        faults.append("The express simulator's customer is set; production needs your own.")
    return faults + push_faults(settings) + template_faults(settings, env)
