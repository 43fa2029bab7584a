"""IRC clause by clause: labels, batches, messages of several lines, history, read markers."""

import re

import pytest
from harness.conformance import channel, clause, commands, fresh, irc, lacks, member, only, plain, stranger

__all__ = ["channel", "fresh", "irc", "member", "plain", "stranger"]

LABEL, BATCH = "IRCv3 labeled-response", "IRCv3 batch"
LINES, HISTORY, MARKER = "IRCv3 draft/multiline", "IRCv3 draft/chathistory", "IRCv3 draft/read-marker"
LABELS = ["batch", "labeled-response"]
HISTORIAN = ["batch", "server-time", "message-tags", "draft/chathistory", "echo-message", "standard-replies"]
MULTILINE = ["batch", "message-tags", "draft/multiline", "standard-replies"]


def batch(lines, kind):
    """The lines in the one batch of that type, with its first line."""
    starts = [line for line in lines if line.command == "BATCH" and line.words[0][0] == "+" and line.words[1] == kind]
    assert len(starts) == 1, lines
    reference = starts[0].words[0][1:]
    assert re.fullmatch(r"[A-Za-z0-9-]+", reference)
    assert lines[-1].words == ["-" + reference] or any(
        line.command == "BATCH" and line.words == ["-" + reference] for line in lines)
    return starts[0], [line for line in lines if line.tags.get("batch") == reference]


# Labels


@clause(LABEL, "Responses", "An answer of one message has the label itself.")
def test_label_one(irc):
    peer = irc(caps=LABELS)
    line = only(peer.do("@label=x1 PING hello"), "PONG")
    assert line.tags == {"label": "x1"}


@clause(LABEL, "Responses", "Several messages stand in a batch that has the label.")
def test_label_many(irc, channel):
    peer = irc(caps=LABELS)
    lines = peer.do(f"@label=x1 JOIN {channel}")
    start, inside = batch(lines, "labeled-response")
    assert start.tags == {"label": "x1"}
    assert {"JOIN", "353", "366"} <= set(commands(inside))
    assert all("label" not in line.tags for line in inside)


@clause(LABEL, "ACK", "To what has no answer there is an ACK with the label.")
def test_label_none(irc):
    one, two = irc(caps=LABELS), irc("bob", LABELS)
    for line in ("PONG x", f"PRIVMSG {two.nick} :hi", f"NOTICE {two.nick} :hi"):
        answer = one.do(f"@label=x1 {line}")
        assert commands(answer) == ["ACK"] and answer[0].tags == {"label": "x1"}, line
    assert all("label" not in line.tags for line in two.settle())


@clause(LABEL, "Errors", "Errors have the label, too, also of unknown commands.")
def test_label_errors(irc):
    peer = irc(caps=LABELS)
    for line, code in (("FROB", "421"), ("JOIN", "461"), ("NICK", "431"), ("PRIVMSG", "411")):
        assert only(peer.do(f"@label=x1 {line}"), code).tags == {"label": "x1"}


@clause(LABEL, "Echo", "With echo-message the echo has the label, once, also to oneself; the id is that of the others.")
@pytest.mark.parametrize("command", ["PRIVMSG", "NOTICE", "TAGMSG"])
def test_label_echo(irc, channel, command):
    caps = [*LABELS, "echo-message", "message-tags"]
    one, two = irc(caps=caps), irc("bob", caps)
    for peer in (one, two):
        peer.join(channel)
    one.settle()
    words = "" if command == "TAGMSG" else " :hi"
    for target in (channel, two.nick):
        echo = only(one.do(f"@label=x1;+react=y {command} {target}{words}"), command)
        seen = only(two.settle(), command)
        assert echo.tags["label"] == "x1" and echo.tags["+react"] == "y" and "label" not in seen.tags
        assert echo.tags["msgid"] == seen.tags["msgid"]
    lines = [line for line in one.do(f"@label=x2 {command} {one.nick}{words}") if line.command == command]
    assert len(lines) == 2 and [line.tags.get("label") for line in lines].count("x2") == 1


@clause(LABEL, "NICK", "The answer to NICK has the label; what others do has none.")
def test_label_nick(irc, channel, fresh):
    one, two = irc(caps=LABELS), irc("bob", LABELS)
    one.join(channel)
    two.join(channel)
    one.settle()
    assert only(one.do(f"@label=x1 NICK {fresh('new')}"), "NICK").tags == {"label": "x1"}
    assert "label" not in only(two.settle(), "NICK").tags


