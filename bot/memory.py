"""What stays in memory for good, and how seldom Python has to look through the rest for garbage."""

import gc

# Python looks for circular garbage after every 700 objects more, and finds next to none here: what a request leaves
# behind is freed when it is done. Looking so often took a seventh of the redirect's time.
_OBJECTS_BETWEEN_LOOKS = 50_000


def settle() -> None:
    """Leave what was loaded at start out of every later search for garbage; once, when the service has started."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, 10, 10)
