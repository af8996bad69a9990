"""For a mall without a contract with a tracking service: parcels are sent, nobody tells where they are."""

from __future__ import annotations

from domain.delivery import Track


class NoTracker:
    async def aclose(self) -> None:
        return None

    async def subscribe(self, carrier: str, tracking_number: str, phone_tail: str) -> bool:
        return False

    async def query(self, carrier: str, tracking_number: str, phone_tail: str) -> Track | None:
        return None
