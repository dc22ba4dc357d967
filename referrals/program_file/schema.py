"""Writes the JSON Schema of the program file, by which editors complete and check it while it is written."""

from typing import Any

from referrals.program_file.tables import File

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOTHING = {"type": "null"}


def program_schema() -> dict[str, Any]:
    """Return the schema; what only the whole file can tell is left to `program check`."""
    made = _plainer(File.model_json_schema(by_alias=True))
    return {
        "$schema": DIALECT,
        "title": "Grapevine program",
        **made,
        "description": "The rules under which customers refer friends. `grapevine program check FILE` knows more.",
    }


def _plainer(schema: Any) -> Any:
    """Leave out what TOML cannot say, nothing, and the names that the tables have in our code."""
    if isinstance(schema, list):
        return [_plainer(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _plainer(part) for key, part in schema.items() if not _is_ours(key, part)}
    # A section that takes names of its own takes no others than such names.
    if "patternProperties" in found:
        found["additionalProperties"] = False
    if _NOTHING in found.get("anyOf", []):
        rest = [part for part in found.pop("anyOf") if part != _NOTHING]
        # What is said of the key itself stands before what is said of its kind.
        found = {**rest[0], **found} if len(rest) == 1 and "$ref" not in rest[0] else {**found, "anyOf": rest}
    return found


def _is_ours(key: str, part: Any) -> bool:
    if key == "default":
        return part is None or isinstance(part, dict)
    return key == "title" and isinstance(part, str)
