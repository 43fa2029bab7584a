"""IRC clause by clause: CAP and the capabilities that change what others see."""

import pytest
from harness.conformance import channel, clause, commands, fresh, irc, lacks, member, only, plain, stranger

__all__ = ["channel", "fresh", "irc", "member", "plain", "stranger"]

CAP = "IRCv3 capability-negotiation"
EXTENDED = [
    "account-notify", "account-tag", "away-notify", "batch", "cap-notify", "chghost", "draft/account-registration",
    "draft/chathistory", "draft/event-playback", "draft/multiline", "draft/read-marker", "echo-message", "extended-join",
    "invite-notify", "labeled-response", "message-tags", "multi-prefix", "sasl", "server-time", "setname",
    "standard-replies", "userhost-in-names"]


@clause(CAP, "The CAP LS subcommand", "Version 302 has values; all that we serve is in it.")
def test_ls_302(stranger):
    offered = stranger().capabilities()
    assert set(EXTENDED) - {"cap-notify"} <= set(offered), set(EXTENDED) - set(offered)
    assert "PLAIN" in offered["sasl"].split(",")
    assert "max-bytes=" in offered["draft/multiline"]


@clause(CAP, "The CAP LS subcommand", "Without the version there are no values and one line only.")
def test_ls_301(stranger):
    peer = stranger()
    peer.send("CAP LS")
    line = peer.command("CAP")
    assert line.words[:2] == ["*", "LS"] and line.words[2] != "*" and len(line.words) == 3
    assert "=" not in line.words[2] and "batch" in line.words[2].split()


@clause(CAP, "Connection registration", "CAP LS holds registration until CAP END.")
def test_suspension(stranger, fresh):
    peer = stranger()
    peer.capabilities()
    peer.send(f"NICK {fresh()}", "USER a 0 * :a", "CAP LIST")
    peer.command("CAP")
    lacks(peer.lines, "001")
    peer.send("CAP END")
    peer.numeric(1)


@clause(CAP, "Connection registration", "CAP REQ holds registration, too.")
def test_suspension_by_request(stranger, fresh):
    peer = stranger()
    peer.request("multi-prefix")
    peer.send(f"NICK {fresh()}", "USER a 0 * :a", "CAP LIST")
    peer.read(" LIST ")
    lacks(peer.lines, "001")
    peer.send("CAP END")
    peer.numeric(1)


@clause(CAP, "Connection registration", "A client without CAP registers as ever; CAP END at once does no harm.")
def test_no_negotiation(stranger, fresh):
    peer = stranger()
    peer.send("CAP END", f"NICK {fresh()}", "USER a 0 * :a")
    peer.numeric(1)


@clause(CAP, "The CAP LIST subcommand", "LIST tells what is on; an empty parameter when nothing is.")
def test_list(stranger):
    peer = stranger()
    peer.send("CAP LIST")
    assert peer.command("CAP").words == ["*", "LIST", ""]
    peer.request("multi-prefix", "server-time")
    peer.send("CAP LIST")
    assert set(peer.read(" LIST ").words[2].split()) == {"multi-prefix", "server-time"}


@clause(CAP, "The CAP REQ subcommand", "What can't be had as a whole is refused as a whole, as it was written.")
def test_nak(stranger):
    peer = stranger()
    for names in ("foo qux bar baz qux quux", "foo multi-prefix bar", "multi-prefix foo", "foo multi-prefix"):
        peer.send(f"CAP REQ :{names}")
        assert peer.command("CAP").words == ["*", "NAK", names]
    peer.send("CAP LIST")
    assert peer.command("CAP").words[2] == ""
    peer.request("multi-prefix")


@clause(CAP, "The CAP REQ subcommand", "A hyphen turns a capability off.")
def test_removal(irc):
    peer = irc(caps=["server-time", "echo-message"])
    peer.send("CAP REQ :-server-time")
    line = peer.command("CAP")
    assert line.words[1:] == ["ACK", "-server-time"]
    peer.send("CAP LIST")
    line = peer.command("CAP")
    assert set(line.words[-1].split()) - {"cap-notify"} == {"echo-message"}
    assert "time" not in line.tags
    assert "time" not in only(peer.do(f"PRIVMSG {peer.nick} :x")[:1], "PRIVMSG").tags


