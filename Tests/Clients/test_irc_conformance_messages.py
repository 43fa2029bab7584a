"""IRC clause by clause: PRIVMSG, NOTICE, TAGMSG, message tags, times and ids, echoes, AWAY."""

import datetime
import re
import time

import pytest
from harness.conformance import MODERN, channel, clause, commands, fresh, irc, lacks, only, plain, stranger

__all__ = ["channel", "fresh", "irc", "plain", "stranger"]

TAGS, TIME, IDS, ECHO = "IRCv3 message-tags", "IRCv3 server-time", "IRCv3 message-ids", "IRCv3 echo-message"


@clause(MODERN, "PRIVMSG message", "A message to a channel reaches all on it but its author, once.")
def test_channel_message(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    for peer in (one, two, third):
        peer.join(channel)
    lacks(one.do(f"PRIVMSG {channel} :hello there"), "PRIVMSG")
    for peer in (two, third):
        line = only(peer.settle(), "PRIVMSG")
        assert line.nick == one.nick and "!" in line.source and line.words == [channel, "hello there"]


@clause(MODERN, "PRIVMSG message", "A message to a nick reaches that person.")
def test_private_message(irc):
    one, two = irc(), irc("bob")
    assert one.do(f"PRIVMSG {two.nick} :hey there!") == []
    assert only(two.settle(), "PRIVMSG").words == [two.nick, "hey there!"]


@clause(MODERN, "PRIVMSG message", "Several targets have a message each; more than TARGMAX are 407.")
def test_targets(irc):
    one, two, third = irc(), irc("bob"), irc("eve")
    one.do(f"PRIVMSG {two.nick},{third.nick} :x")
    for peer in (two, third):
        assert only(peer.settle(), "PRIVMSG").words == [peer.nick, "x"]
    limits = dict(part.partition(":")[::2] for part in one.support["TARGMAX"].split(","))
    limit = int(limits["PRIVMSG"])
    assert "407" in commands(one.do("PRIVMSG " + ",".join(f"x{n}" for n in range(limit + 1)) + " :x"))


@clause(MODERN, "PRIVMSG message", "411 without a target, 412 without words, 401 for nobody, 403, 401 or 404 for no channel.")
def test_message_errors(irc, channel, fresh):
    peer = irc()
    peer.join(channel)
    assert "411" in commands(peer.do("PRIVMSG"))
    assert "412" in commands(peer.do(f"PRIVMSG {channel}"))
    assert "412" in commands(peer.do(f"PRIVMSG {channel} :"))
    nobody = fresh("none")
    assert only(peer.do(f"PRIVMSG {nobody} :x"), "401").words[1] == nobody
    assert {"401", "403", "404"} & set(commands(peer.do(f"PRIVMSG {channel}x :x")))


@clause(MODERN, "NOTICE message", "A NOTICE reaches its targets, and no error is ever answered to it.")
def test_notice(irc, channel, fresh):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    one.settle()
    one.do(f"NOTICE {channel} :to all", f"NOTICE {two.nick} :to one")
    assert [line.words for line in two.settle() if line.command == "NOTICE"] == [
        [channel, "to all"], [two.nick, "to one"]]
    for line in (f"NOTICE {channel}x :x", f"NOTICE {fresh('none')} :x", f"NOTICE {channel} :", "NOTICE"):
        assert one.do(line) == [], line


@clause(MODERN, "STATUSMSG parameter", "A message to @#channel reaches operators only; to +#channel voices, too.")
def test_status_message(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    for peer in (one, two, third):
        peer.join(channel)
    assert {"@", "+"} <= set(one.support["STATUSMSG"])
    one.do(f"MODE {channel} +v {two.nick}")
    for peer in (one, two, third):
        peer.settle()
    third.do(f"PRIVMSG @{channel} :for operators", f"PRIVMSG +{channel} :for voices")
    heard = [[line.words for line in peer.settle() if line.command == "PRIVMSG"] for peer in (one, two)]
    assert heard == [
        [["@" + channel, "for operators"], ["+" + channel, "for voices"]], [["+" + channel, "for voices"]]]


@clause("Modern IRC, CTCP", "Message Syntax", "CTCP, as ACTION, is carried as it is.")
def test_ctcp(irc):
    one, two = irc(), irc("bob")
    one.do(f"PRIVMSG {two.nick} :\1ACTION waves\1")
    assert only(two.settle(), "PRIVMSG").words[1] == "\1ACTION waves\1"


@clause("Modern IRC, formatting", "Characters", "Formatting characters are carried as they are.")
def test_formatting(irc):
    one, two = irc(), irc("bob")
    words = "\x02bold\x02 \x0304,01red\x0f \x1ditalic"
    one.do(f"PRIVMSG {two.nick} :{words}")
    assert only(two.settle(), "PRIVMSG").words[1] == words


@clause(MODERN, "AWAY message", "AWAY is 306, without words 305; 301 is told to who writes or asks, and USERHOST shows it.")
def test_away(irc):
    one, two = irc(), irc("bob")
    assert "306" in commands(one.do("AWAY :at lunch"))
    line = only(two.do(f"PRIVMSG {one.nick} :x"), "301")
    assert line.words == [two.nick, one.nick, "at lunch"]
    assert only(two.do(f"WHOIS {one.nick}"), "301").words[1:] == [one.nick, "at lunch"]
    assert "=-" in only(two.do(f"USERHOST {one.nick}"), "302").words[1]
    assert "301" not in commands(two.do(f"NOTICE {one.nick} :x"))
    for back in ("AWAY", "AWAY :"):
        one.do("AWAY :x")
        assert "305" in commands(one.do(back))
        lacks(two.do(f"PRIVMSG {one.nick} :x"), "301")
    assert "=+" in only(two.do(f"USERHOST {one.nick}"), "302").words[1]


@clause(MODERN, "AWAYLEN parameter", "Words for AWAY longer than AWAYLEN are cut.")
def test_away_length(irc):
    one, two = irc(), irc("bob")
    one.do("AWAY :" + "x" * 480)
    assert len(only(two.do(f"WHOIS {one.nick}"), "301").words[-1]) <= int(one.support["AWAYLEN"])


# Tags


@clause(TAGS, "The `TAGMSG` tag-only message", "TAGMSG reaches those with the capability only.")
def test_tagmsg(irc, channel):
    one, two, third = irc(caps=["message-tags"]), irc("bob", ["message-tags"]), irc("eve")
    for peer in (one, two, third):
        peer.join(channel)
    one.do(f"@+typing=active TAGMSG {channel}", f"@+typing=done TAGMSG {two.nick}")
    lines = [line for line in two.settle() if line.command == "TAGMSG"]
    assert [(line.words, line.tags["+typing"]) for line in lines] == [([channel], "active"), ([two.nick], "done")]
    lacks(third.settle(), "TAGMSG")


@clause(TAGS, "Client-only tags", "Tags that begin with + are carried as they are, others of a client are not.")
def test_client_tags(irc):
    one, two, third = irc(caps=["message-tags"]), irc("bob", ["message-tags"]), irc("eve")
    one.do(f"@+a=b\\sc\\:d\\\\;+v.example/x;time=never;msgid=mine;x=y PRIVMSG {two.nick},{third.nick} :hi")
    tags = only(two.settle(), "PRIVMSG").tags
    assert tags["+a"] == "b c;d\\" and tags["+v.example/x"] == ""
    assert tags.get("time") != "never" and tags.get("msgid") != "mine" and "x" not in tags
    assert only(third.settle(), "PRIVMSG").tags == {}


@clause(TAGS, "Rules for naming message tags", "Of a key that comes twice the last value counts.")
def test_tag_twice(irc):
    one, two = irc(caps=["message-tags"]), irc("bob", ["message-tags"])
    one.do(f"@+a=1;+a=2 PRIVMSG {two.nick} :hi")
    assert only(two.settle(), "PRIVMSG").tags["+a"] == "2"


@clause(TAGS, "Size limit", "4,094 octets of tags are taken; more are answered by 417 and relayed to nobody.")
def test_tag_size(irc):
    one, two = irc(caps=["message-tags"]), irc("bob", ["message-tags"])
    one.do("@+x=" + "a" * 4090 + f" PRIVMSG {two.nick} :fits")
    assert only(two.settle(), "PRIVMSG").tags["+x"] == "a" * 4090
    assert "417" in commands(one.do("@+x=" + "a" * 4092 + f" PRIVMSG {two.nick} :too long"))
    lacks(two.settle(), "PRIVMSG")


@clause(TAGS, "Size limit", "Tags do not count for the 512 octets of the message.")
def test_tag_body(irc):
    one, two = irc(caps=["message-tags"]), irc("bob", ["message-tags"])
    words = "w" * 380
    one.do("@+x=" + "a" * 400 + f" PRIVMSG {two.nick} :{words}")
    assert only(two.settle(), "PRIVMSG").words[1] == words


@clause(TAGS, "Format", "Without the capability no message has tags.")
def test_no_tags(irc, channel):
    one, two = irc(caps=["message-tags", "server-time"]), irc("bob")
    two.join(channel)
    one.join(channel)
    one.do(f"@+a=b PRIVMSG {channel} :x", f"TOPIC {channel} :t", f"PART {channel}")
    two.settle()
    assert all(not line.tags for line in two.lines)


@clause(TIME, "`time` tag", "Each message has the time, in UTC with milliseconds.")
def test_time(irc):
    one, two = irc(), irc("bob", ["server-time"])
    one.do(f"PRIVMSG {two.nick} :x")
    stamp = only(two.settle(), "PRIVMSG").tags["time"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", stamp)
    sent = datetime.datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S.%f%z").timestamp()
    assert abs(sent - time.time()) < 60


@clause(IDS, "`msgid` tag", "A message has one id, the same for all who get it; another message has another.")
def test_ids(irc, channel):
    caps = ["message-tags", "echo-message"]
    one, two, third = irc(caps=caps), irc("bob", caps), irc("eve", caps)
    for peer in (one, two, third):
        peer.join(channel)
    seen = set()
    for words in ("a", "b"):
        one.do(f"PRIVMSG {channel} :{words}")
        ids = {only([line for line in peer.lines if line.words[-1:] == [words]], "PRIVMSG").tags["msgid"]
               for peer in (one, two, third) if peer.settle() is not None}
        assert len(ids) == 1
        identity = ids.pop()
        assert identity and " " not in identity and not identity.startswith(":")
        seen.add(identity)
    assert len(seen) == 2


# echo-message


@clause(ECHO, "Capability", "The author gets a copy of PRIVMSG, NOTICE and TAGMSG as others see it.")
@pytest.mark.parametrize("command", ["PRIVMSG", "NOTICE"])
def test_echo(irc, channel, command):
    one, two = irc(caps=["echo-message"]), irc("bob")
    one.join(channel)
    two.join(channel)
    one.settle()
    line = only(one.do(f"{command} {channel} :hello"), command)
    assert line.nick == one.nick and line.words == [channel, "hello"]
    assert only(two.settle(), command).source == line.source
    assert only(one.do(f"{command} {two.nick} :hello"), command).words == [two.nick, "hello"]


@clause(ECHO, "Capability", "To oneself there are two messages, the echo and the message.")
def test_echo_self(irc):
    peer = irc(caps=["echo-message"])
    assert commands(peer.do(f"PRIVMSG {peer.nick} :x")).count("PRIVMSG") == 2


@clause(ECHO, "Capability", "What could not be delivered has no echo.")
def test_echo_failed(irc, channel, fresh):
    one, two = irc(caps=["echo-message"]), irc("bob")
    two.join(channel)
    two.do(f"MODE {channel} +n")
    lines = one.do(f"PRIVMSG {channel} :x", f"PRIVMSG {fresh('none')} :x")
    assert "404" in commands(lines) and "401" in commands(lines)
    lacks(lines, "PRIVMSG")


@clause(ECHO, "Capability", "TAGMSG is echoed with its tags.")
def test_echo_tagmsg(irc):
    one, two = irc(caps=["echo-message", "message-tags"]), irc("bob", ["message-tags"])
    assert only(one.do(f"@+react=x TAGMSG {two.nick}"), "TAGMSG").tags["+react"] == "x"
