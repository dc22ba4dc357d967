"""Pseudonyms: what stands on the leaderboard for a person who has not chosen to show their name."""

import hashlib

_FIRST = (
    "Amber Autumn Bold Brave Bright Calm Clever Coral Cosy Dawn Eager Early Fair Gentle Golden Happy Hazel Honey "
    "Indigo Jolly Kind Lively Lucky Lunar Maple Mellow Merry Misty Noble Olive Pearl Plucky Proud Quick Quiet Rosy "
    "Ruby Rustic Sage Silver Snowy Spry Starry Sturdy Sunny Tidy Velvet Vivid Warm Wild Willow Witty Zesty"
).split()
_SECOND = (
    "Badger Bee Bobcat Bison Crane Cricket Deer Dolphin Dove Eagle Egret Falcon Finch Fox Gecko Goose Hare Hawk Heron "
    "Ibis Jay Kite Koala Lark Lemur Linnet Lion Lynx Magpie Marten Mole Moose Newt Otter Owl Panda Puffin Quail Raven "
    "Robin Seal Sparrow Stoat Stork Swan Swift Tern Tiger Turtle Vole Walrus Wolf Wren Yak Zebra"
).split()


def pseudonym(customer: str, program: str) -> str:
    """Give a customer the same two friendly words in one program always, without a hint of who they are."""
    digest = hashlib.blake2b(f"{program}:{customer}".encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    return f"{_FIRST[number % len(_FIRST)]} {_SECOND[number // len(_FIRST) % len(_SECOND)]}"
