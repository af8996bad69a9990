"""Personal data at rest, sealed with AES-256-GCM and found again through a blind index (PIPL Art. 51); signatures."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


@dataclass(frozen=True)
class Keyring:
    """Keys by number; `current` seals, all of them open. `index` is the separate key of the blind index."""

    keys: Mapping[int, bytes]
    current: int
    index: bytes


class Vault:
    """Seals and opens column values. Bound to table, column and row, so that sealed values cannot be swapped."""

    def __init__(self) -> None:
        self._ring: Keyring | None = None
        # A key's schedule is worked out once, not for every value.
        self._ciphers: dict[int, AESGCM] = {}

    def configure(self, ring: Keyring) -> None:
        """Called once when the process starts."""
        self._ring = ring
        self._ciphers = {}

    @property
    def ring(self) -> Keyring:
        if self._ring is None:
            raise RuntimeError("the vault has no keys: configure it before personal data is touched")
        return self._ring

    def seal(self, value: str, *, table: str, column: str, row: UUID) -> bytes:
        return self.seal_all({column: value}, table=table, row=row)[column]

    def open(self, sealed: bytes, *, table: str, column: str, row: UUID) -> str:
        """The value; InvalidTag when it was sealed for another place."""
        return self._opened(sealed, _place(table, column, str(row)))

    def seal_all(self, values: Mapping[str, str], *, table: str, row: UUID) -> dict[str, bytes]:
        """Values of several columns of one row, sealed."""
        number, place = self.ring.current, str(row)
        cipher, mark, noise = self._cipher(number), bytes([number]), os.urandom(NONCE * len(values))
        sealed: dict[str, bytes] = {}
        for at, (column, value) in enumerate(values.items()):
            nonce = noise[at * NONCE : (at + 1) * NONCE]
            sealed[column] = mark + nonce + cipher.encrypt(nonce, value.encode(), _place(table, column, place))
        return sealed

    def open_all(self, sealed: Mapping[str, bytes], *, table: str, row: UUID) -> dict[str, str]:
        """Values of several columns of one row; InvalidTag when one was sealed for another place."""
        place = str(row)
        return {column: self._opened(value, _place(table, column, place)) for column, value in sealed.items()}

    def _opened(self, sealed: bytes, place: bytes) -> str:
        number, nonce, body = sealed[0], sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        return self._cipher(number).decrypt(nonce, body, place).decode()

    def _cipher(self, number: int) -> AESGCM:
        if number not in self._ciphers:
            self._ciphers[number] = AESGCM(self.ring.keys[number])
        return self._ciphers[number]

    def index(self, value: str, *, purpose: str) -> bytes:
        """The same value gives the same 16 bytes for one purpose, and tells nothing without the key."""
        return hmac.new(self.ring.index, f"{purpose}:{value}".encode(), hashlib.sha256).digest()[:16]


def _place(table: str, column: str, row: str) -> bytes:
    return f"{table}:{column}:{row}".encode()


def mask_phone(phone: str) -> str:
    """138****0001."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "****"


def mask_name(name: str) -> str:
    """王* — the family name stays."""
    return f"{name[:1]}{'*' * max(1, len(name) - 1)}"


class Signer:
    """Signs what the platform vouches for (Ed25519). The first key signs; what any of them signed is believed."""

    def __init__(self) -> None:
        self._keys: dict[int, Ed25519PrivateKey] = {}

    def configure(self, seeds: Mapping[int, bytes]) -> None:
        """Called once when the process starts."""
        self._keys = {number: Ed25519PrivateKey.from_private_bytes(seed) for number, seed in seeds.items()}

    def sign(self, message: bytes) -> tuple[int, bytes]:
        """The key's number and its signature."""
        if not self._keys:
            raise RuntimeError("there are no signing keys: configure them before anything is signed")
        number, key = next(iter(self._keys.items()))
        return number, key.sign(message)

    @property
    def public_keys(self) -> dict[int, bytes]:
        """What anybody needs to check a signature, by the key's number."""
        return {number: key.public_key().public_bytes_raw() for number, key in self._keys.items()}


def signed_by(key: bytes | None, signature: bytes, message: bytes) -> bool:
    """Whether the owner of this public key signed the message; no, where there is no key."""
    if key is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


vault = Vault()
signer = Signer()