@clause(LABEL, "Several targets", "Echoes of one message to several targets are one answer; others get no label.")
def test_label_targets(irc):
    caps = [*LABELS, "echo-message"]
    one, two, third = irc(caps=caps), irc("bob", caps), irc("eve", caps)
    lines = one.do(f"@label=x1 PRIVMSG {two.nick},{third.nick} :hi")
    start, inside = batch(lines, "labeled-response")
    assert start.tags == {"label": "x1"} and [line.words[0] for line in inside] == [two.nick, third.nick]
    for peer in (two, third):
        assert "label" not in only(peer.settle(), "PRIVMSG").tags


@clause(LABEL, "Later answers", "An answer that takes a while, as to OPER and REGISTER, has the label, too.")
def test_label_later(irc):
    peer = irc(caps=[*LABELS, "draft/account-registration"])
    peer.send("@label=x1 OPER root wrong")
    assert peer.read(r" (464|491) ").tags["label"] == "x1"
    peer.send("@label=x2 REGISTER * * :correct horse battery")
    line = peer.read(r"label=x2")
    assert line.command in ("REGISTER", "BATCH")


@clause(LABEL, "Dependencies", "Without the capability a label has no effect.")
def test_label_off(irc):
    assert only(irc().do("@label=x1 PING hello"), "PONG").tags == {}


@clause(LABEL, "WHOIS", "A long answer is one batch from its first message to its last.")
def test_label_whois(irc):
    peer = irc(caps=LABELS)
    lines = peer.do(f"@label=x1 WHOIS {peer.nick}")
    _, inside = batch(lines, "labeled-response")
    assert inside[0].command == "311" and inside[-1].command == "318"
    assert len(inside) == len(lines) - 2


# Several lines


def send_lines(peer, target, *lines, command="PRIVMSG", tags="", reference="r1"):
    peer.send(f"{tags}BATCH +{reference} draft/multiline {target}")
    for line in lines:
        joined = ";draft/multiline-concat" if line.startswith("\0") else ""
        words = line.lstrip("\0")
        peer.send(f"@batch={reference}{joined} {command} {target} :{words}")
    peer.send(f"BATCH -{reference}")


@clause(LINES, "Batch types", "A message of several lines reaches those with the capability as a batch.")
@pytest.mark.parametrize("command", ["PRIVMSG", "NOTICE"])
def test_lines(irc, channel, command):
    one, two = irc(caps=MULTILINE), irc("bob", MULTILINE)
    one.join(channel)
    two.join(channel)
    one.settle()
    send_lines(one, channel, "hello", "", "how is ", "\0everyone?", command=command, tags="@+x=y ")
    one.settle()
    start, inside = batch(two.settle(), "draft/multiline")
    assert start.nick == one.nick and start.words[2] == channel
    assert start.tags["+x"] == "y" and start.tags["msgid"]
    assert [(line.command, line.words[1], "draft/multiline-concat" in line.tags) for line in inside] == [
        (command, "hello", False), (command, "", False), (command, "how is ", False), (command, "everyone?", True)]


@clause(LINES, "Fallback", "Others get the lines one by one, without blank ones, the id on the first.")
def test_lines_fallback(irc, channel):
    one, two = irc(caps=MULTILINE), irc("bob", ["message-tags"])
    one.join(channel)
    two.join(channel)
    send_lines(one, channel, "hello", "", "how is ", "\0everyone?")
    one.settle()
    lines = [line for line in two.settle() if line.command in ("PRIVMSG", "BATCH")]
    assert [line.words[-1] for line in lines] == ["hello", "how is ", "everyone?"]
    assert "msgid" in lines[0].tags and all("msgid" not in line.tags for line in lines[1:])


@clause(LINES, "Labeled response with echo-message", "The label stands on the echo's BATCH only.")
def test_lines_label(irc, channel):
    peer = irc(caps=[*MULTILINE, "labeled-response", "echo-message"])
    peer.join(channel)
    send_lines(peer, channel, "a", "b", tags="@label=x1 ")
    lines = peer.settle()
    start, inside = batch(lines, "draft/multiline")
    assert start.tags["label"] == "x1" and all("label" not in line.tags for line in inside)


@clause(LINES, "Errors", "What can't be is told by FAIL BATCH with its code, and delivered to nobody.")
@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["a", "\0"], "MULTILINE_INVALID"), (["", ""], "MULTILINE_INVALID"), ([], "MULTILINE_INVALID"),
        (["x" * 300] * 200, "MULTILINE_MAX_(BYTES|LINES)"), (["x"] * 2000, "MULTILINE_MAX_LINES"),
    ])
def test_lines_errors(irc, channel, lines, code):
    one, two = irc(caps=MULTILINE), irc("bob", MULTILINE)
    one.join(channel)
    two.join(channel)
    send_lines(one, channel, *lines)
    line = only(one.settle(), "FAIL")
    assert line.words[0] == "BATCH" and re.fullmatch(code, line.words[1])
    lacks(two.settle(), "PRIVMSG")


