"""A small SMTP server on loopback that keeps what it is sent (RFC 5321, what clients need)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    port: int = 0
    refuses: bool = False
    silent_after_greeting: bool = False
    recipients: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test\r\n")
        while line := await reader.readline():
            if self.silent_after_greeting:
                continue
            command = line.decode().strip()
            writer.write(await self._answer(command, reader, writer))
            if command.upper() == "QUIT":
                break
        writer.close()

    async def _answer(
        self, command: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bytes:
        match command.split(":")[0].split(" ")[0].upper():
            case "RCPT" if self.refuses:
                return b"550 no such mailbox\r\n"
            case "RCPT":
                self.recipients.append(command.partition("<")[2].partition(">")[0])
            case "DATA":
                writer.write(b"354 go on\r\n")
                data = (await reader.readuntil(b"\r\n.\r\n"))[:-3]
                self.mails.append(message_from_bytes(data, policy=policy.default))
            case "QUIT":
                return b"221 bye\r\n"
        return b"250 fine\r\n"


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    found = MailServer()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    async with server:
        found.port = server.sockets[0].getsockname()[1]
        yield found
