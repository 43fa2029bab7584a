"""What can be done to a server with SSH itself, each with the number that must hold.

| Abuse | Number |
| --- | --- |
| a version without an end | cut after 255 octets; memory flat |
| messages put into the first key exchange | the connection ends, at either end |
| a message of another phase, or of the other end | the connection ends, or UNIMPLEMENTED |
| 10,000 channels | 10 are opened; others wait 50 ms |
| windows of 0, 1 and 2^32-1 octets | never more than the window; 4 MiB |
| renewals of the keys after less than 32 KiB | 8, and one a second |
| lengths that nothing has | the connection ends; 2 MiB |

Who comes in, and who does not, is in `test_ssh_login_abuse.py`, and files in `test_sftp_abuse.py`.
"""

import contextlib
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import time

import pytest
from harness.abuse import MIB, Busy, check_nobody_waits, pour
from harness.server import COMMAND_LIMIT, MUDD
from harness.ssh import SSHServer
from harness.ssh_middle import Middle
from harness.ssh_wire import (
    ADJUST, ANSWERS, CLOSE, CONFIRMATION, DATA, DEBUG, DISCONNECT, EXT_INFO, GLOBAL, IGNORE, KEX_REPLY, KEX_VALUE, KEXINIT,
    LOGIN, LOGIN_FAILURE, LOGIN_SUCCESS, MOST, NEWKEYS, OPEN, PING, PONG, QUESTIONS, REFUSAL, REQUEST, SERVICE_ACCEPT,
    SERVICE_REQUEST, UNIMPLEMENTED, Fields, Wire, in_the_clear, message, string, u32)
from harness.telnet import Disconnected

# Reasons of DISCONNECT.
PROTOCOL_ERROR, KEY_EXCHANGE_FAILED, MAC_ERROR, SERVICE = 2, 3, 5, 7


@pytest.fixture(scope="module")
def shared_server():
    path = pathlib.Path(tempfile.mkdtemp(prefix="mudd-"))
    with SSHServer(path / "Data") as running:
        yield running
    shutil.rmtree(path)


@pytest.fixture
def wire(shared_server):
    """Makes connections to the shared server, and closes them at the end of the test."""
    wires = []

    def make(**options):
        wires.append(Wire(shared_server.ssh_port, **options))
        return wires[-1]

    yield make
    for one in wires:
        one.close()


# Before the keys


@pytest.mark.parametrize("octet", [b"A", b"\0", b"\r"], ids=["letters", "nul", "return"])
def test_a_version_without_an_end_is_cut_off(shared_server, victim, wire, octet):
    before = shared_server.memory()
    attacker = wire(greets=False)
    attacker.send(b"SSH-2.0-" + octet * 247)
    attacker.expect_close()
    flood = wire(greets=False)
    sent = pour(flood, octet * MIB, 1024 * MIB)
    # What went out is what the kernel's buffers hold.
    assert sent < 32 * MIB
    assert shared_server.memory() - before < 2 * MIB


@pytest.mark.parametrize(
    "line",
    [b"SSH-1.5-OpenSSH_1.0", b"SSH-2.0-", b"SSH-3.0-x", b"GET / HTTP/1.1", b"SSH-2.0-\xff\xfe", b"SSH-2.0-a\0b", b"",
     b"SSH-2.0-" + b"x" * 246],
    ids=["old", "nameless", "new", "http", "latin", "nul", "empty", "long"])
def test_other_versions_are_turned_away(wire, line):
    attacker = wire(greets=False)
    attacker.send(line + b"\r\n")
    attacker.expect_close()


INJECTIONS = {
    "ignore": message(IGNORE, b"x"), "debug": message(DEBUG, True, "x", ""), "unimplemented": message(UNIMPLEMENTED, 0),
    "extensions": message(EXT_INFO, 0), "service": message(SERVICE_REQUEST, "ssh-userauth"), "ping": message(PING, b"x"),
    "login": message(LOGIN, "guest", "ssh-connection", "none"), "success": bytes([LOGIN_SUCCESS]),
    "open": message(OPEN, "session", 0, 1 << 20, 32768), "unknown": bytes([200]), "offer": bytes([KEXINIT]),
}


def inject(attacker, payload, moment, strict):
    """Puts a message into the first key exchange, with the next one right behind it."""
    attacker.offer(strict, ahead=payload if moment == "offer" else b"")
    attacker.take_offer()
    attacker.send_value(ahead=payload if moment == "value" else b"")
    attacker.take_reply()
    attacker.confirm(ahead=payload if moment == "keys" else b"")


