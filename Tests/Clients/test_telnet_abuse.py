"""What can be done to a server with telnet itself, each with the number that must hold.

| Abuse | Number |
| --- | --- |
| every verb for every option, answered inverted | 2 replies an option |
| a flood of negotiation | a tenth of the input comes back; others wait 50 ms |
| a flood of lines | 20 a second are done, and one notice |
| a subnegotiation without an end | 2 MiB of memory |
| 10,000 variables of the environment | no effect on who one is; 2 MiB |
| window sizes of every kind, and 10,000 of them | 20 to 500 columns; 2 MiB |
| keys in character mode, messages of GMCP and MSDP | others wait 50 ms |
| ever new terminal types | 8 questions |
| a bomb in compressed input | cut off; 4 MiB |
| octets behind the end of compressed input | plain text again |
| every octet and every sequence, said by one player | others see text and our own colours |
| crawlers and other protocols | answered in 100 ms |

On machines that are slow by themselves the times are multiples of what an idle server takes. MUD_ABUSE=16 makes the floods
as many times as long.
"""

import collections
import re
import time
import zlib

import pytest
from conftest import PASSWORD
from harness.abuse import MIB, SCALE, Flood, allowed, check_nobody_waits, delays, p99, pour
from harness.server import Server
from harness.telnet import (
    AYT, DO, DONT, ECHO, IAC, MCCP2, NAWS, NOP, SB, SE, SGA, TTYPE, WILL, WONT, Disconnected, TelnetClient)

NEW_ENVIRON, CHARSET, MSDP, MSSP, MCCP3, GMCP = 39, 42, 69, 70, 87, 201
IS, INFO = 0, 2
VERBS = (WILL, WONT, DO, DONT)
INVERSE = {WILL: DONT, WONT: DO, DO: WONT, DONT: WILL}


@pytest.fixture
def stranger(connect):
    """A client that answers nothing by itself and has not logged in."""
    client = connect(answers=False)
    client.read_prompt("Name: ")
    return client


def sub(option, payload):
    return bytes([IAC, SB, option]) + payload.replace(b"\xff", b"\xff\xff") + bytes([IAC, SE])


# Negotiation


def test_every_option_inverted_ends_in_silence(victim, stranger):
    opening = answered = len(stranger.offers)
    stranger.send(b"".join(bytes([IAC, verb, option]) for option in range(256) for verb in VERBS))
    for rounds in range(20):
        # By the time the server has answered a line, it has answered everything before.
        stranger.line("? ")
        stranger.read_until("Here you only come in")
        stranger.read_prompt("Name: ")
        fresh = stranger.offers[answered:]
        answered = len(stranger.offers)
        if not fresh:
            break
        stranger.send(b"".join(bytes([IAC, INVERSE[verb], option]) for verb, option in fresh))
    assert not fresh, "the server never ends to negotiate"
    replies = collections.Counter(option for _, option in stranger.offers[opening:])
    assert max(replies.values()) <= 2, replies
    print(f"{sum(replies.values())} replies in {rounds} rounds, {max(replies.values())} for one option at most")


@pytest.mark.parametrize(
    "storm",
    [
        bytes([IAC, DO, MCCP2]), bytes([IAC, WILL, GMCP]), bytes([IAC, DO, ECHO, IAC, DONT, ECHO]),
        bytes([IAC, WILL, NAWS, IAC, WONT, NAWS]), bytes([IAC, AYT]), bytes([IAC, NOP]),
        b"".join(bytes([IAC, verb, option]) for verb in VERBS for option in range(255)),
    ], ids=["do", "will", "echo", "naws", "ayt", "nop", "all"])