@clause(CAP, "The CAP REQ subcommand", "After registration capabilities can be asked for, too.")
def test_late_request(irc):
    one, two = irc(), irc("bob")
    one.request("server-time")
    two.do(f"PRIVMSG {one.nick} :x")
    assert "time" in only(one.settle(), "PRIVMSG").tags


@clause(CAP, "cap-notify", "Version 302 turns cap-notify on, and it can't be turned off.")
def test_cap_notify(stranger):
    peer = stranger()
    peer.capabilities(302)
    peer.send("CAP LIST")
    assert "cap-notify" in peer.read(" LIST ").words[-1].split()
    peer.send("CAP REQ :-cap-notify")
    assert peer.command("CAP").words[1] == "NAK"


@clause(CAP, "Subcommands", "An unknown subcommand is 410, CAP alone 461 or 410.")
def test_unknown_subcommand(irc):
    peer = irc()
    assert only(peer.do("CAP FROB"), "410").words[1] == "FROB"
    assert {"461", "410"} & set(commands(peer.do("CAP")))


@clause(CAP, "Subcommands", "The nick in CAP is `*` before registration and the client's afterwards.")
def test_cap_nick(stranger, irc):
    peer = stranger()
    peer.send("CAP LIST")
    assert peer.command("CAP").words[0] == "*"
    peer = irc()
    peer.send("CAP LIST")
    assert peer.command("CAP").words[0] == peer.nick


@clause("IRCv3 sts", "Server implementation considerations", "sts can't be asked for.")
def test_sts(stranger):
    peer = stranger()
    peer.send("CAP REQ :sts")
    assert peer.command("CAP").words[1] == "NAK"


# What others see


@clause("IRCv3 multi-prefix", "NAMES, WHO", "All prefixes are shown, the highest first; otherwise the highest only.")
def test_multi_prefix(irc, channel):
    one, two = irc(caps=["multi-prefix"]), irc("bob")
    one.join(channel)
    two.join(channel)
    one.do(f"MODE {channel} +v {one.nick}")
    assert "@+" + one.nick in only(one.do(f"NAMES {channel}"), "353").words[-1].split()
    assert "@" + one.nick in only(two.do(f"NAMES {channel}"), "353").words[-1].split()
    assert "@+" in next(line.words[6] for line in one.do(f"WHO {channel}") if line.words[5:6] == [one.nick])
    assert "@+" + channel in " ".join(line.words[-1] for line in one.do(f"WHOIS {one.nick}") if line.command == "319")


@clause("IRCv3 userhost-in-names", "Capability", "NAMES has nick!user@host.")
def test_userhost_in_names(irc, channel):
    one, two = irc(caps=["userhost-in-names"]), irc("bob")
    two.join(channel)
    names = only(one.join(channel), "353").words[-1].split()
    assert all("!" in name and "@" in name.partition("!")[2] for name in names) and len(names) == 2


@clause("IRCv3 extended-join", "Capability", "JOIN has account, `*` for none, and real name; without it the channel only.")
def test_extended_join(irc, channel):
    one, two, third = irc(caps=["extended-join"]), irc("bob"), irc("eve")
    one.join(channel)
    two.join(channel)
    third.join(channel)
    lines = [line for line in one.settle() if line.command == "JOIN"]
    assert [line.words for line in lines] == [[channel, "*", two.nick], [channel, "*", third.nick]]
    assert only(two.settle(), "JOIN").words == [channel]


@clause(
    "IRCv3 away-notify", "Capability",
    "Going and coming back are told to those on the same channels, once; JOIN of one who is away, too.")