@pytest.mark.parametrize("moment", ["offer", "value", "keys"])
@pytest.mark.parametrize("kind", INJECTIONS)
def test_nothing_may_be_put_into_the_first_key_exchange(wire, kind, moment):
    """Whoever is on the way could have put it there: CVE-2023-48795."""
    attacker = wire()
    # The server's own keys may be in force already.
    with contextlib.suppress(Disconnected):
        inject(attacker, INJECTIONS[kind], moment, strict=True)
    attacker.expect_end()
    assert attacker.goodbye[0] in (PROTOCOL_ERROR, KEY_EXCHANGE_FAILED), attacker.goodbye


@pytest.mark.parametrize("moment", ["value", "keys"])
@pytest.mark.parametrize("kind", ["ignore", "debug", "unimplemented"])
def test_clients_that_are_not_strict_may_send_what_says_nothing(wire, kind, moment):
    """As RFC 4253 has it; and so the message of the other test arrives where that says."""
    attacker = wire()
    inject(attacker, INJECTIONS[kind], moment, strict=False)
    attacker.put(message(SERVICE_REQUEST, "ssh-userauth"))
    attacker.take(SERVICE_ACCEPT)


def flip(at):
    """Changes one octet, counted from the end of what is not padding."""

    def spoil(packet):
        at_end = len(packet) - packet[4] + at
        return packet[:at_end] + bytes([packet[at_end] ^ 1]) + packet[at_end + 1 :]

    return spoil


def put_ahead(packet):
    return in_the_clear(message(IGNORE, b"x")) + packet


SPOILS = {
    f"{what.__name__}-{number}-to-{to}": (to, number, what)
    for what in (put_ahead,) for to, number in [
        ("server", KEXINIT), ("server", KEX_VALUE), ("server", NEWKEYS), ("client", KEXINIT), ("client", KEX_REPLY),
        ("client", NEWKEYS)]
} | {
    "signature": ("client", KEX_REPLY, flip(-1)), "host value": ("client", KEX_REPLY, flip(-90)),
    "client value": ("server", KEX_VALUE, flip(-1)), "server offer": ("client", KEXINIT, flip(-1)),
    "client offer": ("server", KEXINIT, flip(-1)), "nothing": (None, None, None),
}


@pytest.mark.parametrize("to, number, what", SPOILS.values(), ids=SPOILS.keys())
def test_our_client_and_our_server_notice_whoever_is_on_the_way(shared_server, folder, to, number, what):
    with Middle(shared_server.ssh_port, lambda *where: what(where[2]) if where[:2] == (to, number) else where[2]) as middle:
        kind, blob = shared_server.host_key
        (folder / "known").write_text(f"[127.0.0.1]:{middle.port} {kind} {blob}\n")
        done = subprocess.run(
            [str(MUDD), "ssh", "-T", "--known-hosts", str(folder / "known"), "-i", "/nonexistent", "-p", str(middle.port),
             "guest@127.0.0.1"], input=b"look\nquit\n", capture_output=True, timeout=COMMAND_LIMIT,
            env={**os.environ, "SSH_AUTH_SOCK": ""}, start_new_session=True)
    assert middle.touched == (1 if what else 0)
    assert done.returncode == (255 if what else 0), done.stderr
    assert (b"Great Hall" in done.stdout) == (what is None)


@pytest.mark.parametrize("length", [0, 1, 4, 5, 7, 13, 35_001, 262_145, 1 << 24, 1 << 31, MOST])
def test_lengths_that_nothing_has_are_cut_off(shared_server, wire, length):
    before = shared_server.memory()
    plain = wire()
    plain.send(struct.pack(">I", length) + b"\4" * 16)
    plain.expect_close()
    sealed = wire().exchange()
    sealed.send(sealed.packet(message(IGNORE, b"x" * 64), length=length))
    sealed.expect_close()
    assert shared_server.memory() - before < 2 * MIB


@pytest.mark.parametrize("padding", [0, 3, 255])
def test_padding_that_does_not_fit_is_cut_off(wire, padding):
    for attacker in (wire(), wire().exchange()):
        octets = bytes([padding]) + message(IGNORE, b"x" * (15 if attacker.session else 11)) + bytes(11)
        attacker.send(attacker.seal(octets))
        attacker.expect_close()


