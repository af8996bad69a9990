"""WeChat's message push: the settings its console shows, which open what it sends us."""

from __future__ import annotations

from pydantic import SecretStr

from server.sizes import setting
from server.stores import StoreSettings

PUSH_SECRETS = ("WECHAT_PUSH_TOKEN", "WECHAT_PUSH_AES_KEY")
AES_KEY_LETTERS = 43


class PushSettings(StoreSettings):
    """Without them no push is taken: pictures then wait for a person instead of WeChat's word."""

    wechat_push_token: SecretStr = setting(
        "WECHAT_PUSH_TOKEN", "the Token of WeChat's message push", default=SecretStr("")
    )
    wechat_push_aes_key: SecretStr = setting(
        "WECHAT_PUSH_AES_KEY", "the EncodingAESKey of WeChat's message push", default=SecretStr("")
    )


def push_faults(settings: PushSettings) -> list[str]:
    """What is half set, or not as WeChat's console shows it."""
    token, key = settings.wechat_push_token.get_secret_value(), settings.wechat_push_aes_key.get_secret_value()
    if bool(token) != bool(key):
        return ["WECHAT_PUSH_TOKEN and WECHAT_PUSH_AES_KEY belong together; set both or neither."]
    if key and len(key) != AES_KEY_LETTERS:
        return [f"WECHAT_PUSH_AES_KEY must be the {AES_KEY_LETTERS} letters of the EncodingAESKey."]
    return []
