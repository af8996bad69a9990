"""The first level: within its bounds whatever is asked, and never with a way to what is gone."""

from __future__ import annotations

from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from server.responses.kept import OVERHEAD, Cached, Entry
from server.responses.memory import LARGEST_BODY, LONGEST_RAW, MOST_RAWS, Memory

KEYS = [b"key-%d" % number for number in range(30)]
TAGS = ["Product", "Merchant", "Product:1", "Product:2"]


def entry(key: bytes, size: int = 10, tags: frozenset[str] = frozenset(), dead_at: float = 100.0) -> Entry:
    return Entry(Cached.of(key, b"x" * size), tags, fresh_until=dead_at, dead_at=dead_at)


class Machine(RuleBasedStateMachine):
    """Everything that can be done, in any order. `shown` is what a plain dictionary would know of each key."""

    def __init__(self) -> None:
        super().__init__()
        self.memory = Memory(most_entries=12, most_bytes=15 * OVERHEAD)
        self.shown: dict[bytes, Entry] = {}
        self.raws: dict[bytes, bytes] = {}

    @rule(key=st.sampled_from(KEYS), size=st.integers(0, 2000), tags=st.frozensets(st.sampled_from(TAGS)))
    def put(self, key: bytes, size: int, tags: frozenset[str]) -> None:
        self.shown[key] = entry(key, size, tags)
        self.memory.put(self.shown[key])

    @rule(key=st.sampled_from(KEYS))
    def get(self, key: bytes) -> None:
        found = self.memory.get(key, 0.0)
        assert found is None or found is self.shown[key]

    @rule(key=st.sampled_from(KEYS), raw=st.binary(min_size=1, max_size=3))
    def remember(self, key: bytes, raw: bytes) -> None:
        # The same bytes are always the same question.
        self.memory.remember(raw, self.raws.setdefault(raw, key))

    @rule(tags=st.frozensets(st.sampled_from(TAGS)))
    def drop(self, tags: frozenset[str]) -> None:
        self.memory.drop(tags)
        assert all(found.tags.isdisjoint(tags) for found in self.held())
        assert all(found.tags.isdisjoint(tags) for found in self.memory.by_raw.values())

    @rule()
    def clear(self) -> None:
        self.memory.clear()
        assert self.held() == []

    def held(self) -> list[Entry]:
        return [found for key in KEYS if (found := self.memory.get(key, 0.0))]

    @invariant()
    def is_bounded_and_counted(self) -> None:
        held = [*self.memory._new.values(), *self.memory._proven.values()]
        assert len(held) == len(self.memory) <= 12
        assert self.memory.bytes == sum(each.size for each in held) <= 15 * OVERHEAD
        assert self.memory._new_bytes == sum(each.size for each in self.memory._new.values())

    @invariant()
    def leads_to_nothing_that_is_gone(self) -> None:
        held = {*self.memory._new.values(), *self.memory._proven.values()}
        assert set(self.memory.by_raw.values()) <= held
        assert all(self.raws[raw] == found.cached.key for raw, found in self.memory.by_raw.items())
        tagged = {each for found in self.memory._tagged.values() for each in found}
        assert tagged == {each for each in held if each.tags}


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_a_crawler_does_not_push_out_what_is_asked_for_again() -> None:
    memory = Memory(most_entries=20)
    for key in KEYS[:5]:
        memory.put(entry(key))
        memory.get(key, 0.0)
    for number in count():
        memory.put(entry(b"crawled-%d" % number))
        if number == 500:
            break
        if number % 50 == 0:
            assert all(memory.get(key, 0.0) for key in KEYS[:5])
    assert len(memory) == 20


def test_what_is_not_asked_for_any_more_goes_in_the_end() -> None:
    memory = Memory(most_entries=20)
    memory.put(entry(b"old"))
    memory.get(b"old", 0.0)
    for number in range(200):
        memory.put(entry(b"%d" % number))
        memory.get(b"%d" % number, 0.0)
    assert memory.get(b"old", 0.0) is None


def test_a_dead_answer_is_gone() -> None:
    memory = Memory()
    memory.put(entry(b"key", dead_at=10))
    memory.remember(b"raw", b"key")
    assert memory.get(b"key", 9.9)
    assert memory.get(b"key", 10) is None
    assert (len(memory), memory.bytes, memory.by_raw) == (0, 0, {})


def test_a_renewed_answer_takes_over_the_ways_to_it() -> None:
    memory = Memory()
    memory.put(entry(b"key", 5))
    memory.remember(b"raw", b"key")
    memory.put(renewed := entry(b"key", 6))
    assert memory.by_raw[b"raw"] is renewed


def test_ways_are_few_and_short_and_too_large_is_not_kept() -> None:
    memory = Memory()
    memory.put(entry(b"key"))
    for number in range(50):
        memory.remember(b"%d" % number, b"key")
    memory.remember(b"x" * (LONGEST_RAW + 1), b"key")
    assert len(memory.by_raw) == MOST_RAWS
    memory.put(entry(b"large", LARGEST_BODY + 1))
    assert memory.get(b"large", 0.0) is None


def test_a_shortened_life_ends_when_it_is_said() -> None:
    memory = Memory()
    memory.put(entry(b"key", dead_at=100))
    memory.shorten(5.0)
    assert memory.get(b"key", 4.9)
    assert memory.get(b"key", 5.0) is None