def test_a_packet_that_was_changed_is_cut_off(wire):
    attacker = wire().exchange()
    packet = bytearray(attacker.packet(message(IGNORE, b"x" * 64)))
    packet[20] ^= 1
    attacker.send(packet)
    assert attacker.expect_end() == MAC_ERROR


@pytest.mark.parametrize("value", [b"", bytes(32), b"\1" + bytes(31), b"x" * 31, b"x" * 33, b"x" * 30_000],
                         ids=["none", "zero", "one", "short", "long", "very long"])
def test_values_that_agree_on_no_secret_are_refused(wire, value):
    attacker = wire()
    attacker.offer()
    attacker.take_offer()
    attacker.send_value(value)
    assert attacker.expect_end() in (PROTOCOL_ERROR, KEY_EXCHANGE_FAILED)


def test_connections_that_come_for_a_key_exchange_alone_delay_nobody(shared_server, victim, wire):
    before, descriptors = shared_server.memory(), shared_server.descriptors()

    def act():
        with Wire(shared_server.ssh_port) as one:
            one.exchange()

    floods = check_nobody_waits(victim, lambda: Busy(act))
    assert all(flood.sent > 10 for flood in floods)
    assert shared_server.memory() - before < 2 * MIB
    assert shared_server.descriptors() <= descriptors + 2


# Renewal of keys


def test_keys_are_not_renewed_for_nothing(shared_server, victim, wire):
    attacker = wire().come_in()
    before, began, renewals = shared_server.memory(), time.monotonic(), 0
    with pytest.raises(Disconnected):
        for _ in range(1000):
            attacker.exchange()
            renewals += 1
    assert 4 <= renewals <= 9 + (time.monotonic() - began)
    assert shared_server.memory() - before < 2 * MIB


def test_an_offer_has_to_be_gone_on_with(wire):
    attacker = wire().come_in()
    attacker.offer()
    attacker.offer()
    assert attacker.expect_end() == PROTOCOL_ERROR


def test_a_renewal_cannot_be_kept_open_to_fill_the_memory(shared_server, wire):
    """Answers wait for the end of an exchange, and there may be only so many."""
    attacker = wire().come_in()
    channel = attacker.open()
    before = shared_server.memory()
    attacker.offer()
    try:
        for _ in range(1000):
            attacker.put(*[message(REQUEST, channel, "env", True, "A", "b")] * 100)
    except (Disconnected, TimeoutError):
        pass
    attacker.expect_close()
    assert shared_server.memory() - before < 4 * MIB


# Messages where they do not belong


def test_every_message_before_somebody_is_in(wire):
    """The table of what is taken, from outside: the connection ends, or the message is told to mean nothing."""
    legal = {DISCONNECT, IGNORE, UNIMPLEMENTED, DEBUG, SERVICE_REQUEST, KEXINIT, LOGIN, ANSWERS, PING, PONG}
    unknown = [*range(8, 20), *range(62, 80), *range(128, 192), *range(194, 256)]
    curious = wire().start_login()
    for number in unknown:
        curious.put(bytes([number]))
        assert curious.take(UNIMPLEMENTED), number
    assert curious.attempt("guest", "none")[0] == LOGIN_SUCCESS
    for number in sorted(set(range(256)) - legal - set(unknown)):
        with Wire(curious.port) as attacker:
            attacker.start_login()
            attacker.put(bytes([number]), message(OPEN, "session", 0, 1 << 20, 32768))
            assert attacker.expect_end() == PROTOCOL_ERROR, number


@pytest.mark.parametrize("number", [LOGIN_SUCCESS, LOGIN_FAILURE, QUESTIONS, SERVICE_ACCEPT, KEX_REPLY, EXT_INFO, NEWKEYS])
def test_messages_of_the_other_end_let_nobody_in(wire, number):
    """CVE-2018-10933, and what is like it."""
    for attacker in (wire().exchange(), wire().start_login(), wire().come_in()):
        attacker.put(bytes([number]), message(OPEN, "session", 0, 1 << 20, 32768))
        assert attacker.expect_end() == (None if number == EXT_INFO and not attacker.goodbye else PROTOCOL_ERROR)


def test_only_logins_are_served_and_only_once(wire):
    attacker = wire().exchange()
    attacker.put(message(SERVICE_REQUEST, "ssh-connection"))
    assert attacker.expect_end() == SERVICE
    attacker = wire().come_in()
    attacker.put(message(LOGIN, "ada", "ssh-connection", "none"))
    assert attacker.answers_ping()