def test_away_notify(irc, channel):
    one, two, third = irc(caps=["away-notify"]), irc("bob"), irc("eve")
    for peer in (one, two, third):
        peer.join(channel)
        peer.join(channel + "b")
    one.settle()
    two.do("AWAY :at lunch")
    line = only(one.settle(), "AWAY")
    assert line.nick == two.nick and line.words == ["at lunch"]
    two.do("AWAY")
    assert only(one.settle(), "AWAY").words == []
    lacks(third.settle(), "AWAY")
    late = irc("late")
    late.do("AWAY :gone")
    late.join(channel)
    assert only(one.settle(), "AWAY").words == ["gone"]


@clause("IRCv3 invite-notify", "Capability", "Those on the channel hear of an invitation.")
def test_invite_notify(irc, channel):
    one, two, third, guest = irc(), irc("bob", ["invite-notify"]), irc("eve"), irc("guest")
    for peer in (one, two, third):
        peer.join(channel)
    one.do(f"MODE {channel} +o {two.nick}")
    two.settle()
    one.do(f"INVITE {guest.nick} {channel}")
    line = only(two.settle(), "INVITE")
    assert line.nick == one.nick and line.words == [guest.nick, channel]
    lacks(third.settle(), "INVITE")


@clause("IRCv3 setname", "Command", "SETNAME changes the real name, told to those with the capability on the same channels.")
def test_setname(irc, channel):
    one, two, third = irc(caps=["setname"]), irc("bob", ["setname"]), irc("eve")
    for peer in (one, two, third):
        peer.join(channel)
    assert "NAMELEN" in one.support
    line = only(one.do("SETNAME :A New Name"), "SETNAME")
    assert line.nick == one.nick and line.words == ["A New Name"]
    assert only(two.settle(), "SETNAME").words == ["A New Name"]
    lacks(third.settle(), "SETNAME")
    assert only(third.do(f"WHOIS {one.nick}"), "311").words[-1] == "A New Name"


@clause("IRCv3 setname", "Errors", "A name longer than NAMELEN, or none, is FAIL INVALID_REALNAME or 461.")
def test_setname_errors(irc):
    peer = irc(caps=["setname", "standard-replies"])
    line = only(peer.do("SETNAME :" + "x" * 450), "FAIL")
    assert line.words[:2] == ["SETNAME", "INVALID_REALNAME"]
    assert "461" in commands(peer.do("SETNAME"))


@clause("IRCv3 bot-mode", "User mode", "BOT names a mode; WHO has its letter, WHOIS 335, and messages of the bot the tag.")
def test_bot(irc):
    one, two = irc(), irc("bob", ["message-tags"])
    letter = one.support["BOT"]
    assert only(one.do(f"MODE {one.nick} +{letter}"), "MODE").words == [one.nick, "+" + letter]
    assert letter in only(two.do(f"WHO {one.nick}"), "352").words[6]
    assert only(two.do(f"WHOIS {one.nick}"), "335").words[1] == one.nick
    one.do(f"PRIVMSG {two.nick} :beep")
    assert "bot" in only(two.settle(), "PRIVMSG").tags


@clause("IRCv3 standard-replies", "Format", "FAIL has command, code, context and words for people.")
def test_standard_reply(irc):
    peer = irc(caps=["draft/chathistory", "standard-replies"])
    line = only(peer.do("CHATHISTORY FROB #a * 5"), "FAIL")
    assert line.words[0] == "CHATHISTORY" and line.words[1].isupper() and " " in line.words[-1]


# MONITOR

MONITOR = "IRCv3 monitor"


@clause(MONITOR, "MONITOR +", "Who is here is told at once (730), who is not (731), and both when that changes.")
def test_monitor(irc, stranger, fresh):
    one, two, late = irc(), irc("bob"), fresh("late")
    assert int(one.support["MONITOR"]) > 0
    lines = one.do(f"MONITOR + {two.nick.upper()},{late}")
    assert only(lines, "730").words[1].partition("!")[0] == two.nick and "@" in only(lines, "730").words[1]
    assert only(lines, "731").words[1] == late
    peer = stranger()
    peer.register(late, sasl=False)
    assert one.numeric(730).words[1].partition("!")[0] == late
    peer.send("QUIT")
    assert one.numeric(731).words[1] == late


