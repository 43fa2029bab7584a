"""IRC clause by clause: lines, registration, PING, QUIT."""

import time

import pytest
from harness.conformance import MODERN, Peer, channel, clause, commands, fresh, irc, lacks, only, plain, stranger
from harness.telnet import Disconnected

__all__ = ["channel", "fresh", "irc", "plain", "stranger"]


def welcome(peer, nick):
    peer.send(f"NICK {nick}", "USER user 0 * :A Name")
    return peer.numeric(1)


# Lines


@clause(MODERN, "Message Format", "A message may arrive octet by octet, and several at once.")
def test_buffering(irc):
    peer = irc()
    for octet in b"PING one\r\n":
        peer.octets(bytes([octet]))
        time.sleep(0.002)
    assert peer.command("PONG").words[-1] == "one"
    peer.octets(b"PING two\r\nPING three\r\nPING fo")
    assert [peer.command("PONG").words[-1] for _ in range(2)] == ["two", "three"]
    peer.octets(b"ur\r\n")
    assert peer.command("PONG").words[-1] == "four"


@clause(MODERN, "Message Format", "A bare LF ends a line, and empty lines are ignored.")
def test_line_ends(irc):
    peer = irc()
    peer.octets(b"\r\n\n\r\nPING one\nPING two\r\n")
    assert [peer.command("PONG").words[-1] for _ in range(2)] == ["one", "two"]


@clause(MODERN, "Parameters", "Spaces before the command and between parameters may be several; they end none.")
def test_spaces(irc):
    peer = irc()
    peer.octets(b"PING   one  \r\n")
    assert peer.command("PONG").words[-1] == "one"
    peer.octets(b"PING :two words\r\n")
    assert peer.command("PONG").words[-1] == "two words"
    peer.octets(b"PING a:b\r\n")
    assert peer.command("PONG").words[-1] == "a:b"
    peer.octets(b"PING ::)\r\n")
    assert peer.command("PONG").words[-1] == ":)"


@clause(MODERN, "Source", "A source that a client sends does not make it somebody else.")
def test_source(irc):
    peer, other = irc(), irc("bob")
    peer.send(f":{other.nick} PRIVMSG {other.nick} :hi")
    assert other.command("PRIVMSG").nick == peer.nick


@clause(MODERN, "Message Format", "A line of 512 octets is taken; a longer one is answered by 417 and has no effect.")
def test_length(irc):
    peer = irc()
    peer.send("PING " + "x" * 505)
    assert "x" * 400 in peer.command("PONG").words[-1]
    peer.send("PING " + "x" * 506)
    assert peer.read(r" 417 |PONG").command == "417"
    peer.send("PRIVMSG " + peer.nick + " :" + "y" * 5000)
    peer.numeric(417)
    lacks(peer.settle(), "PRIVMSG")


