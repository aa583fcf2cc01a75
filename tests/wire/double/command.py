"""Slash commands: what Discord accepts when they are synchronised, and what it sends when one is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from tests.wire.double.guild import Guild, Member
from tests.wire.double.permission import Permission
from tests.wire.double.problem import invalid

if TYPE_CHECKING:
    from tests.wire.double.world import World

Json = dict[str, Any]

NAME = re.compile(r"[-_'\w]{1,32}")
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)
TYPES: dict[int, type | tuple[type, ...]] = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: (int, float)}


class CannotError(Exception):
    """What a member's client would not let them do."""


def cannot(message: str) -> NoReturn:
    """Stop with words for whoever reads the test's failure."""
    raise CannotError(message)


def check_commands(commands: object) -> None:
    """Raise Discord's refusal unless the commands may be synchronised."""
    if not isinstance(commands, list):
        raise invalid([("", "must be a list")])
    problems = list(_named(commands, ""))
    chat = [command for command in commands if command.get("type", 1) == 1]
    if len(chat) > 100:
        problems.append(("", "must be 100 or fewer in length"))
    for index, command in enumerate(commands):
        if command.get("type", 1) == 1:
            problems += _one(command, str(index))
        if (size := _size(command)) > 8000:
            problems.append((str(index), f"must hold 8000 or fewer characters in all, not {size}"))
    if problems:
        raise invalid(problems)


def _named(items: list[Json], path: str) -> Iterator[tuple[str, str]]:
    names = [(item.get("name"), item.get("type", 1) if not path else 0) for item in items]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield f"{path}{index}.name", f"{name[0]!r} is used twice"


def _one(item: Json, path: str) -> Iterator[tuple[str, str]]:
    name = str(item.get("name", ""))
    if not NAME.fullmatch(name) or name != name.lower():
        yield f"{path}.name", f"{name!r} is no valid name"
    if not 1 <= len(item.get("description") or "") <= 100:
        yield f"{path}.description", "must be between 1 and 100 in length"
    options = item.get("options") or []
    if len(options) > 25:
        yield f"{path}.options", "must be 25 or fewer in length"
    yield from _named(options, f"{path}.options.")
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield f"{path}.options", "required options must be placed before non-required options"
    choices = item.get("choices") or []
    if len(choices) > 25:
        yield f"{path}.choices", "must be 25 or fewer in length"
    for index, choice in enumerate(choices):
        if not 1 <= len(str(choice.get("name", ""))) <= 100 or len(str(choice.get("value", ""))) > 100:
            yield f"{path}.choices.{index}", "name and value must be 100 or fewer in length"
    for index, option in enumerate(options):
        yield from _one(option, f"{path}.options.{index}")


def _size(item: Json) -> int:
    own = len(item.get("name") or "") + len(item.get("description") or "")
    choices = sum(len(str(c.get("name"))) + len(str(c.get("value"))) for c in item.get("choices") or [])
    return own + choices + sum(map(_size, item.get("options") or []))


def run(world: World, guild: Guild | None, member: Member, path: list[str], options: Json, *, force: bool) -> Json:
    """The data of an interaction for a command such as `["quiz", "setup"]` with options by name.

    Raises CannotError for what the member's client would not send; with `force` only where it cannot be built.
    """
    scopes = [None] if guild is None else [guild.id, None]
    found = [c for scope in scopes for c in world.commands.get(scope, []) if c["name"] == path[0] and c["type"] == 1]
    if not found:
        known = sorted(command["name"] for commands in world.commands.values() for command in commands)
        cannot(f"no command /{path[0]}; there are {known}")
    command = found[0]
    needed = command.get("default_member_permissions")
    if needed is not None and guild is not None and not force:
        rights = guild.permissions(member)
        if Permission(int(needed)) & ~rights or int(needed) == 0:
            cannot(f"{member.name} does not see /{path[0]}")
    if guild is None and not _in_private(command) and not force:
        cannot(f"/{path[0]} is not offered in private")
    data: Json = {"id": command["id"], "name": command["name"], "type": 1}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    resolved: Json = {}
    data["options"] = _options(command.get("options") or [], path[1:], options, guild, resolved, force=force)
    if resolved:
        data["resolved"] = resolved
    return data


def _in_private(command: Json) -> bool:
    contexts = command.get("contexts")
    return bool(command.get("dm_permission", True)) if contexts is None else 1 in contexts


def _options(
    specs: list[Json], path: list[str], given: Json, guild: Guild | None, resolved: Json, *, force: bool
) -> list[Json]:
    if path:
        sub = next((s for s in specs if s["name"] == path[0] and s["type"] in {SUBCOMMAND, GROUP}), None)
        if sub is None:
            cannot(f"no subcommand {path[0]}; there are {[s['name'] for s in specs]}")
        inner = _options(sub.get("options") or [], path[1:], given, guild, resolved, force=force)
        return [{"name": sub["name"], "type": sub["type"], "options": inner}]
    known = {spec["name"]: spec for spec in specs}
    missing = [spec["name"] for spec in specs if spec.get("required") and spec["name"] not in given]
    if any(spec["type"] in {SUBCOMMAND, GROUP} for spec in specs):
        cannot(f"a subcommand is needed: {sorted(known)}")
    if stray := sorted(given.keys() - known.keys()):
        cannot(f"no option {stray}; there are {sorted(known)}")
    if missing and not force:
        cannot(f"options {missing} are required")
    return [_value(known[name], value, guild, resolved, force=force) for name, value in given.items()]


def _value(spec: Json, value: object, guild: Guild | None, resolved: Json, *, force: bool) -> Json:
    kind = spec["type"]
    if kind in TYPES:
        problem = _problem(spec, value)
        if problem and not force:
            cannot(f"option {spec['name']}: {problem}")
        return {"name": spec["name"], "type": kind, "value": value}
    if guild is not None:
        _resolve(int(str(value)), guild, resolved)
    return {"name": spec["name"], "type": kind, "value": str(value)}


def _problem(spec: Json, value: object) -> str | None:
    kind = spec["type"]
    if not isinstance(value, TYPES[kind]) or (kind != BOOLEAN and isinstance(value, bool)):
        return f"{value!r} has the wrong type"
    choices = spec.get("choices") or []
    if choices and value not in [choice["value"] for choice in choices]:
        return f"{value!r} is none of {[choice['value'] for choice in choices]}"
    size = len(value) if isinstance(value, str) else float(str(value)) if kind != BOOLEAN else 0.0
    unit = "length" if kind == STRING else "value"
    least, most = spec.get(f"min_{unit}"), spec.get(f"max_{unit}")
    if (least is not None and size < least) or (most is not None and size > most):
        return f"{value!r} is outside {least} to {most}"
    return None


def _resolve(identity: int, guild: Guild, resolved: Json) -> None:
    key = str(identity)
    if identity in guild.members:
        member = guild.members[identity]
        shown = member.json(guild.permissions(member))
        resolved.setdefault("users", {})[key] = shown.pop("user")
        resolved.setdefault("members", {})[key] = shown
    elif identity in guild.roles:
        resolved.setdefault("roles", {})[key] = guild.roles[identity].json()
    elif identity in guild.channels:
        channel = guild.channels[identity]
        shown = {"id": key, "name": channel.name, "type": 0, "permissions": "0", "parent_id": None, "position": 0}
        extra = {"nsfw": False, "flags": 0, "rate_limit_per_user": 0, "last_message_id": None, "topic": None}
        resolved.setdefault("channels", {})[key] = shown | extra
    else:
        cannot(f"{identity} is nobody and nothing in guild {guild.id}")
