import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from runtime.tasks.task import TaskFailed
from tests.support.mail_server import MailServer, mail_server
from tests.support.running import FakeRun

SEND = "io.kestra.plugin.notifications.mail.MailSend"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as found:
        yield found


def letter(server: MailServer, **more: object) -> dict[str, Any]:
    return {
        "host": "127.0.0.1",
        "port": server.port,
        "transportStrategy": "SMTP",
        "from": "flows@example.com",
        "to": "Ada <ada@example.com>, bob@example.com",
        "subject": "Zoë is done",
        **more,
    }


async def test_a_mail_is_sent_to_everybody(run: FakeRun, server: MailServer) -> None:
    await run.do(
        SEND,
        **letter(
            server,
            cc="cc@example.com",
            bcc="bcc@example.com",
            htmlTextContent="<b>Done</b>",
            plainTextContent="Done",
        ),
    )
    (mail,) = server.mails
    everybody = ["ada@example.com", "bob@example.com", "cc@example.com", "bcc@example.com"]
    assert server.recipients == everybody
    assert (mail["subject"], mail["cc"], mail["bcc"]) == ("Zoë is done", "cc@example.com", None)
    parts = {part.get_content_type(): part.get_content().strip() for part in mail.iter_parts()}
    assert parts == {"text/plain": "Done", "text/html": "<b>Done</b>"}


async def test_stored_files_are_attached(run: FakeRun, server: MailServer) -> None:
    uri = await run.store("x.csv", b"a,b\n")
    await run.do(
        SEND,
        **letter(server, plainTextContent="See", attachments=[{"name": "rows.csv", "uri": uri}]),
    )
    (attached,) = server.mails[0].iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("rows.csv", "text/csv")
    assert attached.get_payload(decode=True) == b"a,b\n"


async def test_a_header_cannot_be_smuggled_in(run: FakeRun, server: MailServer) -> None:
    with pytest.raises(TaskFailed, match="header cannot be written"):
        await run.do(SEND, **letter(server, subject="x\r\nBcc: evil@example.com"))
    assert server.mails == []


async def test_a_refusal_says_what_the_server_said(run: FakeRun, server: MailServer) -> None:
    server.refuses = True
    with pytest.raises(TaskFailed, match="no such mailbox"):
        await run.do(SEND, **letter(server))


async def test_a_server_that_falls_silent_is_left_when_the_task_is_cancelled(
    run: FakeRun, server: MailServer
) -> None:
    server.silent_after_greeting = True
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await run.do(SEND, **letter(server))
    assert time.monotonic() - start < 5


async def test_a_server_that_is_away_is_named(run: FakeRun, server: MailServer) -> None:
    with pytest.raises(TaskFailed, match=r"cannot be sent by 127\.0\.0\.1:1"):
        await run.do(SEND, **letter(server, port=1))
