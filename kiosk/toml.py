"""Files that people write: read into frozen values, or refused in one line."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import Struct, inspect, structs

S = TypeVar("S", bound=Struct)

_SECRET = re.compile(r"secret|passw|token|credential|private|(^|_)(pin|key)(_|$)")
_SIGN_IN = re.compile(r"(?<=://)[^/@]*(?=@)")  # the user:password of an address
_LONGEST_SHOWN = 60  # characters of a wrong value


class ConfigError(Exception):
    """A file says what the booth cannot use: file, section, key, value and mend."""


class Place(NamedTuple):
    """Where in a file a key stands; the section is empty at the top."""

    file: str
    section: str = ""

    def inside(self, key: str) -> "Place":
        """Give the place of a section within this one."""
        return Place(self.file, f"{self.section}.{key}".lstrip("."))

    def named(self, key: str) -> str:
        """Write file, section and key as a person would look for them."""
        section = f"[{self.section}] " if self.section else ""
        return f"{self.file}: {section}{key if key.isprintable() else ascii(key)}"


def read(path: Path, kind: type[S]) -> S:
    """Read one TOML file into a struct.

    Raises:
        ConfigError: the file cannot be read, or a key is unknown, missing or wrong.
    """
    table = _parse(path)
    _check(Place(path.name), table, kind)
    return msgspec.convert(table, kind)


def refuse(place: Place, key: str, value: object, wish: str) -> ConfigError:
    """Say what a key holds, and what it should hold."""
    return ConfigError(f"{place.named(key)} = {_shown(value)}: expected {wish}.")


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: expected text saved as UTF-8.") from error
    except (ValueError, RecursionError) as error:  # TOMLDecodeError and rarer ones
        raise ConfigError(f"{path}: is not written as TOML: {error}.") from error


def _check(place: Place, table: Mapping[str, Any], kind: type[Struct]) -> None:
    fields = {field.encode_name: field for field in structs.fields(kind)}
    for key, value in table.items():
        if key not in fields:
            raise ConfigError(f"{place.named(key)}: {_unknown(key, fields)}")
        _check_value(place, key, value, fields[key].type)
    for key, field in fields.items():
        if field.required and key not in table:
            wish = _expected(_wanted(inspect.type_info(field.type)))
            raise ConfigError(f"{place.named(key)} is missing: expected {wish}.")


def _check_value(place: Place, key: str, value: object, kind: Any) -> None:
    info = _wanted(inspect.type_info(kind))
    for name, table, struct in _sections(key, value, info):
        _check(place.inside(name), table, struct)
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise _wrong(place, key, value, info, str(error)) from error


def _wanted(info: inspect.Type) -> inspect.Type:
    """Return what a key that may be left out should hold where it is there."""
    if not isinstance(info, inspect.UnionType):
        return info
    return next(t for t in info.types if not isinstance(t, inspect.NoneType))


def _wrong(
    place: Place, key: str, value: object, info: inspect.Type, said: str
) -> ConfigError:
    """Say what is wrong with a value, or with a section whose keys do not agree."""
    if isinstance(info, inspect.StructType) and isinstance(value, dict):
        return ConfigError(f"{place.named(f'[{key}]')} {said}.")

    return refuse(place, key, value, _expected(info))


def _sections(
    key: str, value: object, info: inspect.Type
) -> Iterable[tuple[str, dict[str, Any], type[Struct]]]:
    """Find the sections within a value: one, or an array of them."""
    info = info.type if isinstance(info, inspect.Metadata) else info
    if isinstance(info, inspect.StructType) and isinstance(value, dict):
        yield key, value, info.cls
    if isinstance(info, inspect.VarTupleType) and isinstance(value, list):
        for number, each in enumerate(value, 1):
            yield from _sections(f"{key} {number}", each, info.item_type)


def _unknown(key: str, known: Iterable[str]) -> str:
    """Say that there is no such key, without a word of what it held."""
    if _SECRET.search(key.lower()):
        return (
            "secrets are not kept in this file; put them in the environment as"
            " PLEDGEBOOTH_BUCKET_KEY and PLEDGEBOOTH_BUCKET_SECRET."
        )

    near = get_close_matches(key, known, 1)
    if near:
        mend = f"nothing has that name here; did you mean {near[0]}?"
    else:
        mend = f"nothing has that name here; expected one of {', '.join(known)}."
    return mend


def _expected(info: inspect.Type) -> str:
    """Say in plain words what a type accepts: its own description comes first."""
    match info:
        case inspect.Metadata(extra_json_schema={"description": str(described)}):
            return described
        case inspect.Metadata(type=inner):
            return _expected(inner)
        case inspect.IntType(ge=lowest, le=highest):
            return "a whole number" + _range(lowest, highest)
        case inspect.LiteralType(values=values):
            return " or ".join(json.dumps(value) for value in values)
        case _:
            return _PLAIN.get(type(info), "another kind of value")


_PLAIN: Mapping[type[inspect.Type], str] = {
    inspect.BoolType: "true or false",
    inspect.StrType: "text in quotes",
    inspect.DateType: "a date such as 2012-05-26, without quotes",
    inspect.DictType: 'text for each language, such as {vi = "…", en = "…"}',
    inspect.VarTupleType: "a list in [square brackets]",
    inspect.StructType: "a section",
}


def _range(lowest: int | None, highest: int | None) -> str:
    return "" if lowest is None or highest is None else f", {lowest} to {highest}"


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = _SIGN_IN.sub("…", text)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
