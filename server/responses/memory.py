"""The first level: answers in the memory of this process, bounded in number and in bytes.

Eviction is S3-FIFO without its ghosts (Yang and others, SOSP 2023): what is asked for once passes through a short queue
and leaves again, so a crawler that walks through all products does not push out the home page. A hit moves nothing; it
only marks the entry.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable

from server.responses.kept import Entry, Raw

MOST_ENTRIES = 5_000
MOST_BYTES = 64 * 1024 * 1024
# Of the bytes and of the number, for those that have not been asked for again.
SHARE_OF_NEW = 0.1
LARGEST_BODY = 512 * 1024
# Of request bodies: how many lead to one entry, and how long each may be.
MOST_RAWS = 8
LONGEST_RAW = 4096


class Memory:
    """Entries by key, by request body and by tag."""

    def __init__(self, most_entries: int = MOST_ENTRIES, most_bytes: int = MOST_BYTES) -> None:
        self._most_entries = most_entries
        self._most_bytes = most_bytes
        self._new: OrderedDict[bytes, Entry] = OrderedDict()
        self._proven: OrderedDict[bytes, Entry] = OrderedDict()
        self._tagged: defaultdict[str, set[Entry]] = defaultdict(set)
        # Read on every request: the endpoint's look-up before anything is parsed.
        self.by_raw: dict[Raw, Entry] = {}
        self.bytes = 0
        self._new_bytes = 0
        self.evicted = 0

    def __len__(self) -> int:
        return len(self._new) + len(self._proven)

    def get(self, key: bytes, now: float) -> Entry | None:
        """The entry while it may be handed out, fresh or stale."""
        entry = self._new.get(key) or self._proven.get(key)
        if entry is None:
            return None
        if now >= entry.dead_at:
            self._remove(entry)
            return None
        entry.used = True
        return entry

    def put(self, entry: Entry) -> None:
        """Keeps the entry in place of an older one of its key, which leaves it the request bodies that led to it."""
        if len(entry.cached.body) > LARGEST_BODY:
            return
        old = self._new.get(entry.cached.key) or self._proven.get(entry.cached.key)
        if old is not None:
            self._remove(old)
            entry.raws = old.raws
        self._add(entry, proven=old is not None and old.used)
        for raw in entry.raws:
            self.by_raw[raw] = entry
        for tag in entry.tags:
            self._tagged[tag].add(entry)
        self._make_room()

    def remember(self, raw: Raw, key: bytes) -> None:
        """From now on this request body leads to that entry, as long as it is here."""
        entry = self._new.get(key) or self._proven.get(key)
        if entry is None or len(raw) > LONGEST_RAW or len(entry.raws) >= MOST_RAWS or raw in self.by_raw:
            return
        entry.raws.append(raw)
        self.by_raw[raw] = entry
        self._weigh(entry, len(raw))
        self._make_room()

    def drop(self, tags: Iterable[str]) -> int:
        """Forgets everything that shows one of these; how many entries it was."""
        found = {entry for tag in tags for entry in self._tagged.get(tag, ())}
        for entry in found:
            self._remove(entry)
        return len(found)

    def clear(self) -> int:
        found = len(self)
        for table in (self._new, self._proven, self._tagged, self.by_raw):
            table.clear()
        self.bytes = self._new_bytes = 0
        return found

    def shorten(self, until: float) -> None:
        """Nothing that is here now is handed out beyond this moment."""
        for table in (self._new, self._proven):
            for entry in table.values():
                entry.fresh_until = min(entry.fresh_until, until)
                entry.dead_at = min(entry.dead_at, until)

    # ------------------------------------------------------------------------------------------ room
    def _make_room(self) -> None:
        while self.bytes > self._most_bytes or len(self) > self._most_entries:
            if self._is_crowded_with_new() or not self._proven:
                self._pass_new()
            else:
                self._pass_proven()

    def _is_crowded_with_new(self) -> bool:
        most_bytes, most_entries = self._most_bytes * SHARE_OF_NEW, self._most_entries * SHARE_OF_NEW
        return self._new_bytes > most_bytes or len(self._new) > most_entries

    def _pass_new(self) -> None:
        entry = next(iter(self._new.values()))
        if entry.used:
            self._unqueue(entry)
            self._add(entry, proven=True)
        else:
            self._remove(entry)
            self.evicted += 1

    def _pass_proven(self) -> None:
        entry = next(iter(self._proven.values()))
        if entry.used:
            entry.used = False
            self._proven.move_to_end(entry.cached.key)
        else:
            self._remove(entry)
            self.evicted += 1

    def _add(self, entry: Entry, *, proven: bool) -> None:
        entry.used = False
        (self._proven if proven else self._new)[entry.cached.key] = entry
        self._weigh(entry, entry.size)

    def _unqueue(self, entry: Entry) -> None:
        self._weigh(entry, -entry.size)
        self._new.pop(entry.cached.key, None)
        self._proven.pop(entry.cached.key, None)

    def _weigh(self, entry: Entry, change: int) -> None:
        self.bytes += change
        if entry.cached.key in self._new:
            self._new_bytes += change

    def _remove(self, entry: Entry) -> None:
        self._unqueue(entry)
        for raw in entry.raws:
            self.by_raw.pop(raw, None)
        for tag in entry.tags:
            if found := self._tagged.get(tag):
                found.discard(entry)
                if not found:
                    del self._tagged[tag]