@clause(LINES, "Errors", "A message for another target, or of another kind, spoils the batch.")
def test_lines_mixed(irc, channel):
    peer = irc(caps=MULTILINE)
    peer.join(channel)
    peer.send(f"BATCH +a draft/multiline {channel}", f"@batch=a PRIVMSG {channel}x :x", "BATCH -a")
    assert only(peer.settle(), "FAIL").words[1:4] == ["MULTILINE_INVALID_TARGET", channel, channel + "x"]
    peer.send(
        f"BATCH +b draft/multiline {channel}", f"@batch=b PRIVMSG {channel} :x", f"@batch=b NOTICE {channel} :x", "BATCH -b")
    assert only(peer.settle(), "FAIL").words[1] == "MULTILINE_INVALID"


# History


@pytest.fixture
def story(irc, channel):
    """A channel in which ten messages were said; and their ids and times."""
    peer = irc(caps=HISTORIAN)
    peer.join(channel)
    lines = [only(peer.do(f"PRIVMSG {channel} :say {n}"), "PRIVMSG") for n in range(10)]
    return peer, channel, [line.tags["msgid"] for line in lines], [line.tags["time"] for line in lines]


def told(peer, request):
    _, inside = batch(peer.do(f"CHATHISTORY {request}"), "chathistory")
    return [line.words[-1] for line in inside]


def says(first, last):
    return [f"say {n}" for n in range(first, last + 1)]


@clause(HISTORY, "LATEST", "The newest messages, oldest first, with their ids and times.")
def test_latest(story):
    peer, channel, ids, times = story
    assert int(peer.support["CHATHISTORY"]) >= 50
    start, inside = batch(peer.do(f"CHATHISTORY LATEST {channel} * 4"), "chathistory")
    assert start.words[2] == channel
    assert [line.words for line in inside] == [[channel, words] for words in says(6, 9)]
    assert [line.tags["msgid"] for line in inside] == ids[6:] and [line.tags["time"] for line in inside] == times[6:]
    assert all(line.nick == peer.nick for line in inside)
    assert told(peer, f"LATEST {channel} msgid={ids[7]} 50") == says(8, 9)


@clause(HISTORY, "BEFORE, AFTER", "The messages next to a point, without it.")
def test_before_after(story):
    peer, channel, ids, times = story
    assert told(peer, f"BEFORE {channel} msgid={ids[5]} 2") == says(3, 4)
    assert told(peer, f"AFTER {channel} msgid={ids[5]} 2") == says(6, 7)
    assert told(peer, f"AFTER {channel} timestamp=2000-01-01T00:00:00.000Z 3") == says(0, 2)
    assert told(peer, f"BEFORE {channel} timestamp=2000-01-01T00:00:00.000Z 3") == []


@clause(HISTORY, "AROUND", "Messages on both sides of a point, no more than asked for.")
def test_around(story):
    peer, channel, ids, _ = story
    words = told(peer, f"AROUND {channel} msgid={ids[5]} 3")
    assert "say 5" in words and len(words) <= 3


@clause(HISTORY, "BETWEEN", "The messages between two points, without them, whichever comes first.")
def test_between(story):
    peer, channel, ids, _ = story
    assert told(peer, f"BETWEEN {channel} msgid={ids[2]} msgid={ids[6]} 50") == says(3, 5)
    assert told(peer, f"BETWEEN {channel} msgid={ids[6]} msgid={ids[2]} 50") == says(3, 5)
    assert told(peer, f"BETWEEN {channel} msgid={ids[2]} msgid={ids[6]} 2") == says(3, 4)
    assert told(peer, f"BETWEEN {channel} msgid={ids[6]} msgid={ids[2]} 2") == says(4, 5)


@clause(HISTORY, "TARGETS", "The channels with messages in a time.")
def test_targets(story):
    peer, channel, _, times = story
    lines = peer.do("CHATHISTORY TARGETS timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 50")
    _, inside = batch(lines, "draft/chathistory-targets")
    rows = {line.words[1]: line.words[2] for line in inside if line.words[0] == "TARGETS"}
    assert rows[channel] == times[-1]


@clause(HISTORY, "Private messages", "Both sides of a conversation are told to both who had it.")
def test_private_history(member):
    one, two, third = member(caps=HISTORIAN), member("bob", HISTORIAN), member("eve", HISTORIAN)
    one.do(f"PRIVMSG {two.nick} :hello")
    two.do(f"PRIVMSG {one.nick} :hi")
    assert told(one, f"LATEST {two.nick} * 5") == ["hello", "hi"] == told(two, f"LATEST {one.nick} * 5")
    assert told(third, f"LATEST {one.nick} * 5") == []


