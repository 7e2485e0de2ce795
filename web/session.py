"""Who asks: a token, when one is set, makes a Viewer; nothing else is let in."""

import hmac
from collections.abc import Mapping
from http.cookies import SimpleCookie
from importlib.metadata import version

from resolvers.viewer import Viewer
from runtime.config import Settings

COOKIE = "flowdeck_token"
VERSION = version("flowdeck")


class Doorkeeper:
    """Knows the token of this installation; without one everybody on this machine may come in."""

    def __init__(self, settings: Settings) -> None:
        self._token = settings.token
        self._viewer = Viewer(None, VERSION, settings.environment)
        self.stranger = Viewer(None, VERSION, None)
        """Stands for a socket's caller until `connection_init` says who it is."""

    @property
    def is_open(self) -> bool:
        return self._token is None

    def viewer(self, headers: Mapping[str, str]) -> Viewer | None:
        """By `Authorization: Bearer …` or by the cookie of a browser; None for strangers."""
        if self._token is None:
            return self._viewer
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.knows(shown.strip()):
            return self._viewer
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        return self._viewer if cookie is not None and self.knows(cookie.value) else None

    def viewer_of(self, payload: object) -> Viewer | None:
        """By the payload of `connection_init`: `token`, or `authorization` as a header has it."""
        if not isinstance(payload, dict):
            return None
        token = payload.get("token")
        written = str(payload.get("authorization") or payload.get("Authorization") or "")
        scheme, _, rest = written.partition(" ")
        bearer = rest if scheme.lower() == "bearer" else written
        shown = str(token) if token else bearer.strip()
        return self._viewer if self.is_open or self.knows(shown) else None

    def knows(self, token: str) -> bool:
        """Whether this is the token; takes as long for a wrong one."""
        return self._token is not None and hmac.compare_digest(token.encode(), self._token.encode())
