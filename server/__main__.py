"""The mall's command line: `python -m server COMMAND`."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from server.embedded.process import end_leftover
from server.embedded.program import die_with_supervisor
from server.embedded.state import MARKER, StateDir, Trouble, default_state_dir
from server.secrets import ADDRESSES, fill_environment
from server.settings import Settings, SettingsRefused, load_settings


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns 0, or 1 after a trouble that was told in a sentence."""
    die_with_supervisor()
    asked, rest = _parser().parse_known_args(arguments)
    if rest and asked.command != "wxsim":
        _parser().error(f"unknown argument {rest[0]}")
    asked.rest = rest
    try:
        return int(asked.function(asked) or 0)
    except (Trouble, SettingsRefused) as trouble:
        print(trouble, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description="昭通商城: starts it and looks after it.")
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, function: Callable[[argparse.Namespace], int | None], sentence: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=sentence, description=sentence)
        command.set_defaults(function=function)
        return command

    add("run", _run, "Start everything on this machine, with embedded servers and demo data.")
    api = add("api", _api, "Serve the API and the pages.")
    api.add_argument("--workers", type=int, default=1, help="processes that share the port (default 1)")
    add("worker", _worker, "Run the jobs: outbox relay, timers, reconciliation.")
    add("migrate", _migrate, "Bring the database to the newest schema.")
    seed = add("seed", _seed, "Fill an empty database with the demo data.")
    seed.add_argument("--scale", type=int, default=0, help="add N times 20,000 products and 200,000 orders")
    seed.add_argument("--tell", action="store_true", help="tell the progress as lines of JSON, for another program")
    ledger = add("ledger", _ledger, "Write into the ledger what happened before it was there, and check it.")
    ledger.add_argument("--check", action="store_true", help="write nothing; fail if the ledger differs")
    traces = add("traces", _traces, "Make today's anchor over what was recorded of lots, or check all of it.")
    traces.add_argument("--check", action="store_true", help="write nothing; fail if anything was changed")
    traces.add_argument("--kept", default="", help="DAY:ROOT of an anchor noted elsewhere, to check against")
    recall = add("recall", _recall, "Recall a lot: stop its goods, tell the buyers, give the money back.")
    recall.add_argument("number", help="the lot's number")
    recall.add_argument("--reason", default="", help="what buyers are told; without it nothing is done, only counted")
    add("forget", _forget, "End all kept answers, after rows were changed by hand.")
    add("reset", _reset, "Delete the state directory, after asking; YES=1 answers.")
    schema = add("schema", _schema, "Write schema/schema.graphql and schema/partner.graphql from the code.")
    schema.add_argument("--check", action="store_true", help="write nothing; fail if the file differs")
    add("errors", _errors, "Write docs/errors.md from the code.")
    build = add("build", _build, "Install and build the two front ends.")
    build.add_argument("--install-only", action="store_true", help="install their packages and stop")
    add("wxsim", _wxsim, "Run the WeChat simulator (its own options follow).")
    return parser


def _load(target: str) -> Any:
    """A function by its address: each command loads only what it needs."""
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


def _development() -> bool:
    return os.environ.get("MALL_ENV", "development") == "development"


def _settings() -> Settings:
    if _development():
        state = StateDir(default_state_dir())
        state.prepare()
        fill_environment(state)
    try:
        return load_settings()
    except SettingsRefused as refused:
        if _development() and not os.environ.get("DATABASE_URL"):
            raise Trouble("No database is known; start the mall by `make run`, or set DATABASE_URL.") from refused
        raise


def _run(_asked: argparse.Namespace) -> int:
    return int(_load("server.run:run")())


def _api(asked: argparse.Namespace) -> None:
    settings = _settings()
    _load("uvicorn:run")(
        "server.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=asked.workers,
        timeout_graceful_shutdown=10,
        log_level="warning",
        **_load("server.sockets.serving:UVICORN"),
    )


def _worker(_asked: argparse.Namespace) -> None:
    _settings()
    _load("server.worker:main")()