LIES = {
    "service": bytes([SERVICE_REQUEST]) + u32(MOST) + b"ssh", "name": bytes([LOGIN]) + u32(MOST),
    "method": bytes([LOGIN]) + string(b"ada") + string(b"ssh-connection") + u32(1 << 31),
    "password": message(LOGIN, "ada", "ssh-connection", "password", False) + u32(MOST) + b"x",
    "key": message(LOGIN, "ada", "ssh-connection", "publickey", False, "ssh-ed25519") + u32(MOST),
    "offer": bytes([KEXINIT]) + bytes(16) + u32(MOST), "nothing": bytes([LOGIN]), "debug": bytes([DEBUG, 1]) + u32(MOST),
    "disconnect": bytes([DISCONNECT]) + u32(1) + u32(MOST),
    "long": message(LOGIN, "ada" * 10_000, "ssh-connection", "none"),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_fields_longer_than_their_message(shared_server, wire, lie):
    before = shared_server.memory()
    attacker = wire().start_login()
    try:
        attacker.put(lie)
        for _ in range(200):
            attacker.put(message(IGNORE, b"x" * 1024))
        # It was refused as a login, or had nothing to say.
        attacker.answers_ping()
    except Disconnected:
        pass
    assert shared_server.memory() - before < 2 * MIB


CHANNEL_LIES = {
    "open": bytes([OPEN]) + u32(MOST), "kind": message(OPEN, "x" * 30_000, 0, 1 << 20, 32768),
    "packet": message(OPEN, "session", 1, 1 << 20, 0), "data": bytes([DATA]) + u32(0) + u32(MOST) + b"x",
    "request": bytes([REQUEST]) + u32(0) + u32(MOST), "modes": message(REQUEST, 0, "pty-req", True, "xterm", 80, 24, 0, 0)
    + u32(MOST), "command": bytes([REQUEST]) + u32(0) + string(b"exec") + b"\1" + u32(MOST), "global": bytes([GLOBAL]) + u32(MOST),
    "keys": message(GLOBAL, "hostkeys-prove-00@openssh.com", True) + u32(MOST), "nowhere": message(DATA, 7, b"x"),
    "number": message(DATA, MOST, b"x"), "much": message(DATA, 0, b"x" * 32_769), "confirmation": message(CONFIRMATION, 0, 0, 1, 1),
    "refusal": message(REFUSAL, 0, 1, "", ""),
}


@pytest.mark.parametrize("lie", CHANNEL_LIES.values(), ids=CHANNEL_LIES.keys())
def test_channels_that_are_lied_about(shared_server, victim, wire, lie):
    attacker = wire().come_in()
    assert attacker.open() == 0
    before = shared_server.memory()
    attacker.put(lie)
    try:
        assert attacker.answers_ping()
    except Disconnected:
        assert attacker.goodbye[0] == PROTOCOL_ERROR
    assert shared_server.memory() - before < 2 * MIB


# Channels


def test_ten_thousand_channels_are_ten(shared_server, victim, wire):
    attacker = wire().come_in()
    before, opened = shared_server.memory(), 0
    for first in range(0, 10_000, 500):
        attacker.put(*(message(OPEN, "session", number, 1 << 20, 32768) for number in range(first, first + 500)))
        for _ in range(500):
            answer = attacker.take(CONFIRMATION, REFUSAL)
            opened += answer[0] == CONFIRMATION
    assert opened == 10
    assert shared_server.memory() - before < 2 * MIB
    # Whoever closes one may open another.
    attacker.put(message(CLOSE, 3))
    attacker.take(CLOSE)
    attacker.open(77)


def test_opening_and_closing_delays_nobody(shared_server, victim, wire):
    before = shared_server.memory()

    def make():
        attacker = wire().come_in()

        def act():
            number = attacker.open(5)
            attacker.put(message(CLOSE, number))
            attacker.take(CLOSE)

        return Busy(act)

    assert all(flood.sent > 10 for flood in check_nobody_waits(victim, make))
    assert shared_server.memory() - before < 2 * MIB


def test_requests_that_are_none_are_refused(shared_server, victim, wire):
    attacker = wire().come_in()
    channel = attacker.open()
    before = shared_server.memory()
    for kind, fields in [
            ("x11-req", (False, "MIT-MAGIC-COOKIE-1", "00", 0)), ("auth-agent-req@openssh.com", ()), ("subsystem", ("no such",)),
            ("frobnicate", (b"x" * 30_000,)), ("subsystem", ("manhole",)), ("env", ("A" * 20_000, "B"))]:
        assert not attacker.ask(channel, kind, *fields), kind
    for number in range(2000):
        attacker.ask(channel, "env", f"NAME{number}", "x" * 4000)
    for target in ("127.0.0.1", "/etc/passwd", "x" * 1000):
        attacker.put(message(OPEN, "direct-tcpip", 9, 1 << 20, 32768, target, 22, "127.0.0.1", 1))
        assert attacker.take(CONFIRMATION, REFUSAL)[0] == REFUSAL
    attacker.put(message(GLOBAL, "tcpip-forward", True, "0.0.0.0", 0))
    assert attacker.take(81, 82)[0] == 82
    assert shared_server.memory() - before < 2 * MIB
    assert attacker.ask(channel, "pty-req", "xterm", 0, 0, MOST, MOST, b"\x81" + u32(MOST) * 1 + b"\0")
    assert attacker.ask(channel, "shell")
    assert not attacker.ask(channel, "shell") and not attacker.ask(channel, "exec", "look")
    read_until(attacker, b"Great Hall")


def test_window_sizes_and_signals_flood(shared_server, victim, wire):
    attacker = play(wire())
    before = shared_server.memory()
    for first in range(0, 10_000, 500):
        attacker.put(*(
            message(REQUEST, 0, "window-change", False, number * 65_537 % (1 << 32), number, 0, 0)
            for number in range(first, first + 500)))
        attacker.put(*[message(REQUEST, 0, "signal", False, "INT")] * 100, *[message(REQUEST, 0, "break", False, MOST)] * 100)
    attacker.put(message(DATA, 0, b"look\r"))
    read_until(attacker, b"Great Hall")
    assert shared_server.memory() - before < 4 * MIB


def play(attacker, window=1 << 30):
    """A guest at a terminal."""
    attacker.come_in()
    channel = attacker.open(window=window)
    assert attacker.ask(channel, "pty-req", "xterm", 80, 24, 0, 0, b"\0")
    assert attacker.ask(channel, "shell")
    if window > 1:
        read_until(attacker, b"Great Hall")
    return attacker


def read_until(attacker, octets):
    seen = b""
    while octets not in seen:
        seen += Fields(attacker.take(DATA), 5).string()
    return seen


def test_nothing_comes_beyond_a_window(shared_server, victim, wire):
    attacker = play(wire(), window=0)
    before = shared_server.memory()
    attacker.put(*[message(DATA, 0, b"help\r" * 20)] * 100)
    for size in [*[1] * 50, 100, 1000]:
        attacker.put(message(ADJUST, 0, size))
        came = 0
        while came < size:
            came += len(Fields(attacker.take(DATA), 5).string())
        assert came == size
        assert attacker.answers_ping(), "more than the window"
    assert shared_server.memory() - before < 4 * MIB


@pytest.mark.parametrize("window", [MOST, MOST - 1, 1 << 31])
def test_windows_have_an_end(victim, wire, window):
    attacker = wire().come_in()
    attacker.open(window=window)
    attacker.put(message(ADJUST, 0, MOST - window))
    assert attacker.answers_ping()
    attacker.put(message(ADJUST, 0, 1))
    assert attacker.expect_end() == PROTOCOL_ERROR


def test_who_reads_nothing_costs_little(shared_server, victim, wire):
    """With the widest window there is, everything is said at once, and the kernel takes only so much of it."""
    attacker = wire(buffer=4096)
    play(attacker, window=MOST)
    before = shared_server.memory()
    attacker.socket.settimeout(2)
    try:
        for _ in range(200):
            attacker.put(message(DATA, 0, b"help commands\r" * 100))
    except (TimeoutError, Disconnected):
        pass
    assert shared_server.memory() - before < 8 * MIB


def test_pings_that_nobody_reads_the_answers_of(shared_server, victim, wire):
    attacker = wire(buffer=4096).come_in()
    before = shared_server.memory()
    attacker.socket.settimeout(1)
    packets = [message(PING, b"x" * 1000)] * 64
    try:
        for _ in range(1000):
            attacker.put(*packets)
    except (TimeoutError, Disconnected):
        pass
    else:
        pytest.fail("64 MB of pings were taken from somebody who reads no answer")
    assert shared_server.memory() - before < 4 * MIB
