"""`make run`: everything the mall needs, started in order on this machine, watched, and stopped together."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import FrameType

from server.embedded.process import end_leftover, log_tail, port_owner, remembered_port
from server.embedded.program import Program
from server.embedded.servers import Servers, Unit
from server.embedded.state import StateDir, Trouble, default_state_dir
from server.frontends import Builder
from server.migrate import migrate
from server.progress import Progress
from server.secrets import ADDRESSES, express_simulator, fill_environment
from server.seeding import demo_accounts, introduce, is_empty, seed_in_child
from server.settings import Settings, SettingsRefused, load_settings

PROGRAMS = ("api", "worker", "wxsim")
FIRST_PAUSE = 0.5  # seconds before a program that died is started again; doubled each time, up to the last
LAST_PAUSE = 30.0
GOOD_WHILE = 60.0  # seconds a program must live for its earlier deaths to be forgotten


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, SIGTERM or a closed terminal."""


def run() -> int:
    """Runs until stopped. Returns the exit code: 0 after a clean stop, 1 after a trouble that was told."""
    progress = Progress()
    supervisor = Supervisor(StateDir(default_state_dir()), progress)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        supervisor.start()
        supervisor.watch()
    except Stopped:
        progress.say("Stopping …")
        return 0
    except (Trouble, SettingsRefused) as trouble:
        progress.say(f"✗ {trouble}")
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        supervisor.stop()
    return 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


class Supervisor:
    """Starts the servers, then the programs; restarts what dies; stops in the opposite order."""

    def __init__(self, state: StateDir, progress: Progress) -> None:
        self._state = state
        self._progress = progress
        self._builder = Builder(progress)
        self._servers: Servers | None = None
        self._programs: list[Program] = []
        self._watched: list[Watched] = []
        self._claimed = False
        self._began = time.monotonic()

    def start(self) -> None:
        if os.environ.get("MALL_ENV", "development") == "production":
            raise Trouble("`run` is for development; in production start `python -m server api` and `… worker`.")
        self._state.claim()
        self._claimed = True
        (self._state.path / ADDRESSES).unlink(missing_ok=True)  # those of a killed run lead nowhere
        for name in PROGRAMS:
            end_leftover(self._state, name)
        fill_environment(self._state)
        require_free_port(*_address())
        with ThreadPoolExecutor(1) as threads:
            pages = threads.submit(self._build)
            try:
                settings = self._prepare()
                self._wait_for(pages)
            except BaseException:
                self._builder.cancel()
                raise
        self._start_programs(settings)
        self._announce(settings)

    def watch(self) -> None:
        """Restarts what dies, for ever."""
        self._watched = [Watched(unit, self._state, self._progress.say) for unit in self._units()]
        while True:
            for watched in self._watched:
                watched.look()
            time.sleep(0.25)

    def stop(self) -> None:
        self._builder.cancel()
        for program in self._programs:
            program.ask_to_stop()
        for program in reversed(self._programs):
            program.stop()
        if self._servers:
            self._servers.stop()
        if self._claimed:
            (self._state.path / ADDRESSES).unlink(missing_ok=True)
            self._state.release()

    def _units(self) -> list[Unit]:
        return [*(self._servers.running if self._servers else []), *self._programs]

    def _build(self) -> None:
        if not os.environ.get("MALL_SKIP_FRONTENDS"):
            self._builder.build()

    def _wait_for(self, pages: Future[None]) -> None:
        while not pages.done():
            time.sleep(0.05)  # a plain result() would not be interrupted by a signal
        pages.result()

    def _prepare(self) -> Settings:
        simulator = f"http://127.0.0.1:{self._start_simulator()}"
        self._servers = Servers(self._state, self._progress, os.environ["MEILI_MASTER_KEY"])
        self._servers.start()
        addresses = {**self._servers.addresses, "WECHAT_API_BASE": simulator, "WXPAY_API_BASE": simulator}
        addresses |= express_simulator(simulator)
        self._state.write(ADDRESSES, addresses)
        fill_environment(self._state)
        settings = load_settings()
        with self._progress.step("Bringing the database up to date"):
            migrate(settings.database_url)
        if not os.environ.get("MALL_SKIP_DEMO") and is_empty(settings):
            with self._progress.step("Making the demo data") as step:
                seed_in_child(self._state, step)
        return settings

    def _start_simulator(self) -> int:
        """It needs none of the servers, so it loads while they start."""
        folder = self._state.path / "wxsim"
        folder.mkdir(exist_ok=True)
        port = remembered_port(folder)
        mall = os.environ.get("PUBLIC_BASE_URL") or f"http://127.0.0.1:{os.environ.get('MALL_PORT') or 8000}"
        told = ["--push-url", f"{mall.rstrip('/')}/webhooks/wechat"]
        self._start_program("wxsim", ["wxsim", "--port", str(port), "--state", str(folder), *told], port)
        return port

    def _start_programs(self, settings: Settings) -> None:
        with self._progress.step("Starting the API, the worker and the WeChat simulator"):
            for program in self._programs:
                program.wait()
            introduce(settings)  # before the worker asks about what was paid
            started = [self._start_program("api", ["api"], settings.port), self._start_program("worker", ["worker"])]
            for program in started:
                program.wait()

    def _start_program(self, name: str, arguments: list[str], port: int | None = None) -> Program:
        program = Program(self._state, name, arguments, port=port)
        self._programs.append(program)
        program.start()
        return program

    def _announce(self, settings: Settings) -> None:
        base = settings.public_base_url
        say = self._progress.say
        say(f"\n昭通商城 runs after {time.monotonic() - self._began:.1f} s; Ctrl-C stops it. Files: {self._state.path}")
        say(f"  mall      {base}/")
        say(f"  platform  {base}/admin")
        say(f"  merchant  {base}/merchant")
        say(f"  GraphQL   {base}/graphql")
        if not os.environ.get("MALL_SKIP_DEMO"):
            for account in demo_accounts():
                say(f"  {account}")