def test_storm_of_negotiation_draws_little(shared_server, victim, stranger, storm):
    before, answered = shared_server.memory(), stranger.wire
    sent = pour(stranger, storm * (65536 // len(storm)), 2 * MIB * SCALE)
    assert shared_server.memory() - before < 2 * MIB
    assert stranger.wire - answered <= sent / 10 + 4096


def test_flood_of_negotiation_delays_nobody(victim, connect):
    """10 MB of DO x from somebody for whom no limit of input holds."""
    flood = b"".join(bytes([IAC, DO, option]) for option in range(200)) * 100

    def make():
        attacker = connect(answers=False)
        attacker.read_prompt("Name: ")
        return Flood(attacker, flood, 10 * MIB * SCALE)

    for flood in check_nobody_waits(victim, make):
        assert flood.received <= flood.sent / 10 + 4096


# Floods under the limit of input


@pytest.fixture
def limited(data):
    """A server with the limit of input that servers have."""
    with Server(data, environment={"MUDD_LIMITS_LINES": "20"}) as running:
        yield running


def enter(server):
    client = TelnetClient(server.port)
    client.read_prompt("Name: ")
    client.line("guest")
    client.read_prompt("> ")
    return client


def test_flood_of_lines_is_slowed_with_one_notice(limited):
    with enter(limited) as attacker:
        began = time.monotonic()
        for number in range(150):
            attacker.line(f"say {number}")
        seen = attacker.read_until(r'You say, "149\.?"')
        took = time.monotonic() - began
    assert " ".join(seen.split()).count("The rest waits its turn") == 1
    said = [int(number) for number in re.findall(r'You say, "(\d+)', seen)]
    assert said == list(range(150)), "nothing is lost, and nothing is out of order"
    # 100 at once, less what came before, and 20 a second from there.
    assert took >= 2


@pytest.mark.parametrize(
    "chunk", [b"look\r\n" * 1000, b"say spam and more spam\r\n" * 1000, bytes([IAC, DO, MCCP2]) * 20_000, b"x" * 65536],
    ids=["look", "say", "negotiation", "line"])
def test_flood_delays_nobody(limited, chunk):
    # The victim types faster than players may, so that it comes from where there is no limit: another session each time.
    with enter(limited) as attacker:
        before = limited.memory()
        idle = p99(measure(limited))
        with Flood(attacker, chunk) as flood:
            worst = min(p99(measure(limited)) for _ in range(2))
        assert worst <= allowed(idle), f"p99 {worst} s, without a flood {idle} s"
        # What is read is 256 KiB and 20 KiB a second; the rest is in the kernel's buffers.
        assert limited.memory() - before < 4 * MIB
        print(f"p99 idle {idle * 1000:.1f} ms, beside the flood {worst * 1000:.1f} ms, {flood.sent} octets sent")


def measure(server):
    """Delays of a newcomer, who has saved up enough lines for them."""
    with enter(server) as client:
        return delays(client)


# Subnegotiation


@pytest.mark.parametrize(
    "option", [TTYPE, NAWS, NEW_ENVIRON, CHARSET, GMCP, 33], ids=["ttype", "naws", "environ", "charset", "gmcp", "unknown"])
def test_subnegotiation_without_an_end_holds_little(shared_server, victim, stranger, option):
    before = shared_server.memory()
    stranger.send(bytes([IAC, WILL, option, IAC, DO, option, IAC, SB, option, 0]))
    pour(stranger, b"A" * 65536, 64 * MIB * SCALE // (1 if option == GMCP else 8))
    assert shared_server.memory() - before < 2 * MIB
    stranger.send(bytes([IAC, SE]) + b"guest\r\n")
    stranger.read_prompt("> ")
    assert "Great Hall" in stranger.do("look")


def test_variables_of_the_environment_say_nothing_of_who_one_is(shared_server, victim, connect):
    owner = connect()
    owner.create("Rooter", PASSWORD)
    owner.quit()
    attacker = connect(answers=False)
    attacker.read_prompt("Name: ")
    before = shared_server.memory()
    attacker.send(bytes([IAC, WILL, NEW_ENVIRON]))

    def variables(pairs, verb=IS):
        payload = bytes([verb])
        for name, value in pairs:
            payload += b"\0" + name + b"\1" + value
        return sub(NEW_ENVIRON, payload)

    hostile = [
        (b"USER", b"-f Rooter"), (b"USER", b"Rooter"), (b"LOGNAME", b"Rooter\r\n" + PASSWORD.encode()), (b"USER", b"Roo\0ter"),
        (b"ACCT", b"root"), (b"LD_PRELOAD", b"/tmp/x.so"), (b"", b""), (b"MTTS", b"99999999999999999999"),
        (b"CHARSET", b"\r\nguest\r\n"), (b"SCREEN_READER", b"1" * 5000), (b"X" * 5000, b"Y" * 5000),
    ]
    attacker.send(variables(hostile) + variables(hostile, INFO))
    attacker.send(variables((b"NAME%d" % number, b"value %d" % number) for number in range(10_000)))
    for number in range(200):
        attacker.send(variables([(b"NAME%d" % number, b"v" * 256)], INFO))
    attacker.line("")
    attacker.line("?")
    attacker.read_until("Here you only come in")
    attacker.read_prompt("Name: ")
    assert shared_server.memory() - before < 2 * MIB
    attacker.line("Rooter")
    attacker.read_prompt("Password: ")
    attacker.line("-f Rooter")
    attacker.read_until("That is not the password")
    attacker.read_prompt("Name: ")
    attacker.line("guest")
    attacker.read_until("You are Guest")


def test_window_sizes_are_clamped(victim, guest):
    client = guest(window=(80, 24))
    for width, height, most in [(0, 0, 80), (1, 1, 20), (65535, 65535, 500), (255, 255, 255), (20, 65535, 20), (65535, 1, 500)]:
        client.resize(width, height)
        lines = client.do("help").replace("\r", "").split("\n")
        longest = max(len(line) for line in lines[1:])
        assert longest <= most, f"{width} by {height}: {longest} columns"
        if most <= 80:
            assert longest > most / 2
    for payload in (b"", b"\0", b"\0\x50\0", b"\0\x50\0\x18\0", b"\xff" * 4000):
        client.send(sub(NAWS, payload))
    assert "Great Hall" in client.do("look")


def test_flood_of_window_sizes_ends_at_the_last_one(shared_server, victim, guest):
    attacker = guest(window=(80, 24))
    before = shared_server.memory()
    for width in range(10_000):
        attacker.resize(width % 65536, width * 7 % 65536)
    attacker.resize(30, 24)
    assert "Great Hall" in attacker.do("look")
    assert shared_server.memory() - before < 2 * MIB
    # It is followed a tenth of a second later, at most ten times a second.
    deadline = time.monotonic() + 30
    while max(map(len, attacker.do("help").replace("\r", "").split("\n")[1:])) > 30:
        assert time.monotonic() < deadline, "the last size is not in force"


def test_flood_of_window_sizes_delays_nobody(victim, guest):
    sizes = b"".join(sub(NAWS, bytes([0, width, 0, 50])) for width in range(20, 255))
    check_nobody_waits(victim, lambda: Flood(guest(window=(80, 24)), sizes, 2 * MIB * SCALE))


def test_ever_new_terminal_types_are_asked_for_eight_times(victim, stranger):
    stranger.send(bytes([IAC, WILL, TTYPE]))
    question = bytes([IAC, SB, TTYPE, 1, IAC, SE])
    rounds = 0
    for _ in range(50):
        # Are You There is answered behind the question, if there is one.
        stranger.send(bytes([IAC, AYT]))
        stranger.read_until(r"\[Yes\]")
        asked = bytes(stranger.raw).count(question)
        if asked == rounds:
            break
        rounds = asked
        stranger.send(sub(TTYPE, bytes([IS]) + f"NAME-{rounds}".encode() * 100))
        stranger.line("")
    assert 1 <= rounds <= 8
    stranger.line("guest")
    stranger.read_until("Great Hall")


@pytest.mark.parametrize(
    "keys",
    [b"\t", b"l\t", b"g" * 100 + b"\x12" + b"o" * 20 + b"\x07", b"a", b"x" * 2000 + b"\x01" * 2000, b"\x0c", b"\x1b[A\x1b[B",
     b"look\r\n", b"\xe4\xb8\xad" * 50 + b"\x17"],
    ids=["tab", "words", "search", "letters", "long", "redraw", "history", "lines", "wide"])
def test_flood_of_keys_delays_nobody(shared_server, victim, guest, keys):
    """In character mode each key is work for the server."""
    before = shared_server.memory()

    def make():
        attacker = guest(accept=(SGA,), window=(80, 24))
        attacker.line("set charmode on")
        while (WILL, SGA) not in attacker.offers:
            assert attacker.pump(30), "nobody asks for keys"
        attacker.send(b"look\r\n")
        attacker.read_until("Great Hall")
        return Flood(attacker, keys * (65536 // len(keys)), 2 * MIB * SCALE)

    check_nobody_waits(victim, make)
    assert shared_server.memory() - before < 8 * MIB


def gmcp(*messages):
    return b"".join(sub(GMCP, message) for message in messages)


def msdp(*words):
    return b"".join(sub(MSDP, b"\1" + name + b"\2" + value) for name, value in words)


@pytest.mark.parametrize(
    "messages",
    [
        gmcp(b"Core.Ping"), gmcp(b"Char.Items.Inv", b"Char.Items.Room", b'Char.Skills.Get {"group": "Talking"}'),
        gmcp(b'Core.Supports.Set ["Char 1", "Room 1", "Char.Items 1"]', b"Core.Supports.Set []"),
        gmcp(b'Core.Hello {"client": "' + b"x" * 2000 + b'"}'), gmcp(b"Core.Supports.Add " + b"[" * 30_000),
        gmcp(b'Char.Login.Credentials {"account": "Nobody", "password": "guessing"}'),
        msdp((b"LIST", b"REPORTABLE_VARIABLES"), (b"SEND", b"ROOM")), msdp((b"REPORT", b"ROOM"), (b"UNREPORT", b"ROOM")),
        bytes([IAC, DO, MSSP, IAC, DONT, MSSP]), b"".join(sub(option, b"\0" * 8) for option in range(240)),
    ],
    ids=["ping", "items", "supports", "hello", "deep", "login", "msdp", "report", "mssp", "all"])
def test_flood_of_messages_delays_nobody(shared_server, victim, guest, messages):
    before = shared_server.memory()

    def make():
        attacker = guest()
        attacker.send(bytes([IAC, DO, GMCP, IAC, DO, MSDP]))
        attacker.send(gmcp(b'Core.Hello {"client": "x", "version": "1"}', b'Core.Supports.Set ["Char 1", "Room 1"]'))
        return Flood(attacker, messages * max(1, 65536 // len(messages)), 2 * MIB * SCALE)

    check_nobody_waits(victim, make)
    assert shared_server.memory() - before < 8 * MIB


# Compressed input


def begin_compressing(client):
    """Agrees to compressed input and says that it begins; returns what compresses."""
    assert (WILL, MCCP3) in client.offers, client.offers
    client.send(bytes([IAC, DO, MCCP3]) + sub(MCCP3, b""))
    return zlib.compressobj()


def flushed(compressor, octets):
    return compressor.compress(octets) + compressor.flush(zlib.Z_SYNC_FLUSH)


def expect_cut(client):
    """Reads until the connection is closed, which a reset does as well."""
    deadline = time.monotonic() + 60
    while client.is_open and time.monotonic() < deadline:
        try:
            client.pump(1)
        except (Disconnected, OSError):
            return
    assert not client.is_open, "a connection that does harm stays open"


@pytest.mark.parametrize("octets", [b"\0", b"x", b"look\r\n", bytes([IAC, NOP])], ids=["nul", "letters", "lines", "nop"])
def test_bomb_is_cut_off(shared_server, victim, stranger, octets):
    compressor = begin_compressing(stranger)
    before = shared_server.memory()
    bomb = compressor.compress(octets * (64 * MIB // len(octets))) + compressor.flush()
    try:
        for at in range(0, len(bomb), 4096):
            stranger.send(bomb[at : at + 4096])
    except (Disconnected, OSError):
        pass
    expect_cut(stranger)
    assert shared_server.memory() - before < 4 * MIB


def test_more_than_a_mebibyte_a_second_is_cut_off_without_a_bomb(shared_server, victim, stranger):
    compressor = begin_compressing(stranger)
    before = shared_server.memory()
    # Without a line's end: lines are slowed down before it comes to that.
    text = b"".join(b"%d %x " % (number, number * 2654435761 % (1 << 32)) for number in range(20_000))
    assert len(text) / len(zlib.compress(text)) < 20
    try:
        for _ in range(400 * SCALE):
            stranger.send(flushed(compressor, text))
    except (Disconnected, OSError, TimeoutError):
        pass
    expect_cut(stranger)
    assert shared_server.memory() - before < 4 * MIB


@pytest.mark.parametrize(
    "garbage", [b"\0" * 65536, b"\xff" * 65536, bytes(range(256)) * 256, zlib.compress(b"look\r\n" * 100), b""],
    ids=["nul", "iac", "all", "another", "none"])
def test_what_follows_the_end_of_compressed_input_is_plain(shared_server, victim, stranger, garbage):
    compressor = begin_compressing(stranger)
    stranger.send(flushed(compressor, b"guest\r\n"))
    stranger.read_prompt("> ")
    stranger.send(compressor.compress(b"say inside\r\n") + compressor.flush() + b"say outside\r\n")
    stranger.read_until('You say, "inside')
    stranger.read_until('You say, "outside')
    ticks = cpu_ticks(shared_server.pid)
    stranger.send(garbage + bytes([IAC, SE]) + b"\r\n")
    assert "Great Hall" in stranger.do("look")
    assert cpu_ticks(shared_server.pid) - ticks < 500


def cpu_ticks(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


@pytest.mark.parametrize("garbage", [b"\xff" * 4096, b"look\r\n" * 100, bytes(range(256))], ids=["iac", "plain", "all"])
def test_compressed_input_that_is_none_is_cut_off(victim, stranger, garbage):
    begin_compressing(stranger)
    try:
        stranger.send(garbage)
    except Disconnected:
        pass
    expect_cut(stranger)


# What players say


CORPUS = [
    b"\x1b]0;title\x07", b"\x1b]2;title\x1b\\", b"\x1b]52;c;aGVsbG8=\x07", b"\x1b]52;p;?\x07", b"\x1b]8;;http://x\x07x\x1b]8;;\x07",
    b"\x1b[c", b"\x1b[>c", b"\x1b[5n", b"\x1b[6n", b"\x1b[21t", b"\x1b[20;1;31mred", b"\x1b[2J", b"\x1b[?1049h", b"\x1b[8m",
    b"\x1b[4i", b"\x1b#8", b"\x1bc", b"\x1b%G", b"\x1b(0", b"\x1bP$q q\x1b\\", b"\x1bP+q544e\x1b\\", b"\x1b_G;AAAA\x1b\\",
    b"\x1b^private\x1b\\", b"\x1bX\x1b\\", b"\x05", b"\x0e\x0f", b"\x90$qq\x9c", b"\x9d0;title\x9c", b"\x9b2J", b"\xc2\x9b2J",
    b"\xc2\x90$qq\xc2\x9c", b"\xc2\x85", b"\xc0\x8a", b"\xc0\x9b", b"\xc1\xbf", b"\xe0\x80\x9b", b"\xe0\x82\x9b",
    b"\xf0\x80\x80\x9b", b"\xf8\x80\x80\x80\x9b", b"\xed\xa0\x80", b"\xed\xa0\x80\xed\xb0\x80", b"\xf4\x90\x80\x80",
    b"\xff\xff\xfb\x01", b"\xff\xff\xfa\xc9x\xff\xff\xf0", b"\xe2\x80\xae reversed", b"\xe2\x80\xa8 line", b"\xe2\x80\xa9",
    b"\xef\xbb\xbf", b"\x08\x08\x08", b"\x7f", b"\xe2\x81\xa6isolate", b"\xf3\xa0\x81\x81tag", b"a\xcc\x81" + b"\xcc\x81" * 200,
    b"<send href='quit'>x</send>", b"\x1b[1z<send>quit</send>", b"!!SOUND(http://x)", b"%n %s %d {1} \\(actor)",
]


def test_every_octet_said_by_one_and_seen_by_another(guest, shared_server):
    speaker, listener = guest(), guest(window=(400, 50))
    speaker.do("look")
    for octet in range(256):
        if octet in (0x0A, 0x0D):
            continue
        word = bytes([octet, octet]) if octet == IAC else bytes([octet])
        speaker.send(b"say <" + word + b">" + f" octet{octet}.\r\n".encode())
    for number, octets in enumerate(CORPUS):
        speaker.send(b"say <" + octets + b"> " + f"corpus{number}.\r\n".encode())
    speaker.send(b"say the end\r\n")
    listener.read_until(r"says, .the end")
    speaker.read_until(r"You say, .the end")
    check_clean(listener)
    check_clean(speaker)
    assert "octet65" in listener.text
    assert f"corpus{len(CORPUS) - 1}" in listener.text


def check_clean(client):
    """Text, line ends, telnet commands that are meant as such, and our own colours are all that may come."""
    octets = bytes(client.raw)
    octets = re.sub(rb"\xff[\xfb-\xfe].|\xff\xfa.*?\xff\xf0|\xff[\xf9\xef\xf1]", b"", octets, flags=re.DOTALL)
    octets = re.sub(rb"\x1b\[[0-9;]*m", b"", octets)
    text = octets.decode("utf-8")
    bad = {f"U+{ord(c):04X}" for c in text if c not in "\r\n" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0)}
    bad |= {f"U+{ord(c):04X}" for c in text if ord(c) in range(0x202A, 0x202F) or ord(c) in range(0x2066, 0x206A)}
    bad |= {f"U+{ord(c):04X}" for c in text if c in "\u2028\u2029\ufeff" or 0xE0000 <= ord(c) <= 0xE007F}
    assert not bad
    assert not re.search(r"[^\r]\n|\r[^\n]", text)


@pytest.mark.parametrize("where", ["name", "emote", "describe", "tell"])
def test_control_sequences_by_other_ways(guest, where):
    speaker, listener = guest(), guest()
    poison = b"\x1b[2J\x07\x9b5n\xc2\x9b5n\x1b]52;c;aGVsbG8=\x07\x1b]0;title\x07"
    name = re.search(r"Guest\d+", listener.do("who"))
    if where == "name":
        speaker.send(b"get " + poison + b"\r\n")
    elif where == "emote":
        speaker.send(b"emote " + poison + b" waves.\r\n")
    elif where == "describe":
        speaker.send(b"describe me as " + poison + b" tall\r\n")
    else:
        speaker.send(b"tell " + name[0].encode() + b" " + poison + b"\r\n")
    speaker.do("look")
    listener.do("look")
    for guest_name in set(re.findall(r"Guest\d+", listener.text)):
        listener.do(f"look at {guest_name}")
    check_clean(listener)
    check_clean(speaker)


# Who is no player


KNOCKS = {
    "http": b"GET / HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x\r\n\r\n",
    "post": b"POST /x HTTP/1.1\r\nContent-Length: 12\r\n\r\nguest\r\nquit\r\n",
    "tls": bytes.fromhex("16030100c8010000c40303") + bytes(range(189)), "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
    "smtp": b"EHLO example.org\r\n", "irc": b"NICK x\r\nUSER x 0 * :x\r\n", "nul": b"\0" * 4096, "iac": b"\xff" * 4096,
    "interrupt": b"\xff\xf4\xff\xfd\x06", "socks": b"\x05\x01\x00", "rdp": bytes.fromhex("030000130ee000000000000100080003000000"),
    "scan": b"\xff\xfb\x1f\xff\xfb\x20\xff\xfb\x18\xff\xfb\x27\xff\xfd\x01\xff\xfb\x03\xff\xfd\x03\xff\xf8\xff\xf7\xff\xf7",
}


@pytest.mark.parametrize("greeting", KNOCKS.values(), ids=KNOCKS.keys())
def test_other_protocols_knock(victim, stranger, greeting):
    stranger.send(greeting)
    stranger.send(b"\r\nquit\r\n")
    # Answered or cut, but not stuck and not in play for having said hello.
    deadline = time.monotonic() + 30
    while stranger.is_open and time.monotonic() < deadline and not stranger.unread().strip():
        stranger.pump(1)
    assert "You are Guest" not in stranger.text or greeting == KNOCKS["post"]


CRAWLERS = {
    "mssp": (b"MSSP-REQUEST\r\n", "MSSP-REPLY-END"), "who": (b"who\r\n", "come in"), "http": (b"GET / HTTP/1.0\r\n\r\n", "Name: "),
    "tls": (KNOCKS["tls"] + b"\r\n", "Name: |called|name"), "option": (bytes([IAC, DO, MSSP]), None),
}


@pytest.mark.parametrize("asked, answer", CRAWLERS.values(), ids=CRAWLERS.keys())
def test_crawlers_are_answered_at_once(victim, connect, asked, answer):
    idle = p99(delays(victim, 20))
    taken = []
    for _ in range(20):
        crawler = connect(answers=False)
        crawler.read_prompt("Name: ")
        began = time.monotonic()
        crawler.send(asked)
        if answer:
            crawler.read_until(answer)
        else:
            table = bytes([IAC, SB, MSSP])
            while table not in crawler.raw:
                assert crawler.pump(30), "no table of MSSP came"
            assert b"PLAYERS" in crawler.raw
        taken.append(time.monotonic() - began)
        crawler.close()
    assert sorted(taken)[-2] <= allowed(idle, 0.1), taken


def test_crawlers_in_a_row_leave_nothing(shared_server, victim, connect):
    def visit(number):
        crawler = connect(answers=False)
        asked, _ = list(CRAWLERS.values())[number % len(CRAWLERS)]
        try:
            crawler.send(asked)
            crawler.read_prompt("Name: ")
        except Disconnected:
            pass
        crawler.abort() if number % 2 else crawler.close()

    for number in range(200):
        visit(number)
    before, descriptors = shared_server.memory(), shared_server.descriptors()
    for number in range(500):
        visit(number)
    deadline = time.monotonic() + 30
    while shared_server.descriptors() > descriptors and time.monotonic() < deadline:
        victim.do("look")
    assert shared_server.descriptors() <= descriptors
    assert shared_server.memory() - before < MIB
