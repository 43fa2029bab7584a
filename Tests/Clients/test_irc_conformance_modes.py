"""IRC clause by clause: MODE, the modes of channels and of users."""

import pytest
from harness.conformance import MODERN, channel, clause, commands, fresh, irc, lacks, member, only, plain, stranger

__all__ = ["channel", "fresh", "irc", "member", "plain", "stranger"]


# MODE


@clause(MODERN, "MODE message", "MODE of a channel alone shows its modes (324) and its age (329).")
def test_channel_modes(irc, channel):
    peer = irc()
    peer.join(channel)
    peer.do(f"MODE {channel} +nl 10")
    lines = peer.do(f"MODE {channel}")
    modes = only(lines, "324")
    assert modes.words[:2] == [peer.nick, channel]
    assert modes.words[2][0] == "+" and {"n", "l"} <= set(modes.words[2]) and "10" in modes.words[3:]
    assert only(lines, "329").words[2].isdigit()


@clause(MODERN, "MODE message", "A change is told to all on the channel.")
def test_mode_told(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    for peer in (one, two):
        peer.settle()
    one.send(f"MODE {channel} +m")
    for peer in (one, two):
        line = peer.command("MODE")
        assert line.nick == one.nick and line.words == [channel, "+m"]


@clause(MODERN, "MODE message", "A mode that is so already is not told again.")
def test_mode_same(irc, channel):
    peer = irc()
    peer.join(channel)
    peer.do(f"MODE {channel} +m")
    lacks(peer.do(f"MODE {channel} +m"), "MODE")


@clause(MODERN, "MODE message", "Several changes take parameters in turn.")
def test_mode_several(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    one.do(f"MODE {channel} +klv-n sesame 5 {two.nick}")
    modes = only(one.do(f"MODE {channel}"), "324").words[2:]
    assert {"k", "l"} <= set(modes[0]) and "n" not in modes[0]
    assert "+" + two.nick in only(one.do(f"NAMES {channel}"), "353").words[-1].split()


@clause(MODERN, "MODE message", "Without the rank a change is 482 and has no effect.")
def test_mode_rank(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    one.join(channel)
    two.join(channel)
    for peer in (two, third):
        assert {"482", "442"} & set(commands(peer.do(f"MODE {channel} +i")))
    assert "i" not in only(one.do(f"MODE {channel}"), "324").words[2]


@clause(MODERN, "MODE message", "MODE without a target is 461, of no channel 403, with an unknown letter 472.")
def test_mode_errors(irc, channel):
    peer = irc()
    peer.join(channel)
    assert only(peer.do("MODE"), "461").words[1] == "MODE"
    assert only(peer.do(f"MODE {channel}x"), "403").words[1] == channel + "x"
    lines = peer.do(f"MODE {channel} +Yi")
    assert only(lines, "472").words[1] == "Y"
    assert only(lines, "MODE").words[1] == "+i"


@clause(MODERN, "MODE message", "A mode that needs a parameter and has none is not set.")
@pytest.mark.parametrize("letter", "klov")
def test_mode_parameter(irc, channel, letter):
    peer = irc()
    peer.join(channel)
    lacks(peer.do(f"MODE {channel} +{letter}"), "MODE")


@clause(MODERN, "ERR_INVALIDMODEPARAM (696)", "A limit that is no number is refused.")
@pytest.mark.parametrize("limit", ["x", "-5", "0", "99999999999999999999999"])
def test_bad_limit(irc, channel, limit):
    peer = irc()
    peer.join(channel)
    lacks(peer.do(f"MODE {channel} +l {limit}"), "MODE")
    assert "JOIN" in commands(irc().join(channel))


@clause(MODERN, "Channel Membership Prefixes", "+o and +v need a member: 401 or 441 for others.")
def test_rank_target(irc, channel, fresh):
    one, two = irc(), irc("bob")
    one.join(channel)
    assert only(one.do(f"MODE {channel} +o {two.nick}"), "441").words[1:3] == [two.nick, channel]
    assert {"401", "441"} & set(commands(one.do(f"MODE {channel} +v {fresh('none')}")))


@clause(MODERN, "Operator Prefix", "An operator gives the rank and takes it.")
def test_operator(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    assert only(one.do(f"MODE {channel} +o {two.nick}"), "MODE").words == [channel, "+o", two.nick]
    assert "MODE" in commands(two.do(f"MODE {channel} +m"))
    two.do(f"MODE {channel} -o {one.nick}")
    assert "482" in commands(one.do(f"MODE {channel} -m"))


# Channel modes


@clause(MODERN, "Key Channel Mode", "With +k a wrong or missing key is 475; -k opens the channel.")
def test_key(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    one.do(f"MODE {channel} +k sesame")
    assert only(two.join(channel), "475").words[1] == channel
    assert "475" in commands(two.join(channel, "seed"))
    assert "JOIN" in commands(two.join(channel, "sesame"))
    two.do(f"PART {channel}")
    one.do(f"MODE {channel} -k sesame")
    assert "JOIN" in commands(two.join(channel))


@clause(MODERN, "Key Channel Mode", "The key is not shown to those outside.")
def test_key_hidden(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    one.do(f"MODE {channel} +k sesame")
    assert "sesame" not in " ".join(line.text for line in two.do(f"MODE {channel}"))


@clause(MODERN, "ERR_INVALIDKEY (525)", "A key that no JOIN could bring is refused or cleaned; it never breaks a line.")
@pytest.mark.parametrize("key", [":spaced out", "com,ma", "x" * 100])
def test_odd_key(irc, channel, key):
    one, two = irc(), irc("bob")
    one.join(channel)
    lines = one.do(f"MODE {channel} +k {key}")
    told = [line for line in lines if line.command == "MODE"]
    if told:
        assert "JOIN" in commands(two.join(channel, told[0].words[2]))
    else:
        assert {"525", "696", "467"} & set(commands(lines))


@clause(MODERN, "Client Limit Channel Mode", "With +l no more than so many come in: 471; -l takes no parameter.")
def test_limit(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    one.do(f"MODE {channel} +l 1")
    assert only(two.join(channel), "471").words[1] == channel
    assert only(one.do(f"MODE {channel} -l"), "MODE").words == [channel, "-l"]
    assert "JOIN" in commands(two.join(channel))


@clause(MODERN, "Ban Channel Mode", "A ban keeps out (474), is listed (367, 368) with who and when, and can be taken away.")
def test_ban(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    assert only(one.do(f"MODE {channel} +b {two.nick}!*@*"), "MODE").words[1:] == ["+b", f"{two.nick}!*@*"]
    assert only(two.join(channel), "474").words[1] == channel
    lines = one.do(f"MODE {channel} +b")
    row = only(lines, "367")
    assert row.words[1:3] == [channel, f"{two.nick}!*@*"]
    assert row.words[3].partition("!")[0] == one.nick and row.words[4].isdigit()
    assert only(lines, "368").words[1] == channel
    one.do(f"MODE {channel} -b {two.nick}!*@*")
    assert "JOIN" in commands(two.join(channel))
    assert commands(one.do(f"MODE {channel} b")) == ["JOIN", "368"]


@clause(MODERN, "Wildcard Expressions", "Masks with * and ?, in letters of either case, and parts that are missing.")
@pytest.mark.parametrize("shape", ["{0}", "{1}*", "*!*@*", "{2}!*@*", "*!{3}*@*", "*!*@127.0.0.?"])
def test_ban_masks(irc, channel, shape):
    one, two = irc(), irc("bob")
    one.join(channel)
    mask = shape.format(two.nick, two.nick[:-1], two.nick.upper(), "*" + two.nick[-3:])
    one.do(f"MODE {channel} +b {mask}")
    host = only(one.do(f"WHOIS {two.nick}"), "311").words[3]
    if mask.endswith("0.?") and not host.startswith("127.0.0."):
        pytest.skip("the server hides hosts")
    assert "474" in commands(two.join(channel)), mask


@clause(MODERN, "Ban Channel Mode", "A ban that is there is not told twice; one that is not there is not taken away.")
def test_ban_twice(irc, channel):
    peer = irc()
    peer.join(channel)
    peer.do(f"MODE {channel} +b a!*@*")
    lacks(peer.do(f"MODE {channel} +b A!*@*"), "MODE")
    lacks(peer.do(f"MODE {channel} -b b!*@*"), "MODE")
    assert commands(peer.do(f"MODE {channel} b")).count("367") == 1


@clause(MODERN, "Ban Channel Mode", "Who is banned on the channel may not speak there.")
def test_ban_speech(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    one.do(f"MODE {channel} +b {two.nick}!*@*")
    assert "404" in commands(two.do(f"PRIVMSG {channel} :x"))
    lacks(one.settle(), "PRIVMSG")
    one.do(f"MODE {channel} +v {two.nick}")
    two.do(f"PRIVMSG {channel} :y")
    assert only(one.settle(), "PRIVMSG").words[1] == "y"


@clause(MODERN, "Ban Exception Channel Mode", "With +e a ban does not hold; the list is 348, 349.")
def test_exception(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    assert "e" in one.support.get("EXCEPTS", "") or one.support.get("EXCEPTS") == ""
    one.do(f"MODE {channel} +be *!*@* {two.nick}!*@*")
    lines = one.do(f"MODE {channel} +e")
    assert only(lines, "348").words[1:3] == [channel, f"{two.nick}!*@*"]
    assert only(lines, "349")
    assert "JOIN" in commands(two.join(channel))


@clause(MODERN, "Invite Exception Channel Mode", "With +I one comes in without an invitation; the list is 346, 347.")
def test_invite_exception(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    assert "INVEX" in one.support
    one.do(f"MODE {channel} +iI {two.nick}!*@*")
    lines = one.do(f"MODE {channel} +I")
    assert only(lines, "346").words[1:3] == [channel, f"{two.nick}!*@*"]
    assert only(lines, "347")
    assert "JOIN" in commands(two.join(channel))


@clause(MODERN, "MAXLIST parameter", "More masks than MAXLIST allows are 478.")
def test_list_full(irc, channel):
    peer = irc()
    peer.join(channel)
    limit = int(next(part for part in peer.support["MAXLIST"].split(",") if "b" in part).partition(":")[2])
    if limit > 1000:
        pytest.skip("the list is longer than the test")
    for first in range(0, limit, 3):
        count = min(3, limit - first)
        peer.send(f"MODE {channel} +{'b' * count} " + " ".join(f"m{first + n}!*@*" for n in range(count)))
    lacks(peer.settle(), "478")
    assert only(peer.do(f"MODE {channel} +b one!*@more"), "478").words[1] == channel


@clause(MODERN, "Moderated Channel Mode", "With +m only voices and operators speak; others get 404.")
def test_moderated(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    one.do(f"MODE {channel} +m")
    assert only(two.do(f"PRIVMSG {channel} :x"), "404").words[1] == channel
    lacks(one.settle(), "PRIVMSG")
    one.do(f"MODE {channel} +v {two.nick}")
    two.do(f"PRIVMSG {channel} :y")
    assert only(one.settle(), "PRIVMSG").words[1] == "y"


@clause(MODERN, "No External Messages Mode", "With +n those outside do not speak: 404; without it they do.")
def test_external(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    one.do(f"MODE {channel} +n")
    assert only(two.do(f"PRIVMSG {channel} :x"), "404").words[1] == channel
    one.do(f"MODE {channel} -n")
    two.do(f"PRIVMSG {channel} :y")
    assert only(one.settle(), "PRIVMSG").words[1] == "y"


@clause(MODERN, "ERR_NEEDREGGEDNICK (477)", "With +R only those with an account come in, with +M only they speak.")
def test_accounts_only(irc, member, channel):
    one, two, third = irc(), member("bob"), irc("eve")
    one.join(channel)
    one.do(f"MODE {channel} +R")
    assert only(third.join(channel), "477").words[1] == channel
    assert "JOIN" in commands(two.join(channel))
    one.do(f"MODE {channel} -R+M")
    third.join(channel)
    assert only(third.do(f"PRIVMSG {channel} :x"), "404").words[1] == channel
    two.do(f"PRIVMSG {channel} :y")
    assert only(one.settle(), "PRIVMSG").words[1] == "y"


@clause(MODERN, "Halfop Prefix", "A half-operator has its prefix between operator and voice.")
def test_half_operator(irc, channel):
    one, two = irc(), irc("bob")
    if "h" not in one.support["PREFIX"]:
        pytest.skip("the server has no such rank")
    one.join(channel)
    two.join(channel)
    one.do(f"MODE {channel} +hv {two.nick} {two.nick}")
    assert "%" + two.nick in only(one.do(f"NAMES {channel}"), "353").words[-1].split()
    assert "482" in commands(two.do(f"MODE {channel} +o {two.nick}"))


# User modes


@clause(MODERN, "MODE message", "MODE of one's own nick shows the modes (221), and changes are told.")
def test_user_modes(irc):
    peer = irc()
    assert only(peer.do(f"MODE {peer.nick} +i"), "MODE").words == [peer.nick, "+i"]
    assert "i" in only(peer.do(f"MODE {peer.nick}"), "221").words[1]
    assert only(peer.do(f"MODE {peer.nick} -i"), "MODE").words == [peer.nick, "-i"]
    assert "i" not in only(peer.do(f"MODE {peer.nick}"), "221").words[1]


@clause(MODERN, "MODE message", "Another's modes are 502, those of nobody 401 or 502; an unknown letter is 501.")
def test_user_mode_errors(irc, fresh):
    one, two = irc(), irc("bob")
    assert "502" in commands(one.do(f"MODE {two.nick}"))
    assert "502" in commands(one.do(f"MODE {two.nick} +i"))
    assert {"401", "502"} & set(commands(one.do(f"MODE {fresh('none')} +i")))
    lines = one.do(f"MODE {one.nick} +Yi")
    assert "501" in commands(lines) and only(lines, "MODE").words[1] == "+i"


@clause(MODERN, "Oper User Mode", "Nobody becomes an operator by MODE.")
def test_no_oper_by_mode(irc):
    peer = irc()
    peer.do(f"MODE {peer.nick} +o")
    assert "o" not in only(peer.do(f"MODE {peer.nick}"), "221").words[1]
    assert "481" in commands(peer.do(f"KILL {peer.nick} :x"))
