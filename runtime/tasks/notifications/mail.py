"""`notifications.mail`: mail by SMTP."""

import contextlib
import re
import smtplib
import socket
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from mimetypes import guess_type
from pathlib import Path
from ssl import CERT_NONE, SSLContext, create_default_context
from typing import Annotated, Literal

from pydantic import Field

from runtime.flows.types import Properties
from runtime.tasks.core.http_options import Upper
from runtime.tasks.notifications.slack import summary
from runtime.tasks.properties import Seconds, Text
from runtime.tasks.task import Run, TaskFailed, WorkTask
from runtime.tasks.threads import Stop, in_thread

_LARGEST = 25 << 20
_ADDRESSES = re.compile(r"[,;]")


class Attachment(Properties):
    name: Text
    uri: Text
    """The address of a stored file."""
    content_type: Text | None = None


class MailTask(WorkTask):
    """What both mail tasks share. `transportStrategy` SMTP means plain text, SMTPS encrypted from
    the first byte, SMTP_TLS encrypted by STARTTLS."""

    host: Text
    port: int = 587
    username: Text | None = None
    password: Text | None = None
    from_: Text = Field(alias="from")
    to: Text
    """One or several addresses, with commas between."""
    cc: Text | None = None
    bcc: Text | None = None
    reply_to: Text | None = None
    subject: Text | None = None
    transport_strategy: Annotated[Literal["SMTP", "SMTPS", "SMTP_TLS"], Upper] = "SMTP_TLS"
    trust_all_certificates: bool = False
    session_timeout: Seconds = 30.0
    attachments: list[Attachment] = Field(default_factory=list)

    async def send(self, run: Run, text: str | None, html: str | None) -> None:
        message = self._message(text, html)
        await self._attach(run, message)
        to = [a for part in (self.to, self.cc, self.bcc) for a in _addresses(part)]
        try:
            await in_thread(lambda stop: self._deliver(message, to, stop))
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise TaskFailed(
                f"The mail cannot be sent by {self.host}:{self.port}: {error}"
            ) from error

    def _deliver(self, message: EmailMessage, to: list[str], stop: Stop) -> None:
        """Blocking; ended by closing the connection."""
        with self._connected() as client:
            stop.interrupts(lambda: _hang_up(client))
            stop.check()
            if self.transport_strategy == "SMTP_TLS":
                client.starttls(context=self._tls())
            if self.username:
                client.login(self.username, self.password or "")
            client.send_message(message, to_addrs=to)

    def _connected(self) -> smtplib.SMTP:
        if self.transport_strategy == "SMTPS":
            return smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.session_timeout, context=self._tls()
            )
        return smtplib.SMTP(self.host, self.port, timeout=self.session_timeout)

    def _tls(self) -> SSLContext:
        context = create_default_context()
        if self.trust_all_certificates:
            context.check_hostname = False
            context.verify_mode = CERT_NONE
        return context

    def _message(self, text: str | None, html: str | None) -> EmailMessage:
        message = EmailMessage()
        try:
            message["From"] = self.from_
            message["To"] = ", ".join(_addresses(self.to))
            if self.cc:
                message["Cc"] = ", ".join(_addresses(self.cc))
            if self.reply_to:
                message["Reply-To"] = self.reply_to
            message["Subject"] = self.subject or ""
        except (ValueError, MessageError) as error:
            raise TaskFailed(f"The mail's header cannot be written: {error}") from error
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain="flowdeck")
        message.set_content(text or "")
        if html:
            message.add_alternative(html, subtype="html")
        return message

    async def _attach(self, run: Run, message: EmailMessage) -> None:
        size = 0
        for number, attachment in enumerate(self.attachments):
            path = run.directory / f".attachment-{number}"
            size += await run.files.fetch(attachment.uri, path)
            if size > _LARGEST:
                raise TaskFailed(f"The attachments have more than {_LARGEST >> 20} MB.")
            kind = attachment.content_type or guess_type(attachment.name)[0] or ""
            main, _, sub = kind.partition("/")
            message.add_attachment(
                path.read_bytes(),
                maintype=main if sub else "application",
                subtype=sub or "octet-stream",
                filename=Path(attachment.name).name,
            )
            path.unlink()


class MailSend(MailTask):
    """Send a mail, as plain text and as HTML where it is given."""

    type_name = "io.kestra.plugin.notifications.mail.MailSend"
    aliases = ("io.kestra.plugin.email.MailSend",)

    plain_text_content: Text | None = None
    html_text_content: Text | None = None

    async def run(self, run: Run) -> None:
        await self.send(run, self.plain_text_content, self.html_text_content)


class MailExecution(MailTask):
    """Send a mail about an execution; see SlackExecution."""

    type_name = "io.kestra.plugin.notifications.mail.MailExecution"
    aliases = ("io.kestra.plugin.email.MailExecution",)

    execution_id: Text | None = None
    custom_message: Text | None = None

    async def run(self, run: Run) -> None:
        await self.send(run, self.custom_message or summary(run, self.execution_id), None)


def _addresses(text: str | None) -> list[str]:
    return [part.strip() for part in _ADDRESSES.split(text or "") if part.strip()]


def _hang_up(client: smtplib.SMTP) -> None:
    """Wake the thread that waits for the server's answer."""
    if client.sock is not None:
        with contextlib.suppress(OSError):
            client.sock.shutdown(socket.SHUT_RDWR)