def _forget(_asked: argparse.Namespace) -> None:
    _load("server.responses.forgetting:forget")(_settings())


def _wxsim(asked: argparse.Namespace) -> None:
    sys.argv = ["wxsim", *asked.rest]
    _load("integrations.wxsim.__main__:main")()


def _migrate(_asked: argparse.Namespace) -> None:
    with _reachable() as settings:
        _load("server.migrate:migrate")(settings.database_url)
        _load("server.seeding:ensure_reference")(settings)
        _load("server.ledger:catch_up")(settings)


def _ledger(asked: argparse.Namespace) -> int:
    with _reachable() as settings:
        if not asked.check:
            _load("server.ledger:catch_up")(settings, lambda many: print(f"{many} facts posted", flush=True))
        differences = _load("server.ledger:check")(settings)
    print("\n".join(differences) or "The ledger is right.")
    return 1 if differences else 0


def _traces(asked: argparse.Namespace) -> int:
    with _reachable() as settings:
        if not asked.check:
            print(_load("server.traces:anchor")(settings) or "Today's anchor was made already.")
            return 0
        differences = _load("server.traces:check")(settings, asked.kept)
    print("\n".join(differences) or "All chains are as they were recorded.")
    return 1 if differences else 0


def _recall(asked: argparse.Namespace) -> int:
    with _reachable() as settings:
        return int(_load("server.traces:recall")(settings, asked.number, asked.reason, print))


def _seed(asked: argparse.Namespace) -> None:
    with _reachable() as settings:
        seed = _load("server.seeding:seed")
        if asked.tell:
            seed(settings, lambda *what: print(json.dumps(what), flush=True), scale=asked.scale)
            return
        _load("server.migrate:migrate")(settings.database_url)
        with _load("server.progress:Progress")().step("Making the demo data") as step:
            seed(settings, step, scale=asked.scale)


@contextmanager
def _reachable() -> Iterator[Settings]:
    """Settings whose servers answer: those named or running, else embedded ones started for this command alone."""
    state = StateDir(default_state_dir())
    if not _development() or os.environ.get("DATABASE_URL") or state.in_use():
        yield _settings()
        return
    state.claim()
    (state.path / ADDRESSES).unlink(missing_ok=True)
    fill_environment(state)
    servers = _load("server.embedded.servers:Servers")(
        state, _load("server.progress:Progress")(), os.environ["MEILI_MASTER_KEY"]
    )
    try:
        servers.start()
        os.environ.update(servers.addresses)
        yield load_settings()
    finally:
        servers.stop()
        state.release()


def _reset(_asked: argparse.Namespace) -> int:
    state = StateDir(default_state_dir())
    if not state.path.exists():
        print(f"There is nothing to delete: {state.path} does not exist.")
        return 0
    state.claim()
    if os.environ.get("YES") != "1":
        if not sys.stdin.isatty():
            raise Trouble(f"This deletes {state.path} with all its data; set YES=1 to say that you mean it.")
        if input(f"Delete {state.path} with all its data? [y/N] ").strip().lower() not in ("y", "yes"):
            return 1
    for record in state.path.glob("*.process"):  # what a killed run left behind
        end_leftover(state, record.stem, signal.SIGINT if record.stem == "postgres" else signal.SIGTERM)
    for path in sorted(
        state.path.iterdir(), key=lambda path: path.name == MARKER
    ):  # the marker last, or a retry is refused
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    print(f"{state.path} is empty; `make run` starts over.")
    return 0


def _schema(asked: argparse.Namespace) -> int:
    return int(_load("server.sdl:write_or_check")(check=asked.check))


def _errors(_asked: argparse.Namespace) -> None:
    _load("server.errors:write")()


def _build(asked: argparse.Namespace) -> None:
    frontends = importlib.import_module("server.frontends")
    builder = frontends.Builder(_load("server.progress:Progress")())
    frontends.require_node()
    if asked.install_only:
        for front_end in frontends.FRONT_ENDS:
            builder.install(front_end)
    else:
        builder.build()


if __name__ == "__main__":
    sys.exit(main())
