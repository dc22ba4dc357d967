"""Pictures and files the platform keeps: checked when they come in, handed out by their id."""

from __future__ import annotations

import hashlib
import mimetypes
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from bot.playground.telegram.parameters import Parameters, Upload
from bot.playground.telegram.people import Document, Photo
from bot.playground.telegram.refusal import ImpossibleGesture, Refusal, bad_request

PHOTO_BYTES = 10 * 1024 * 1024
SIDES = 10_000  # width and height together
RATIO = 20
THUMB = 320
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


class Files:
    """Everything ever sent, by file id."""

    def __init__(self) -> None:
        self._kept: dict[str, Photo | Document] = {}

    def by_id(self, file_id: str) -> Photo | Document | None:
        """Find a picture or a file by its id."""
        return self._kept.get(file_id)

    def by_path(self, path: str) -> Photo | Document | None:
        """Find a picture or a file by the path that getFile gave."""
        return next((file for file in self._kept.values() if file.path == path), None)

    def taken(self, content: bytes) -> tuple[Photo, ...]:
        """Take a picture from a phone, in the sizes that are made of it, the largest last."""
        try:
            photo = self._keep(Upload("photo", content))
        except Refusal as refusal:
            raise ImpossibleGesture(f"A phone cannot send this as a picture: {refusal.words}.") from refusal
        if max(photo.width, photo.height) <= THUMB:
            return (photo,)
        with Image.open(BytesIO(content)) as image:
            small, shrunk = BytesIO(), image.convert("RGB")
            shrunk.thumbnail((THUMB, THUMB))
            shrunk.save(small, "JPEG")
        return (self._keep(Upload("photo", small.getvalue())), photo)

    def document(self, name: str, content: bytes) -> Document:
        """Take a file from a phone as it is."""
        if not content:
            raise ImpossibleGesture("A phone sends no empty file.")
        digest = hashlib.sha256(name.encode() + content).hexdigest()
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        kept = Document(f"BQAC{digest[:48]}", f"AgAD{digest[:12]}", name, content, media_type)
        self._kept[kept.file_id] = kept
        return kept

    def read_photo(self, parameters: Parameters, reference: str, *, upload: Upload | None) -> Photo:
        """Take an uploaded picture, or find the one sent before."""
        if upload is not None:
            return self._keep(upload)
        if not reference:
            raise bad_request("there is no photo in the request")
        if reference.startswith(("http://", "https://")):
            # Nothing is fetched from outside: the playground works on a plane.
            raise bad_request("failed to get HTTP URL content")
        known = self._kept.get(reference)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if isinstance(known, Document):
            raise bad_request("can't use file of type Document as Photo")
        return known

    def _keep(self, upload: Upload) -> Photo:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > PHOTO_BYTES:
            size = len(upload.content)
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
            )
        width, height, media_type = _measure(upload.content)
        if width + height > SIDES or max(width, height) > RATIO * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        digest = hashlib.sha256(upload.content).hexdigest()
        photo = Photo(f"AgAC{digest[:48]}", f"AQAD{digest[:12]}", width, height, upload.content, media_type)
        self._kept.setdefault(photo.file_id, photo)
        return photo


def _measure(content: bytes) -> tuple[int, int, str]:
    try:
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
            media_type = TYPES.get(image.format or "")
    except (UnidentifiedImageError, OSError, ValueError):
        media_type = None
    if media_type is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return width, height, media_type
