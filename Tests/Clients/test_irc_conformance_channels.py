"""IRC clause by clause: JOIN, PART, TOPIC, NAMES, LIST, INVITE, KICK."""

import time

import pytest
from harness.conformance import MODERN, channel, clause, commands, fresh, irc, lacks, only, plain, stranger

__all__ = ["channel", "fresh", "irc", "plain", "stranger"]


# JOIN


@clause(MODERN, "JOIN message", "JOIN, the topic if there is one, 353 with the client in it and 366 come in this order.")
def test_join_order(irc, channel):
    one, two = irc(), irc("bob")
    lines = one.join(channel)
    assert [code for code in commands(lines) if code in ("JOIN", "332", "331", "353", "366")] == ["JOIN", "353", "366"]
    assert lines[0].nick == one.nick and lines[0].words[0] == channel
    one.do(f"TOPIC {channel} :what it is about")
    lines = two.join(channel)
    codes = [code for code in commands(lines) if code in ("JOIN", "332", "333", "353", "366")]
    assert codes == ["JOIN", "332", "333", "353", "366"]
    assert set(only(lines, "353").words[-1].split()) == {"@" + one.nick, two.nick}


@clause(MODERN, "JOIN message", "Who makes a channel is its operator; others are not.")
def test_first_is_operator(irc, channel):
    one, two = irc(), irc("bob")
    assert only(one.join(channel), "353").words[-1].split() == ["@" + one.nick]
    two.join(channel)
    assert "482" in commands(two.do(f"MODE {channel} +m"))


