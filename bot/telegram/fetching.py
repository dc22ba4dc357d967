"""Fetches a picture that somebody sent to the bot; its address holds the token, so no error or log names it."""

import mimetypes
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.delivery import DeliveryFailed, File, FileGone
from bot.telegram.request import TooFast
from messages.message import Photo

# The Bot API hands out no larger files.
LARGEST = 20 * 1024 * 1024
UNKNOWN_TYPE = "application/octet-stream"


async def fetch(bot: Bot, photo: Photo) -> File:
    """Fetch a file; raises FileGone for good, DeliveryFailed for a while."""
    failure: Exception
    try:
        return await _download(bot, photo)
    except (BadRequest, Forbidden, InvalidToken):
        # Of a file, Telegram says "not found" in the words it has for a wrong token.
        failure = FileGone()
    except TooFast as error:
        failure = DeliveryFailed("wait", error.message, retry_after=error.seconds)
    except TelegramError as error:
        # Nothing was sent, so trying again repeats nothing.
        failure = DeliveryFailed("unreachable", type(error).__name__)
    # Raised out here: PTB's own error, which would be its context, may spell the address out.
    raise failure


async def _download(bot: Bot, photo: Photo) -> File:
    found = await bot.get_file(photo.file)
    # PTB reads a path that exists on this machine from its disk, whoever named it.
    if not (found.file_path or "").startswith(("http://", "https://")) or (found.file_size or 0) > LARGEST:
        raise FileGone
    content = bytes(await found.download_as_bytearray())
    name = photo.name or PurePosixPath(urlsplit(found.file_path or "").path).name
    return File(content=content, media_type=mimetypes.guess_type(name)[0] or UNKNOWN_TYPE, name=name)
