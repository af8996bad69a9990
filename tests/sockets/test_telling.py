"""Everybody is told the same for the price of one execution."""

from __future__ import annotations

from tests.sockets.conftest import Scene
from tests.sockets.island import Island, open_raw

NEWS = "subscription ($id: ID!) { orderChanged(id: $id) { id state total merchant { name } lines { title quantity } } }"


async def test_the_first_value_and_the_news(island: Island, scene: Scene) -> None:
    async with open_raw(island, await scene.token(scene.buyer)) as phone:
        await phone.subscribe("1", NEWS, id=str(scene.order))
        first = await phone.data("1")
        assert first["id"] == str(scene.order)
        await island.announce(scene.order)
        assert await phone.data("1") == first
        await phone.send({"id": "1", "type": "complete"})
        await island.announce(scene.order)
        await phone.quiet()
