"""A SOCKS5 proxy on loopback (RFC 1928, 1929) that counts what goes through it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Socks:
    """`targets` are the hosts and ports that were asked for, `users` who asked."""

    port: int = 0
    targets: list[tuple[str, int]] = field(default_factory=list)
    users: list[tuple[str, str]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        writer.write(b"\5\2" if 2 in methods else b"\5\0")
        if 2 in methods:
            await reader.readexactly(1)
            user = (await _counted(reader), await _counted(reader))
            self.users.append(user)
            writer.write(b"\1\0")
        _, _, _, kind = await reader.readexactly(4)
        host = ".".join(map(str, await reader.readexactly(4))) if kind == 1 else None
        host = host or await _counted(reader)
        port = int.from_bytes(await reader.readexactly(2))
        self.targets.append((host, port))
        there_reader, there_writer = await asyncio.open_connection(host, port)
        writer.write(b"\5\0\0\1" + bytes(6))
        await asyncio.gather(_pass_on(reader, there_writer), _pass_on(there_reader, writer))


async def _counted(reader: asyncio.StreamReader) -> str:
    return (await reader.readexactly((await reader.readexactly(1))[0])).decode()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def socks_proxy() -> AsyncIterator[Socks]:
    socks = Socks()
    server = await asyncio.start_server(socks.serve, "127.0.0.1", 0)
    socks.port = server.sockets[0].getsockname()[1]
    async with server:
        yield socks
