"""Pictures the platform keeps: checked when they come in, handed out by their id."""

from __future__ import annotations

import hashlib
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from bot.playground.telegram.parameters import Parameters, Upload
from bot.playground.telegram.people import Photo
from bot.playground.telegram.refusal import bad_request

PHOTO_BYTES = 10 * 1024 * 1024
SIDES = 10_000  # width and height together
RATIO = 20
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}


class Files:
    """Every picture ever sent, by file id."""

    def __init__(self) -> None:
        self._photos: dict[str, Photo] = {}

    def by_id(self, file_id: str) -> Photo | None:
        """Find a picture by its id."""
        return self._photos.get(file_id)

    def by_path(self, path: str) -> Photo | None:
        """Find a picture by the path that getFile gave."""
        return next((photo for photo in self._photos.values() if photo.path == path), None)

    def read_photo(self, parameters: Parameters, reference: str, *, upload: Upload | None) -> Photo:
        """Take an uploaded picture, or find the one sent before."""
        if upload is not None:
            return self._keep(upload)
        if not reference:
            raise bad_request("there is no photo in the request")
        if reference.startswith(("http://", "https://")):
            # Nothing is fetched from outside: the playground works on a plane.
            raise bad_request("failed to get HTTP URL content")
        known = self._photos.get(reference)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
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
        return self._photos.setdefault(photo.file_id, photo)


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
