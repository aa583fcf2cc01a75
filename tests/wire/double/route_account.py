"""The bot's account, its commands, and what it may ask about guilds and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.wire.double.call import Answer, Call, Route
from tests.wire.double.command import check_commands
from tests.wire.double.guild import Guild, Json
from tests.wire.double.limit import Bucket
from tests.wire.double.problem import refusal

if TYPE_CHECKING:
    from tests.wire.double.world import World

READ = Bucket("b0read", 50, 1)
COMMANDS = Bucket("b0commands", 5, 20)


def _me(world: World, _: Call) -> Answer:
    return Answer(200, {**world.bot.user(), "verified": True, "mfa_enabled": True, "email": None, "flags": 0})


def _application(world: World, _: Call) -> Answer:
    owner = {"id": "700000000000000001", "username": "owner", "discriminator": "0", "global_name": None, "avatar": None}
    return Answer(
        200,
        {
            "id": str(world.application_id),
            "name": world.bot.name,
            "description": "",
            "icon": None,
            "bot_public": False,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "owner": owner,
            "team": None,
            "flags": 0,
            "approximate_guild_count": sum(guild.joined for guild in world.guilds.values()),
        },
    )


def _gateway(world: World, _: Call) -> Answer:
    return Answer(200, {"url": world.gateway_url})


def _gateway_bot(world: World, _: Call) -> Answer:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return Answer(200, {"url": world.gateway_url, "shards": 1, "session_start_limit": limit})


def _put_commands(world: World, call: Call) -> Answer:
    guild_id = _scope(world, call)
    check_commands(call.body.json)
    before = {command["name"]: command for command in world.commands.get(guild_id, [])}
    kept: list[Json] = []
    for command in call.body.json:
        known = before.get(command["name"])
        shown: Json = {
            "type": 1,
            "description": "",
            "options": [],
            **command,
            "id": known["id"] if known else str(world.mint.next()),
            "version": str(world.mint.next()),
            "application_id": str(world.application_id),
        }
        if shown.get("default_member_permissions") is not None:
            shown["default_member_permissions"] = str(shown["default_member_permissions"])
        if guild_id is not None:
            shown["guild_id"] = str(guild_id)
        kept.append(shown)
    world.commands[guild_id] = kept
    return Answer(200, kept)


def _get_commands(world: World, call: Call) -> Answer:
    return Answer(200, world.commands.get(_scope(world, call), []))


def _scope(world: World, call: Call) -> int | None:
    if call.args["application"] != str(world.application_id):
        raise refusal(50001, "another application's commands")
    return _guild(world, call).id if "guild" in call.args else None


def _guild(world: World, call: Call) -> Guild:
    guild = world.guilds.get(int(call.args["guild"]))
    if guild is None or not guild.joined:
        raise refusal(10004, f"not in guild {call.args['guild']}")
    return guild


def _get_guild(world: World, call: Call) -> Answer:
    return Answer(200, _guild(world, call).json(world.bot))


def _get_channels(world: World, call: Call) -> Answer:
    channels = _guild(world, call).channels.values()
    return Answer(200, [channel.json(world.bot.id) for channel in channels if not channel.deleted])


def _get_roles(world: World, call: Call) -> Answer:
    return Answer(200, [role.json(position) for position, role in enumerate(_guild(world, call).roles.values())])


def _get_member(world: World, call: Call) -> Answer:
    guild, user = _guild(world, call), int(call.args["user"])
    member = world.bot if user == world.bot.id else guild.members.get(user)
    if member is None:
        raise refusal(10007, f"{user} is no member of {guild.id}")
    return Answer(200, member.json())


def _my_guilds(world: World, _: Call) -> Answer:
    joined = [guild for guild in world.guilds.values() if guild.joined]
    return Answer(200, [{"id": str(g.id), "name": g.name, "icon": None, "owner": False} for g in joined])


def _get_user(world: World, call: Call) -> Answer:
    person = world.person(int(call.args["user"]))
    if person is None:
        raise refusal(10013, f"nobody is {call.args['user']}")
    return Answer(200, person.user())


def _open_private(world: World, call: Call) -> Answer:
    person = world.person(int(call.body.fields.get("recipient_id", 0)))
    if person is None:
        raise refusal(10013, "no such recipient")
    return Answer(200, world.private_channel(person).json(world.bot.id))


ROUTES = (
    Route("GET", "/users/@me", _me, READ),
    Route("GET", "/users/@me/guilds", _my_guilds, READ),
    Route("POST", "/users/@me/channels", _open_private, Bucket("b0private", 10, 10)),
    Route("GET", "/users/{user}", _get_user, READ),
    Route("GET", "/oauth2/applications/@me", _application, READ),
    Route("GET", "/applications/@me", _application, READ),
    Route("GET", "/gateway", _gateway, open=True),
    Route("GET", "/gateway/bot", _gateway_bot, READ),
    Route("GET", "/applications/{application}/commands", _get_commands, READ),
    Route("PUT", "/applications/{application}/commands", _put_commands, COMMANDS),
    Route("GET", "/applications/{application}/guilds/{guild}/commands", _get_commands, READ),
    Route("PUT", "/applications/{application}/guilds/{guild}/commands", _put_commands, COMMANDS),
    Route("GET", "/guilds/{guild}", _get_guild, READ),
    Route("GET", "/guilds/{guild}/channels", _get_channels, READ),
    Route("GET", "/guilds/{guild}/roles", _get_roles, READ),
    Route("GET", "/guilds/{guild}/members/{user}", _get_member, READ),
)
