"""Files the platform keeps: announced, uploaded, finished, and a moment later ready to be shown."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from bot.playground.slack.people import BOT_USER, TEAM

PROCESSING_SECONDS = 0.05  # until an uploaded picture can be shown; on the platform it is a second or so
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}  # what image blocks show


@dataclass(eq=False)
class File:
    """One file, from its announcement on."""

    file_id: str
    name: str
    owner: str
    announced: int
    root: str
    title: str = ""
    alt: str = ""
    content: bytes | None = None
    media_type: str = ""  # empty until it is processed, as on the platform
    size: tuple[int, int] | None = None
    ready_at: float | None = None
    is_ready: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where its bytes are, for those who show a token."""
        return f"{self.root}/files-pri/{TEAM}-{self.file_id}/{self.name}"

    def as_json(self) -> dict[str, Any]:
        """Write the file as files.info does."""
        kind = self.media_type.rpartition("/")[2].replace("jpeg", "jpg")
        body: dict[str, Any] = {
            "id": self.file_id,
            "created": 1_700_000_000,
            "timestamp": 1_700_000_000,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.media_type,
            "filetype": kind,
            "pretty_type": kind.upper(),
            "user": self.owner,
            "user_team": TEAM,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "size": len(self.content or b""),
            "url_private": self.url,
            "url_private_download": f"{self.root}/files-pri/{TEAM}-{self.file_id}/download/{self.name}",
            "channels": [one for one in self.channels if one.startswith("C")],
            "ims": [one for one in self.channels if one.startswith("D")],
            "file_access": "visible",
        }
        if self.alt:
            body["alt_txt"] = self.alt
        if self.size is not None:
            body |= {"original_w": self.size[0], "original_h": self.size[1]}
        return body


class Files:
    """Every file of the workspace, by its id."""

    def __init__(
        self,
        public_url: str,
        *,
        clock: Callable[[], float],
        is_open: Callable[[str], bool],
    ) -> None:
        self.root = f"{public_url}/playground/slack"
        self.processing_seconds = PROCESSING_SECONDS
        self._clock = clock
        self._is_open = is_open  # whether the app is in a conversation
        self._files: dict[str, File] = {}
        self._uploads: dict[str, str] = {}

    def announce(self, name: str, length: int, *, alt: str = "") -> tuple[File, str]:
        """Expect a file from the app, and say where to bring it."""
        file = File(f"F{secrets.token_hex(5).upper()}", name, BOT_USER, length, self.root, alt=alt)
        self._files[file.file_id] = file
        ticket = secrets.token_urlsafe(18)
        self._uploads[ticket] = file.file_id
        return file, f"{self.root}/upload/{ticket}"

    def receive(self, ticket: str, content: bytes) -> bool:
        """Take the bytes of an announced file; tell whether they were expected."""
        file = self._files.get(self._uploads.get(ticket, ""))
        if file is None or len(content) != file.announced:
            return False
        del self._uploads[ticket]
        file.content = content
        return True

    def finish(self, file: File) -> None:
        """Begin to look at a file; a picture can be shown once that is done."""
        file.ready_at = self._clock() + self.processing_seconds

    def keep(self, name: str, content: bytes, *, owner: str) -> File:
        """Keep a file that a person sends; their app has long processed it."""
        file = File(f"F{secrets.token_hex(5).upper()}", name, owner, len(content), self.root, content=content)
        self._files[file.file_id] = file
        _process(file)
        return file

    def by_id(self, file_id: str) -> File | None:
        """Find a file, and finish looking at it if that has taken long enough."""
        file = self._files.get(file_id)
        if file is not None and not file.is_ready and file.ready_at is not None and self._clock() >= file.ready_at:
            _process(file)
        return file

    def by_url(self, url: str) -> File | None:
        """Find a file by its private address."""
        return next((self.by_id(file.file_id) for file in list(self._files.values()) if file.url == url), None)

    def is_showable(self, reference: Any) -> bool:
        """Tell whether an image block may show what its slack_file names."""
        if not isinstance(reference, dict):
            return False
        file = self.by_id(str(reference.get("id", ""))) or self.by_url(str(reference.get("url", "")))
        if file is None or not file.is_ready or file.size is None:
            return False
        return file.owner == BOT_USER or any(self._is_open(channel) for channel in file.channels)


def _process(file: File) -> None:
    file.is_ready = True
    try:
        with Image.open(BytesIO(file.content or b"")) as image:
            kind = TYPES.get(image.format or "")
            file.size = image.size if kind else None
    except (UnidentifiedImageError, OSError, ValueError):
        kind = None
    file.media_type = kind or "application/octet-stream"
