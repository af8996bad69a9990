"""WeChat's content security in memory, behind the port."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from domain.base import Unavailable
from domain.moderation import CannotJudge, Judged, Scene
from models.moderation import Verdict


@dataclass
class FakeJudge:
    """`says`: a verdict for texts that hold a word. `down`: no answer at all; `away`: it will not judge anybody."""

    says: dict[str, tuple[Verdict, int]] = field(default_factory=dict)
    down: bool = False
    pictures_down: bool = False
    away: bool = False
    texts: list[tuple[str, str, Scene]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    async def judge_text(self, text: str, *, openid: str, scene: Scene) -> Judged:
        self._enter(self.down)
        self.texts.append((text, openid, scene))
        for word, (verdict, label) in self.says.items():
            if word in text:
                return Judged(verdict, label, (word,))
        return Judged(Verdict.PASS, 100)

    async def ask_about_picture(self, path: str, *, openid: str, scene: Scene) -> str:
        self._enter(self.down or self.pictures_down)
        self.pictures.append(path)
        return f"trace-{next(self._numbers)}"

    def _enter(self, down: bool) -> None:
        if self.away:
            raise CannotJudge("61010")
        if down:
            raise Unavailable("内容检测暂时没有响应")