@clause(MODERN, "Message Format", "What is relayed fits 512 octets, cut at a character's border.")
def test_relayed_length(irc):
    peer, other = irc(), irc("bob")
    peer.send(f"PRIVMSG {other.nick} :" + "é" * ((510 - 11 - len(other.nick)) // 2))
    line = other.command("PRIVMSG")
    assert len(line.text.encode()) <= 510
    assert set(line.words[1]) == {"é"} and len(line.words[1]) > 200


@clause("IRCv3 utf8only", "Server implementation", "UTF8ONLY is told; other octets are refused by FAIL INVALID_UTF8.")
def test_utf8(irc):
    peer, other = irc(), irc("bob")
    assert "UTF8ONLY" in peer.support
    peer.octets(f"PRIVMSG {other.nick} :".encode() + b"\xff\xfe\r\n")
    line = peer.command("FAIL")
    assert line.words[:2] == ["PRIVMSG", "INVALID_UTF8"]
    lacks(other.settle(), "PRIVMSG")


@clause(MODERN, "Command", "Letters of either case name the same command.")
def test_command_case(irc):
    peer = irc()
    peer.send("pInG one")
    assert peer.command("PONG").words[-1] == "one"


@clause(MODERN, "ERR_UNKNOWNCOMMAND (421)", "An unknown command is answered by 421 with its name.")
def test_unknown_command(irc):
    peer = irc()
    assert only(peer.do("FROBNICATE x"), "421").words[:2] == [peer.nick, "FROBNICATE"]


# Registration


@clause(MODERN, "Connection Registration", "NICK and USER in either order register a client.")
@pytest.mark.parametrize("order", [0, 1])
def test_order(stranger, fresh, order):
    peer, nick = stranger(), fresh()
    lines = [f"NICK {nick}", "USER user 0 * :A Name"]
    peer.send(*(lines if order else reversed(lines)))
    assert peer.numeric(1).words[0] == nick


@clause(
    MODERN, "Connection Registration", "001 to 005 come first and in order, then LUSERS, then the message of the day.")
def test_burst(stranger, fresh):
    peer = stranger()
    welcome(peer, fresh())
    peer.read(r" (376|422) ")
    numerics = [line.command for line in peer.lines if line.command.isdigit()]
    assert numerics[:5] == ["001", "002", "003", "004", "005"]
    assert numerics.index("251") < numerics.index("255") < max(
        numerics.index(number) for number in ("376", "422") if number in numerics)


@clause(MODERN, "RPL_WELCOME (001)", "The first parameter of each numeric is the client's nick, `*` before it has one.")
def test_client_parameter(stranger, fresh):
    peer, nick = stranger(), fresh()
    peer.send("JOIN #a")
    assert peer.numeric(451).words[0] == "*"
    welcome(peer, nick)
    peer.read(r" (376|422) ")
    assert {line.words[0] for line in peer.lines if line.command in ("001", "002", "005", "251")} == {nick}


@clause(MODERN, "RPL_MYINFO (004)", "004 has server, version, user modes and channel modes.")
def test_my_info(irc):
    line = only(irc().lines, "004")
    assert len(line.words) >= 5
    assert "o" in line.words[3] and set("bklimnt") <= set(line.words[4])


@clause(MODERN, "RPL_ISUPPORT (005)", "At most 13 tokens stand in a line, which ends in words.")
def test_support_lines(irc):
    for line in (line for line in irc().lines if line.command == "005"):
        assert 3 <= len(line.words) <= 15
        assert " " in line.words[-1]


@clause(
    MODERN, "RPL_ISUPPORT Parameters",
    "The tokens name case mapping, channels, modes, prefixes, limits; NICKLEN is 32 at least.")
def test_support_tokens(irc):
    tokens = irc().support
    assert tokens["CASEMAPPING"] in ("ascii", "rfc1459", "rfc1459-strict")
    assert "#" in tokens["CHANTYPES"]
    assert len(tokens["CHANMODES"].split(",")) == 4
    assert tokens["PREFIX"].startswith("(") and "o" in tokens["PREFIX"] and "@" in tokens["PREFIX"]
    assert int(tokens["NICKLEN"]) >= 32
    for name in ("CHANLIMIT", "CHANNELLEN", "TOPICLEN", "KICKLEN", "AWAYLEN", "MODES", "TARGMAX", "NETWORK", "MAXLIST"):
        assert name in tokens, name


@clause(MODERN, "Connection Registration", "Before registration other commands are answered by 451.")
@pytest.mark.parametrize("line", ["JOIN #a", "PRIVMSG a :b", "WHO x", "LIST", "MODE #a", "TOPIC #a", "MOTD"])
def test_not_registered(stranger, line):
    peer = stranger()
    peer.send(line)
    assert peer.numeric(451).words[0] == "*"


@clause(MODERN, "PASS message", "PASS without a parameter is 461, after registration 462.")
def test_pass(stranger, irc):
    peer = stranger()
    peer.send("PASS")
    assert peer.numeric(461).words[1] == "PASS"
    assert "462" in commands(irc().do("PASS x"))


@clause(MODERN, "USER message", "USER after registration is 462.")
def test_user_twice(irc):
    assert "462" in commands(irc().do("USER a 0 * :b"))


@clause(MODERN, "USER message", "USER with too few parameters, or empty names, is 461.")
@pytest.mark.parametrize("line", ["USER", "USER a 0 *", "USER a 0 * :"])
def test_user_short(stranger, line):
    peer = stranger()
    peer.send(line)
    assert peer.numeric(461).words[1] == "USER"


@clause(MODERN, "USER message", "A user name longer than USERLEN is cut without a word.")
def test_user_long(stranger, fresh):
    peer, nick = stranger(), fresh()
    peer.send(f"NICK {nick}", "USER " + "u" * 200 + " 0 * :x")
    peer.numeric(1)
    peer.read(r" (376|422) ")
    user = only(peer.do(f"WHOIS {nick}"), "311").words[2]
    assert len(user.lstrip("~")) <= int(peer.support.get("USERLEN", 64))


@clause(MODERN, "USER message", "The real name keeps its spaces.")
def test_real_name(stranger, fresh):
    peer, nick = stranger(), fresh()
    peer.send(f"NICK {nick}", "USER user 0 * :Ann Other  Name")
    peer.numeric(1)
    peer.read(r" (376|422) ")
    assert only(peer.do(f"WHOIS {nick}"), "311").words[-1] == "Ann Other  Name"


# NICK


@clause(MODERN, "NICK message", "NICK without a nick is 431.")
@pytest.mark.parametrize("line", ["NICK", "NICK :"])
def test_nick_missing(stranger, irc, line):
    peer = stranger()
    peer.send(line)
    peer.numeric(431)
    assert "431" in commands(irc().do(line))


@clause(MODERN, "NICK message", "A nick with characters that can't be in one is 432, before and after registration.")
@pytest.mark.parametrize("nick", ["*", "#a", "a!b", "a@b", "1a", "a,b", "$a", ":a", "a.b", "+v", "@o", "~q"])
def test_nick_characters(stranger, irc, nick):
    peer = stranger()
    peer.send(f"NICK {nick}" if nick[0] != ":" else f"NICK :{nick}")
    assert peer.numeric(432)
    old = irc()
    assert "432" in commands(old.do(f"NICK {nick}" if nick[0] != ":" else f"NICK :{nick}"))


@clause(MODERN, "NICK message", "A nick that another has, in letters of either case, is 433 and changes nothing.")
def test_nick_in_use(stranger, irc):
    first, second, late = irc(), irc("bob"), stranger()
    late.send("USER x 0 * :x", f"NICK {first.nick.upper()}")
    assert late.numeric(433).words[1].lower() == first.nick
    late.send(f"NICK {second.nick}x")
    late.numeric(1)
    line = only(second.do(f"NICK {first.nick}"), "433")
    assert line.words[:2] == [second.nick, first.nick]
    first.send(f"PRIVMSG {second.nick} :still there")
    assert second.command("PRIVMSG").words[0] == second.nick


@clause(MODERN, "NICK message", "Of two who ask for one nick at once, one gets it.")
def test_nick_race(stranger, fresh):
    one, two, nick = stranger(), stranger(), fresh()
    one.send(f"NICK {nick}")
    two.send(f"NICK {nick}")
    one.send("USER a 0 * :a")
    two.send("USER b 0 * :b")
    codes = {peer.read(r" (001|433|432) ").command for peer in (one, two)}
    assert codes == {"001", "433"}


@clause(MODERN, "NICK message", "A change of nick is told to the client itself and to all who share a channel, once.")
def test_nick_change(irc, channel, fresh):
    one, two, third = irc(), irc("bob"), irc("eve")
    for peer in (one, two):
        peer.join(channel)
        peer.join(channel + "b")
    one.settle()
    new, old = fresh("new"), one.nick
    line = only(one.do(f"NICK {new}"), "NICK")
    assert (line.nick, line.words) == (old, [new]) and "!" in line.source
    assert only(two.settle(), "NICK").words == [new]
    lacks(third.settle(), "NICK")


@clause(MODERN, "NICK message", "Letters may be changed to the other case; the nick as it is changes nothing.")
def test_nick_case(irc):
    peer = irc()
    assert only(peer.do(f"NICK {peer.nick.upper()}"), "NICK").words == [peer.nick.upper()]
    lacks(peer.do(f"NICK {peer.nick.upper()}"), "NICK")


@clause(MODERN, "NICK message", "A nick that was given up, by change, QUIT or before registration, is free.")
def test_nick_released(stranger, irc, fresh):
    one, old = irc(), None
    old = one.nick
    one.do(f"NICK {fresh()}")
    two = stranger()
    welcome(two, old)
    two.send("QUIT")
    two.drain()
    three = stranger()
    three.send(f"NICK {old}")
    three.send("QUIT")
    three.drain()
    welcome(stranger(), old.upper())


@clause(MODERN, "NICK message", "A nick longer than NICKLEN is 432 or cut.")
def test_nick_length(irc):
    peer = irc()
    limit = int(peer.support["NICKLEN"])
    lines = peer.do("NICK " + "n" * (limit + 1))
    assert "432" in commands(lines) or len(only(lines, "NICK").words[0]) == limit
    assert only(peer.do("NICK " + "m" * limit), "NICK").words == ["m" * limit]


# PING, PONG, QUIT


@clause(MODERN, "PING message", "PONG has the server's name and the token.")
def test_ping(irc):
    peer = irc()
    peer.send("PING :a token")
    line = peer.command("PONG")
    assert line.words[1:] == ["a token"] and line.words[0] == line.source


@clause(MODERN, "PING message", "PING without a token is 461 or 409; an empty one is 409.")
def test_ping_empty(irc):
    assert {"461", "409"} & set(commands(irc().do("PING")))
    assert "409" in commands(irc().do("PING :"))


@clause(MODERN, "PONG message", "A PONG that nobody asked for is ignored.")
def test_pong(irc):
    assert irc().do("PONG x") == []


@clause(MODERN, "QUIT message", "QUIT is answered by ERROR, and the connection ends.")
def test_quit(irc):
    peer = irc()
    peer.send("QUIT :bye")
    peer.command("ERROR")
    peer.drain()


@clause(MODERN, "QUIT message", "Others on the same channels see QUIT once, with `Quit: ` before the reason.")
@pytest.mark.parametrize(("line", "reason"), [("QUIT :so long", "Quit: so long"), ("QUIT", "Quit:")])
def test_quit_seen(irc, channel, line, reason):
    one, two, third = irc(), irc("bob"), irc("eve")
    for peer in (one, two):
        peer.join(channel)
        peer.join(channel + "b")
    one.send(line)
    one.drain()
    seen = only(two.settle(), "QUIT")
    assert seen.nick == one.nick and seen.words[0].rstrip() == reason
    lacks(third.settle(), "QUIT")


@clause(MODERN, "QUIT message", "A connection that ends by itself is told to others as QUIT with a reason.")
def test_lost(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    one.abort()
    line = two.command("QUIT")
    assert line.nick == one.nick and line.words[0]


@clause(MODERN, "ERROR message", "A client's ERROR has no effect.")
def test_error(irc):
    peer = irc()
    lacks(peer.do("ERROR :x"), "ERROR")


@clause(MODERN, "Connection Registration", "QUIT before registration ends the connection.")
def test_early_quit(stranger):
    peer = stranger()
    peer.send("QUIT")
    try:
        peer.command("ERROR")
    except Disconnected:
        pass
    peer.drain()
    assert isinstance(peer, Peer)