class Watched:
    """One unit and its misfortunes."""

    def __init__(self, unit: Unit, state: StateDir, say: Callable[[str], None]) -> None:
        self._unit = unit
        self._state = state
        self._say = say
        self._pause = FIRST_PAUSE
        self._started = time.monotonic()
        self._next: float | None = None

    def look(self) -> None:
        """Called a few times a second: notices a death, and ends the pause after it."""
        if self._next is None and not self._unit.alive():
            self._plan()
        elif self._next is not None and time.monotonic() >= self._next:
            self._restart()

    def _plan(self) -> None:
        if time.monotonic() - self._started > GOOD_WHILE:
            self._pause = FIRST_PAUSE
        self._say(
            f"! {self._unit.name} has ended ({log_tail(self._state, self._unit.name, 200) or 'no last words'});"
            f" starting it again in {self._pause:g} s."
        )
        self._next = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, LAST_PAUSE)

    def _restart(self) -> None:
        self._next = None
        self._started = time.monotonic()
        try:
            self._unit.start()
        except Trouble as trouble:
            self._say(f"! {trouble}")
        else:
            self._say(f"✓ {self._unit.name} runs again.")


def _address() -> tuple[str, int]:
    port = os.environ.get("MALL_PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Trouble(f"MALL_PORT is {port}; it must be a port number from 1 to 65535.")
    return os.environ.get("MALL_HOST") or "127.0.0.1", int(port)


def require_free_port(host: str, port: int) -> None:
    """Refuses a port that somebody else has, and says who where the system tells."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Trouble(f"Port {port} is only for root; set MALL_PORT to a number above 1023.") from None
        except OSError as error:
            owner = port_owner(port)
            by = f" by {owner}" if owner else ""
            if not owner and error.errno != 98:
                raise Trouble(f"MALL_HOST {host} is no address of this machine; set it to 127.0.0.1.") from None
            raise Trouble(f"Port {port} is taken{by}; stop that program or set MALL_PORT to another port.") from None