@clause(MODERN, "JOIN message", "Those on the channel see the JOIN with its source.")
def test_join_seen(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    line = only(one.settle(), "JOIN")
    assert line.nick == two.nick and "!" in line.source and "@" in line.source


@clause(MODERN, "JOIN message", "Several channels are joined by one command, each told in a message of its own.")
def test_join_list(irc, channel):
    peer = irc()
    lines = peer.do(f"JOIN {channel},{channel}b")
    assert [line.words[0] for line in lines if line.command == "JOIN"] == [channel, channel + "b"]


@clause(MODERN, "JOIN message", "The first key is for the first channel, and so on.")
def test_join_keys(irc, channel):
    one, two = irc(), irc("bob")
    one.do(f"JOIN {channel},{channel}b,{channel}c", f"MODE {channel} +k first", f"MODE {channel}c +k third")
    lines = two.do(f"JOIN {channel},{channel}b,{channel}c first,,third")
    assert commands(lines).count("JOIN") == 3, lines


@clause(MODERN, "JOIN message", "Joining a channel again has no effect.")
def test_join_twice(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    one.settle()
    lacks(two.join(channel.upper()), "JOIN")
    lacks(one.settle(), "JOIN")


@clause(MODERN, "JOIN message", "JOIN 0 leaves all channels.")
def test_join_zero(irc, channel):
    peer = irc()
    peer.do(f"JOIN {channel},{channel}b")
    lines = peer.do("JOIN 0")
    assert {line.words[0] for line in lines if line.command == "PART"} == {channel, channel + "b"}


@clause(MODERN, "JOIN message", "JOIN without a channel is 461; a name that no channel can have is 403, 476 or 479.")
@pytest.mark.parametrize("name", ["nochan", "#", "!x", "#" + "x" * 300, "*"])
def test_join_bad(irc, name):
    peer = irc()
    assert only(peer.do("JOIN"), "461").words[1] == "JOIN"
    assert {"403", "476", "479"} & set(commands(peer.do(f"JOIN {name}")))


@clause(MODERN, "CHANLIMIT parameter", "On more channels than CHANLIMIT allows, JOIN is 405.")
def test_channel_limit(irc, channel):
    peer = irc()
    limit = int(peer.support["CHANLIMIT"].partition(":")[2].split(",")[0])
    if limit > 2000:
        pytest.skip("the server has no limit that can be reached")
    for first in range(0, limit, 10):
        peer.send("JOIN " + ",".join(f"{channel}x{n}" for n in range(first, min(first + 10, limit))))
    peer.settle()
    assert only(peer.do(f"JOIN {channel}"), "405").words[1] == channel


# PART


@clause(MODERN, "PART message", "PART is told to all on the channel with its reason.")
def test_part(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    assert only(two.do(f"PART {channel} :so long"), "PART").words == [channel, "so long"]
    line = only(one.settle(), "PART")
    assert line.nick == two.nick and line.words == [channel, "so long"]
    assert only(one.do(f"PART {channel}"), "PART").words[0] == channel


@clause(MODERN, "PART message", "PART of a channel one is not on is 442, of one that is not there 403; none named is 461.")
def test_part_errors(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    assert only(two.do(f"PART {channel}"), "442").words[1] == channel
    assert only(two.do(f"PART {channel}x"), "403").words[1] == channel + "x"
    assert only(two.do("PART"), "461").words[1] == "PART"


@clause(MODERN, "PART message", "Several channels are left by one command.")
def test_part_list(irc, channel):
    peer = irc()
    peer.do(f"JOIN {channel},{channel}b")
    lines = peer.do(f"PART {channel},{channel}b :bye")
    assert [line.words for line in lines if line.command == "PART"] == [[channel, "bye"], [channel + "b", "bye"]]


# TOPIC


@clause(MODERN, "TOPIC message", "A topic is told to all on the channel, its author too; an empty one clears it.")
def test_topic(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    assert only(one.do(f"TOPIC {channel} :a topic"), "TOPIC").words == [channel, "a topic"]
    assert only(two.settle(), "TOPIC").words == [channel, "a topic"]
    lines = two.do(f"TOPIC {channel}")
    assert only(lines, "332").words == [two.nick, channel, "a topic"]
    who, when = only(lines, "333").words[2:]
    assert who.partition("!")[0] == one.nick and abs(int(when) - time.time()) < 60
    assert only(one.do(f"TOPIC {channel} :"), "TOPIC").words == [channel, ""]
    assert only(one.do(f"TOPIC {channel}"), "331").words[1] == channel


@clause(MODERN, "Protected Topic Mode", "With +t only operators set the topic; others get 482.")
def test_topic_protected(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    one.do(f"MODE {channel} +t")
    assert only(two.do(f"TOPIC {channel} :x"), "482").words[1] == channel
    one.do(f"MODE {channel} -t")
    assert only(two.do(f"TOPIC {channel} :x"), "TOPIC").words[1] == "x"


@clause(MODERN, "TOPIC message", "TOPIC without a channel is 461, of none 403, set from outside 442.")
def test_topic_errors(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    assert only(two.do("TOPIC"), "461").words[1] == "TOPIC"
    assert only(two.do(f"TOPIC {channel}x"), "403").words[1] == channel + "x"
    assert only(two.do(f"TOPIC {channel} :x"), "442").words[1] == channel


@clause(MODERN, "TOPICLEN parameter", "A topic longer than TOPICLEN is cut.")
def test_topic_length(irc, channel):
    peer = irc()
    peer.join(channel)
    limit = int(peer.support["TOPICLEN"])
    line = only(peer.do(f"TOPIC {channel} :" + "t" * min(limit + 20, 470)), "TOPIC")
    assert len(line.words[1]) <= limit


# NAMES


@clause(MODERN, "NAMES message", "NAMES shows each on the channel with its highest prefix, then 366.")
def test_names(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    two.join(channel)
    one.do(f"MODE {channel} +v {one.nick}", f"MODE {channel} +v {two.nick}")
    lines = two.do(f"NAMES {channel}")
    assert set(only(lines, "353").words[-1].split()) == {"@" + one.nick, "+" + two.nick}
    assert only(lines, "366").words[1] == channel


@clause(MODERN, "NAMES message", "A channel that is not there has only 366.")
def test_names_none(irc, channel):
    peer = irc()
    lines = peer.do(f"NAMES {channel}")
    assert commands(lines) == ["366"] and lines[0].words[1] == channel


@clause(MODERN, "Secret Channel Mode", "Of a secret channel those outside see 366 only, and nothing in LIST and WHOIS.")
def test_secret(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    one.do(f"MODE {channel} +s")
    assert commands(two.do(f"NAMES {channel}")) == ["366"]
    assert all(line.words[1] != channel for line in two.do("LIST") if line.command == "322")
    assert commands(two.do(f"LIST {channel}"))[-1] == "323"
    assert channel not in " ".join(line.words[-1] for line in two.do(f"WHOIS {one.nick}") if line.command == "319")
    assert only(one.do(f"NAMES {channel}"), "353").words[1] == "@"
    assert channel in [line.words[1] for line in one.do("LIST") if line.command == "322"]


@clause(MODERN, "NAMES message", "NAMES without a channel ends in one 366.")
def test_names_all(irc):
    assert commands(irc().do("NAMES"))[-1] == "366"


@clause(MODERN, "Invisible User Mode", "Who is +i is not shown in NAMES to those who share no channel.")
def test_names_invisible(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    one.join(channel)
    two.join(channel)
    two.do(f"MODE {two.nick} +i")
    assert two.nick not in " ".join(line.words[-1] for line in third.do(f"NAMES {channel}") if line.command == "353")
    assert two.nick in " ".join(line.words[-1] for line in one.do(f"NAMES {channel}") if line.command == "353")


@clause(MODERN, "NAMES message", "A long list takes several lines, none longer than 512 octets.")
def test_names_long(irc, stranger, channel, fresh):
    nicks = []
    for _ in range(30):
        peer = stranger()
        nicks.append(fresh("a-rather-long-nick-"))
        peer.register(nicks[-1], sasl=False)
        peer.join(channel)
    lines = irc().join(channel)
    rows = [line for line in lines if line.command == "353"]
    assert len(rows) > 1 and all(len(line.text) <= 510 for line in rows)
    assert set(nicks) <= {name.lstrip("@+") for line in rows for name in line.words[-1].split()}


# LIST


@clause(MODERN, "LIST message", "LIST shows channels with people and topic, and ends in 323.")
def test_list(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    one.do(f"TOPIC {channel} :about")
    lines = two.do("LIST")
    row = next(line for line in lines if line.command == "322" and line.words[1] == channel)
    assert row.words[2] == "1" and row.words[3].endswith("about")
    assert lines[-1].command == "323"


@clause(MODERN, "LIST message", "LIST of named channels shows these only.")
def test_list_named(irc, channel):
    peer = irc()
    peer.do(f"JOIN {channel},{channel}b,{channel}c")
    lines = peer.do(f"LIST {channel},{channel}c")
    assert {line.words[1] for line in lines if line.command == "322"} == {channel, channel + "c"}


@clause(MODERN, "ELIST parameter", "U: channels are chosen by the number of people.")
def test_list_people(irc, channel):
    one, two = irc(), irc("bob")
    one.do(f"JOIN {channel},{channel}b")
    two.join(channel)
    assert "U" in one.support["ELIST"].upper()
    more = {line.words[1] for line in one.do("LIST >1") if line.command == "322"}
    fewer = {line.words[1] for line in one.do("LIST <2") if line.command == "322"}
    assert channel in more and channel + "b" not in more
    assert channel + "b" in fewer and channel not in fewer


@clause(MODERN, "ELIST parameter", "M and N: channels are chosen by masks of their names.")
def test_list_masks(irc, channel):
    peer = irc()
    peer.do(f"JOIN {channel},{channel}b")
    elist = peer.support["ELIST"].upper()
    assert "M" in elist and "N" in elist
    assert {line.words[1] for line in peer.do(f"LIST *{channel[1:]}b") if line.command == "322"} == {channel + "b"}
    others = {line.words[1] for line in peer.do(f"LIST !*{channel[1:]}b") if line.command == "322"}
    assert channel in others and channel + "b" not in others


@clause(MODERN, "ELIST parameter", "C and T: channels are chosen by the age of channel and topic.")
def test_list_times(irc, channel):
    peer = irc()
    peer.join(channel)
    peer.do(f"TOPIC {channel} :x")
    elist = peer.support["ELIST"].upper()
    for letter in "CT":
        assert letter in elist
        assert channel in [line.words[1] for line in peer.do(f"LIST {letter}<10") if line.command == "322"]
        assert channel not in [line.words[1] for line in peer.do(f"LIST {letter}>10") if line.command == "322"]


# INVITE


@clause(MODERN, "INVITE message", "Who invites gets 341, who is invited INVITE; nobody else hears of it.")
def test_invite(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    one.join(channel)
    third.join(channel)
    assert only(one.do(f"INVITE {two.nick} {channel}"), "341").words == [one.nick, two.nick, channel]
    line = only(two.settle(), "INVITE")
    assert line.nick == one.nick and line.words == [two.nick, channel]
    lacks(third.settle(), "INVITE")


@clause(MODERN, "INVITE message", "461 for too few parameters, 401, 442 from outside, 443 for those who are there.")
def test_invite_errors(irc, channel, fresh):
    one, two, third = irc(), irc("bob"), irc("eve")
    one.join(channel)
    two.join(channel)
    assert only(one.do(f"INVITE {third.nick}"), "461").words[1] == "INVITE"
    assert only(one.do(f"INVITE {fresh('none')} {channel}"), "401")
    assert only(third.do(f"INVITE {one.nick} {channel}"), "442").words[1] == channel
    assert only(one.do(f"INVITE {two.nick} {channel}"), "443").words[1:3] == [two.nick, channel]
    assert {"403", "442"} & set(commands(one.do(f"INVITE {third.nick} {channel}x")))


@clause(MODERN, "Invite-Only Channel Mode", "With +i only the invited come in, others get 473; only operators invite.")
def test_invite_only(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    one.join(channel)
    third.join(channel)
    one.do(f"MODE {channel} +i")
    assert only(two.join(channel), "473").words[1] == channel
    assert only(third.do(f"INVITE {two.nick} {channel}"), "482").words[1] == channel
    one.do(f"INVITE {two.nick} {channel}")
    two.settle()
    assert "JOIN" in commands(two.join(channel))
    two.do(f"PART {channel}")
    assert "473" in commands(two.join(channel)), "an invitation is good once"


# KICK


@clause(MODERN, "KICK message", "KICK is told to all on the channel, with the reason or one by default.")
def test_kick(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    for peer in (one, two, third):
        peer.join(channel)
    one.do(f"KICK {channel} {two.nick} :for a reason")
    for peer in (two, third):
        line = only(peer.settle(), "KICK")
        assert line.nick == one.nick and line.words == [channel, two.nick, "for a reason"]
    assert "442" in commands(two.do(f"PART {channel}"))
    one.do(f"KICK {channel} {third.nick}")
    assert only(third.settle(), "KICK").words[2]


@clause(MODERN, "KICK message", "461, 403, 441 for who is not there, 442 from outside, 482 without the rank.")
def test_kick_errors(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    one.join(channel)
    two.join(channel)
    assert only(one.do(f"KICK {channel}"), "461").words[1] == "KICK"
    assert only(one.do(f"KICK {channel}x {two.nick}"), "403").words[1] == channel + "x"
    assert only(one.do(f"KICK {channel} {third.nick}"), "441").words[1:3] == [third.nick, channel]
    assert only(third.do(f"KICK {channel} {two.nick}"), "442").words[1] == channel
    assert only(two.do(f"KICK {channel} {one.nick}"), "482").words[1] == channel


@clause(MODERN, "KICK message", "Of several who are kicked each is told in a message of its own.")
def test_kick_several(irc, channel):
    one, two, third = irc(), irc("bob"), irc("eve")
    for peer in (one, two, third):
        peer.join(channel)
    one.settle()
    lines = [line for line in one.do(f"KICK {channel} {two.nick},{third.nick} :x") if line.command == "KICK"]
    assert [line.words[1] for line in lines] == [two.nick, third.nick]


@clause(MODERN, "CASEMAPPING parameter", "Names of channels and people in letters of either case are the same.")
def test_case(irc, channel):
    one, two = irc(), irc("bob")
    one.join(channel)
    assert channel in only(two.join(channel.upper()), "353").words[2].lower()
    one.do(f"PRIVMSG {channel.upper()} :x")
    assert only(two.settle(), "PRIVMSG").words[1] == "x"
    one.do(f"PRIVMSG {two.nick.upper()} :y")
    assert only(two.settle(), "PRIVMSG").words[1] == "y"