@clause(MONITOR, "Nick changes", "A change of nick is told as one gone and one come.")
def test_monitor_nick(irc, fresh):
    one, two, new = irc(), irc("bob"), fresh("new")
    old = two.nick
    one.do(f"MONITOR + {old},{new}")
    two.do(f"NICK {new}")
    lines = one.settle()
    assert only(lines, "731").words[1] == old and only(lines, "730").words[1].partition("!")[0] == new


@clause(MONITOR, "MONITOR -, C, L, S", "The list is changed, cleared, shown (732, 733) and asked for.")
def test_monitor_list(irc, fresh):
    one, two, third = irc(), irc("bob"), irc("eve")
    one.do(f"MONITOR + {two.nick},{third.nick}")
    lines = one.do("MONITOR L")
    assert set(only(lines, "732").words[1].split(",")) == {two.nick, third.nick} and only(lines, "733")
    one.do(f"MONITOR - {two.nick}")
    assert only(one.do("MONITOR L"), "732").words[1] == third.nick
    assert only(one.do("MONITOR S"), "730").words[1].partition("!")[0] == third.nick
    one.do("MONITOR C")
    assert commands(one.do("MONITOR L")) == ["733"]
    two.do(f"NICK {fresh()}")
    assert one.settle() == []


@clause(MONITOR, "ERR_MONLISTFULL (734)", "More nicks than the limit are 734.")
def test_monitor_full(irc):
    peer = irc()
    limit = int(peer.support["MONITOR"])
    if limit > 1000:
        pytest.skip("the list is longer than the test")
    for first in range(0, limit, 20):
        peer.send("MONITOR + " + ",".join(f"w{n}" for n in range(first, min(first + 20, limit))))
    lacks(peer.settle(), "734")
    assert only(peer.do("MONITOR + onemore"), "734").words[1:3] == [str(limit), "onemore"]


@clause(MONITOR, "Masks", "Two clients watch one nick; nobody is told twice.")
def test_monitor_twice(irc, fresh):
    one, two, third = irc(), irc("bob"), irc("eve")
    for peer in (one, two):
        peer.do(f"MONITOR + {third.nick}", f"MONITOR + {third.nick}")
    third.do(f"NICK {fresh()}")
    for peer in (one, two):
        assert commands(peer.settle()) == ["731"]


@clause(
    "IRCv3 extended-monitor", "Capability",
    "AWAY, ACCOUNT and SETNAME of watched ones are told to who has extended-monitor and the capability of each.")
def test_extended_monitor(irc, member):
    caps = ["extended-monitor", "away-notify", "account-notify", "setname"]
    one, two, third = irc(caps=caps), irc("bob"), irc("eve", caps[1:])
    for peer in (one, third):
        peer.do(f"MONITOR + {two.nick}")
    two.do("AWAY :at lunch")
    assert only(one.settle(), "AWAY").words == ["at lunch"]
    two.do("SETNAME :A New Name")
    assert only(one.settle(), "SETNAME").words == ["A New Name"]
    two.send("REGISTER * * :correct horse battery")
    two.command("REGISTER", "SUCCESS")
    assert only(one.settle(), "ACCOUNT").words == [two.nick]
    assert not {"AWAY", "SETNAME", "ACCOUNT"} & set(commands(third.settle()))
    one.do(f"MONITOR - {two.nick}")
    two.do("AWAY")
    lacks(one.settle(), "AWAY")


@clause("IRCv3 batch", "Reference tags", "References of batches are told once at a time, of letters, digits and hyphens.")
def test_batch_references(irc, channel):
    peer = irc(caps=["batch", "labeled-response"])
    seen = set()
    for number in range(20):
        start = peer.do(f"@label=x{number} JOIN {channel}x{number}")[0]
        assert start.command == "BATCH" and start.words[0][0] == "+"
        reference = start.words[0][1:]
        assert reference.replace("-", "").isalnum() and reference.isascii() and reference not in seen
        seen.add(reference)