@clause(HISTORY, "Errors", "Unknown subcommands, missing and odd parameters are told by FAIL with their codes.")
@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ("FROB {0} * 5", "(UNKNOWN_COMMAND|INVALID_PARAMS)"), ("LATEST {0}", "(NEED_MORE_PARAMS|INVALID_PARAMS)"),
        ("BEFORE {0} yesterday 5", "INVALID_(PARAMS|MSGREFTYPE)"), ("LATEST {0} * many", "INVALID_PARAMS"),
        ("", "(NEED_MORE_PARAMS|INVALID_PARAMS)"),
    ])
def test_history_errors(story, request_, code):
    peer, channel, _, _ = story
    line = only(peer.do(f"CHATHISTORY {request_.format(channel)}".rstrip()), "FAIL")
    assert line.words[0] == "CHATHISTORY" and re.fullmatch(code, line.words[1]), line


@clause(HISTORY, "Security considerations", "What one may not read is refused, or as if there were nothing.")
def test_history_foreign(story, irc):
    peer, channel, _, _ = story
    peer.do(f"MODE {channel} +i")
    other = irc(caps=HISTORIAN)
    lines = other.do(f"CHATHISTORY LATEST {channel} * 5")
    lacks(lines, "PRIVMSG")
    if "FAIL" in commands(lines):
        assert only(lines, "FAIL").words[:2] == ["CHATHISTORY", "INVALID_TARGET"]


@clause(HISTORY, "draft/event-playback", "Joins and others are told only to those with event-playback.")
def test_event_playback(irc, channel):
    one, two = irc(caps=HISTORIAN), irc("bob", [*HISTORIAN, "draft/event-playback"])
    one.join(channel)
    one.do(f"TOPIC {channel} :t", f"PRIVMSG {channel} :x")
    two.join(channel)
    _, inside = batch(one.do(f"CHATHISTORY LATEST {channel} * 20"), "chathistory")
    assert set(commands(inside)) == {"PRIVMSG"}
    _, inside = batch(two.do(f"CHATHISTORY LATEST {channel} * 20"), "chathistory")
    assert {"PRIVMSG", "TOPIC"} <= set(commands(inside))


@clause(HISTORY, "Several lines", "A message of several lines comes back as one.")
def test_history_lines(irc, channel):
    caps = [*HISTORIAN, "draft/multiline"]
    peer = irc(caps=caps)
    peer.join(channel)
    send_lines(peer, channel, "a", "b")
    peer.settle()
    lines = peer.do(f"CHATHISTORY LATEST {channel} * 5")
    outer, _ = batch(lines, "chathistory")
    inner, inside = batch(lines, "draft/multiline")
    assert inner.tags["batch"] == outer.words[0][1:] and [line.words[1] for line in inside] == ["a", "b"]


# Read markers


@clause(MARKER, "MARKREAD", "The mark is set, asked for, and never goes back; after JOIN it is told before 366.")
def test_marker(member, irc, channel):
    peer = member(caps=["draft/read-marker", "standard-replies"])
    lines = peer.join(channel)
    codes = commands(lines)
    assert only(lines, "MARKREAD").words == [channel, "*"] and codes.index("MARKREAD") < codes.index("366")
    early, late = "timestamp=2026-01-01T00:00:00.000Z", "timestamp=2026-01-02T00:00:00.000Z"
    assert only(peer.do(f"MARKREAD {channel} {early}"), "MARKREAD").words == [channel, early]
    assert only(peer.do(f"MARKREAD {channel} {late}"), "MARKREAD").words == [channel, late]
    assert only(peer.do(f"MARKREAD {channel} {early}"), "MARKREAD").words == [channel, late]
    assert only(peer.do(f"MARKREAD {channel}"), "MARKREAD").words == [channel, late]
    guest = irc(caps=["draft/read-marker"])
    assert only(guest.join(channel), "MARKREAD").words == [channel, "*"]


@clause(MARKER, "Errors", "NEED_MORE_PARAMS without a target, INVALID_PARAMS for what is no time.")
def test_marker_errors(irc, channel):
    peer = irc(caps=["draft/read-marker", "standard-replies"])
    peer.join(channel)
    assert only(peer.do("MARKREAD"), "FAIL").words[:2] == ["MARKREAD", "NEED_MORE_PARAMS"]
    assert only(peer.do(f"MARKREAD {channel} yesterday"), "FAIL").words[:2] == ["MARKREAD", "INVALID_PARAMS"]


@clause(MARKER, "Security considerations", "Nobody else is told.")
def test_marker_private(member, channel):
    one, two = member(caps=["draft/read-marker"]), member("bob", ["draft/read-marker"])
    one.join(channel)
    two.join(channel)
    one.do(f"MARKREAD {channel} timestamp=2026-01-01T00:00:00.000Z")
    lacks(two.settle(), "MARKREAD")
    assert only(two.do(f"MARKREAD {channel}"), "MARKREAD").words[1] == "*"
