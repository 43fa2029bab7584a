"""IRC clause by clause: what clients ask about people and the server; operators."""

import time

import pytest
from harness.conformance import (
    MODERN, OPERATOR, OPERATOR_PASSWORD, channel, clause, commands, fresh, irc, lacks, only, plain, stranger)

__all__ = ["channel", "fresh", "irc", "plain", "stranger"]

WHOX = "IRCv3 WHOX"


# WHO


@clause(MODERN, "WHO message", "WHO of a channel shows each on it (352), then 315 with the mask.")
def test_who_channel(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    lines = two.do(f"WHO {channel}")
    rows = {line.words[5]: line for line in lines if line.command == "352"}
    assert set(rows) == {one.nick, two.nick}
    assert rows[one.nick].words[1] == channel
    assert rows[one.nick].words[6].startswith("H") and "@" in rows[one.nick].words[6]
    assert "@" not in rows[two.nick].words[6]
    assert rows[one.nick].words[7] == f"0 {one.nick}"
    assert only(lines, "315").words[1] == channel


@clause(MODERN, "WHO message", "WHO of a nick, in letters of either case, shows that person.")
def test_who_nick(irc):
    one, two = irc(), irc("bob")
    lines = two.do(f"WHO {one.nick.upper()}")
    assert only(lines, "352").words[5] == one.nick
    assert only(lines, "315")


@clause(MODERN, "WHO message", "WHO of a mask shows those whose nicks match and who can be seen.")
def test_who_mask(irc):
    one, two = irc("mask"), irc("bob")
    assert [line.words[5] for line in two.do(f"WHO *{one.nick[1:]}") if line.command == "352"] == [one.nick]
    one.do(f"MODE {one.nick} +i")
    assert commands(two.do(f"WHO *{one.nick[1:]}")) == ["315"]


@clause(MODERN, "WHO message", "Who is away has G; WHO of nobody is 315 alone; WHO without a mask is 461.")
def test_who_others(irc, fresh):
    one, two = irc(), irc("bob")
    one.do("AWAY :x")
    assert only(two.do(f"WHO {one.nick}"), "352").words[6].startswith("G")
    assert commands(two.do(f"WHO {fresh('none')}")) == ["315"]
    assert commands(two.do("WHO")) in (["461"], ["315"])


@clause(MODERN, "WHO message", "A secret channel is not shown to those outside.")
def test_who_secret(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    one.do(f"MODE {channel} +s")
    assert commands(two.do(f"WHO {channel}")) == ["315"]
    assert channel not in only(two.do(f"WHO {one.nick}"), "352").words


@clause(WHOX, "Reply", "The fields that are asked for come in their fixed order, after the token.")
def test_whox(irc, channel):
    one, two = irc(), irc("bob")
    assert "WHOX" in one.support
    one.join(channel)
    two.join(channel)
    rows = [line for line in two.do(f"WHO {channel} %tcuihsnfdlaor,42") if line.command == "354"]
    row = next(line for line in rows if line.words[7] == one.nick)
    assert row.words[1:3] == ["42", channel] and len(row.words) == 14
    assert row.words[8].startswith("H") and row.words[9] == "0" and row.words[10].isdigit()
    assert row.words[11] == "0" and row.words[13] == one.nick
    row = next(line for line in two.do(f"WHO {channel} %afnt,7") if line.command == "354")
    assert row.words[1] == "7" and row.words[4] == "0" and len(row.words) == 5
    row = only(two.do(f"WHO {one.nick} %n"), "354")
    assert row.words[1:] == [one.nick]


# WHOIS, WHOWAS


@clause(MODERN, "WHOIS message", "WHOIS tells name, host, real name, server and channels, and ends in 318.")
def test_whois(irc, channel):
    one, two = irc(), irc("bob")
    one.do(f"JOIN {channel},{channel}b")
    lines = two.do(f"WHOIS {one.nick.upper()}")
    user = only(lines, "311")
    assert user.words[1] == one.nick and user.words[4] == "*" and user.words[5] == one.nick
    assert only(lines, "312").words[1] == one.nick
    channels = " ".join(line.words[-1] for line in lines if line.command == "319").split()
    assert {"@" + channel, "@" + channel + "b"} == set(channels)
    idle = only(lines, "317")
    assert idle.words[2].isdigit() and abs(int(idle.words[3]) - time.time()) < 600
    assert lines[-1].command == "318" and lines[-1].words[1].lower() == one.nick


@clause(
    MODERN, "RPL_WHOISHOST (378), RPL_WHOISMODES (379)",
    "Where one comes from, and one's modes, are told to oneself and to operators only.")
def test_whois_private(irc):
    one, two, third = irc(), irc("bob"), irc("eve")
    third.operate()
    one.do(f"MODE {one.nick} +w")
    for peer in (one, third):
        lines = peer.do(f"WHOIS {one.nick}")
        assert "127.0.0.1" in only(lines, "378").words[-1] and "w" in only(lines, "379").words[-1]
    assert not {"378", "379"} & set(commands(two.do(f"WHOIS {one.nick}")))


@clause(MODERN, "WHOIS message", "WHOIS of nobody is 401 and 318; without a nick 431; a server may be named first.")
def test_whois_errors(irc, fresh):
    peer, nobody = irc(), fresh("none")
    lines = peer.do(f"WHOIS {nobody}")
    assert commands(lines) == ["401", "318"] and lines[1].words[1] == nobody
    assert {"431", "461"} & set(commands(peer.do("WHOIS")))
    assert only(peer.do(f"WHOIS {peer.nick} {peer.nick}"), "311").words[1] == peer.nick


@clause(MODERN, "WHOWAS message", "WHOWAS tells of those who left or changed their nick, the newest first, and ends in 369.")
def test_whowas(irc, stranger, fresh):
    nick = fresh("gone")
    for name in ("first", "second"):
        peer = stranger()
        peer.send(f"NICK {nick}", f"USER {name} 0 * :{name}")
        peer.numeric(1)
        peer.send("QUIT")
        peer.drain()
    peer = irc()
    lines = peer.do(f"WHOWAS {nick.upper()}")
    assert [line.words[-1] for line in lines if line.command == "314"] == ["second", "first"]
    assert lines[-1].command == "369" and lines[-1].words[1].lower() == nick
    assert commands(peer.do(f"WHOWAS {nick} 1")).count("314") == 1
    assert commands(peer.do(f"WHOWAS {nick} -1")).count("314") == 2
    assert commands(peer.do(f"WHOWAS {nick} 0")).count("314") == 2
    old = peer.nick
    peer.do(f"NICK {fresh()}")
    assert "314" in commands(peer.do(f"WHOWAS {old}"))


@clause(MODERN, "WHOWAS message", "WHOWAS of a nick that nobody had is 406 and 369; without a nick 431 or 461.")
def test_whowas_errors(irc, fresh):
    peer, nobody = irc(), fresh("none")
    lines = peer.do(f"WHOWAS {nobody}")
    assert commands(lines) == ["406", "369"] and lines[0].words[1] == nobody
    assert {"431", "461"} & set(commands(peer.do("WHOWAS")))


# USERHOST, ISON


@clause(MODERN, "USERHOST message", "USERHOST tells of up to five who are here, and leaves out others.")
def test_userhost(irc, fresh):
    one, two = irc(), irc("bob")
    words = only(one.do(f"USERHOST {one.nick} {fresh('none')} {two.nick}"), "302").words[-1].split()
    assert [word.partition("=")[0] for word in words] == [one.nick, two.nick]
    assert all(word.partition("=")[2][0] == "+" and "@" in word for word in words)
    assert only(one.do("USERHOST"), "461").words[1] == "USERHOST"


@clause("RFC 1459", "5.8 Ison message", "ISON tells which of the nicks are here.")
def test_ison(irc, fresh):
    one, two = irc(), irc("bob")
    assert only(one.do(f"ISON {two.nick} {fresh('none')}"), "303").words[-1].split() == [two.nick]
    assert only(one.do(f"ISON :{two.nick} {one.nick}"), "303").words[-1].split() == [two.nick, one.nick]
    assert only(one.do("ISON"), "461").words[1] == "ISON"


# The server


@clause(MODERN, "MOTD message", "375, 372 and 376, or 422; a server that is not there is 402.")
def test_motd(irc):
    peer = irc()
    codes = commands(peer.do("MOTD"))
    assert codes == ["422"] or codes[0] == "375" and codes[-1] == "376" and set(codes[1:-1]) == {"372"}
    assert only(peer.do("MOTD no.such.server"), "402").words[1] == "no.such.server"


@clause(MODERN, "VERSION message", "351 has version and server, and 005 follows; another server is 402.")
def test_version(irc):
    peer = irc()
    lines = peer.do("VERSION")
    assert len(only(lines, "351").words) >= 3 and "005" in commands(lines)
    assert "402" in commands(peer.do("VERSION no.such.server"))


@clause(MODERN, "ADMIN message", "256 to 259; another server is 402.")
def test_admin(irc):
    peer = irc()
    assert commands(peer.do("ADMIN")) in (["256", "257", "258", "259"], ["423"])
    assert "402" in commands(peer.do("ADMIN no.such.server"))


@clause(MODERN, "LUSERS message", "251 and 255, and the others with their numbers.")
def test_lusers(irc, channel):
    peer = irc()
    peer.join(channel)
    lines = peer.do("LUSERS")
    assert {"251", "252", "254", "255", "265", "266"} <= set(commands(lines))
    assert int(only(lines, "254").words[1]) >= 1
    now, most = (int(word) for word in only(lines, "265").words[1:3])
    assert 1 <= now <= most
    irc()
    assert int(only(peer.do("LUSERS"), "265").words[1]) == now + 1


@clause(MODERN, "TIME message", "391 has the server and a time; another server is 402.")
def test_time(irc):
    peer = irc()
    assert len(only(peer.do("TIME"), "391").words) >= 3
    assert "402" in commands(peer.do("TIME no.such.server"))


@clause(MODERN, "STATS message", "STATS u tells how long the server is up (242), and ends in 219.")
def test_stats(irc):
    peer = irc()
    lines = peer.do("STATS u")
    assert "Up" in only(lines, "242").words[-1]
    assert only(lines, "219").words[1] == "u"
    assert commands(peer.do("STATS")) [-1:] in (["461"], ["219"])


@clause(MODERN, "STATS message", "STATS k and o are for operators: bans (216) and who may be one (243), without passwords.")
def test_stats_private(irc):
    one, two = irc(), irc("bob")
    for letter in "ko":
        assert "481" in commands(two.do(f"STATS {letter}"))
    one.operate()
    one.do("KLINE *stats@nowhere.invalid :for the test")
    row = next(line for line in one.do("STATS k") if "stats@nowhere" in line.text)
    assert row.command == "216" and row.words[-1] == "for the test"
    one.do("UNKLINE *stats@nowhere.invalid")
    assert "stats@nowhere" not in " ".join(line.text for line in one.do("STATS k"))
    lines = one.do("STATS o")
    assert OPERATOR in only(lines, "243").words and OPERATOR_PASSWORD not in str(lines)


@clause(MODERN, "HELP message", "704, 705 and 706, or 524 for what there is no help about.")
@pytest.mark.parametrize("line", ["HELP", "HELP PRIVMSG", "HELP :no such thing", "HELPOP JOIN"])
def test_help(irc, line):
    codes = commands(irc().do(line))
    assert codes == ["524"] or codes[0] == "704" and codes[-1] == "706" and set(codes[1:-1]) <= {"705"}, codes


@clause(MODERN, "INFO message", "371 any number of times, then 374.")
def test_info(irc):
    codes = commands(irc().do("INFO"))
    assert codes[-1] == "374" and set(codes[:-1]) <= {"371"}


@clause(MODERN, "LINKS message", "364 for this server, then 365.")
def test_links(irc):
    codes = commands(irc().do("LINKS"))
    assert codes[-1] == "365" and set(codes[:-1]) <= {"364"}


# Operators


@clause(MODERN, "OPER message", "461 without a password, 464 for a wrong one; the right one is 381 and a mode.")
def test_oper(irc):
    peer = irc()
    assert only(peer.do(f"OPER {OPERATOR}"), "461").words[1] == "OPER"
    for name in (OPERATOR, "nobody"):
        peer.send(f"OPER {name} wrong")
        peer.read(r" (464|491) ")
    peer.operate()
    assert "o" in only(peer.do(f"MODE {peer.nick}"), "221").words[1]
    assert "313" in commands(irc().do(f"WHOIS {peer.nick}"))
    assert "*" in only(irc().do(f"WHO {peer.nick}"), "352").words[6]
    assert "*=" in only(irc().do(f"USERHOST {peer.nick}"), "302").words[1]


@clause(MODERN, "KILL message", "481 without the privilege, 461 without a reason, 401 for nobody.")
def test_kill_errors(irc, fresh):
    one, two = irc(), irc("bob")
    assert "481" in commands(one.do(f"KILL {two.nick} :x"))
    assert only(one.do(f"KILL {two.nick}"), "461").words[1] == "KILL"
    one.operate()
    assert "401" in commands(one.do(f"KILL {fresh('none')} :x"))


@clause(MODERN, "KILL message", "Who is killed gets KILL and ERROR; others on the channel see QUIT with the reason.")
def test_kill(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    two.join(channel)
    third.join(channel)
    one.operate()
    one.do(f"KILL {two.nick} :spamming")
    two.drain()
    assert "ERROR" in commands(two.lines)
    assert "spamming" in only(two.lines, "ERROR").words[0]
    line = only(third.settle(), "QUIT")
    assert line.nick == two.nick and "Killed" in line.words[0] and "spamming" in line.words[0]


@clause(MODERN, "REHASH, RESTART, SQUIT, CONNECT messages", "They are refused to those without the privilege by 481.")
@pytest.mark.parametrize("line", ["REHASH", "RESTART", "SQUIT a :b", "CONNECT a", "WALLOPS :x", "KLINE *@x.invalid :x"])
def test_privileges(irc, line):
    assert {"481", "723"} & set(commands(irc().do(line)))


@clause(MODERN, "WALLOPS message", "WALLOPS reaches those with +w, and only them; without words it is 461.")
def test_wallops(irc):
    one, two, third = irc(), irc("bob"), irc("eve")
    one.operate()
    two.do(f"MODE {two.nick} +w")
    third.do(f"MODE {third.nick} -w")
    one.do("WALLOPS :hear ye")
    line = only(two.settle(), "WALLOPS")
    assert line.words == ["hear ye"] and line.nick == one.nick
    lacks(third.settle(), "WALLOPS")
    assert only(one.do("WALLOPS"), "461").words[1] == "WALLOPS"


@clause(MODERN, "ERR_CANTKILLSERVER (483)", "A server is not killed.")
def test_kill_server(irc):
    peer = irc()
    peer.operate()
    assert "483" in commands(peer.do(f"KILL {peer.lines[0].source} :x"))


@clause(MODERN, "REHASH, RESTART, SQUIT, CONNECT messages", "To operators they are answered, and nothing is shut down.")
@pytest.mark.parametrize("line", ["REHASH", "RESTART", "SQUIT a :b", "CONNECT a"])
def test_administration(irc, line):
    peer = irc()
    peer.operate()
    assert {"382", "402", "481", "723"} & set(commands(peer.do(line)))


@clause("Operators' commands", "KLINE", "Who matches a KLINE is closed and kept off, until UNKLINE.")
def test_kline(irc, stranger, fresh):
    one = irc()
    one.operate()
    user = fresh("kl")
    peer = stranger()
    peer.send(f"NICK {fresh()}", f"USER {user} 0 * :x")
    peer.numeric(1)
    one.do(f"KLINE *{user}@* :be gone")
    peer.drain()
    late = stranger()
    late.send(f"NICK {fresh()}", f"USER {user} 0 * :x")
    late.numeric(465)
    late.drain()
    lacks(late.lines, "001")
    one.do(f"UNKLINE *{user}@*")
    again = stranger()
    again.send(f"NICK {fresh()}", f"USER {user} 0 * :x")
    again.numeric(1)
