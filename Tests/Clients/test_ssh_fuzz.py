"""Messages of SSH, SFTP and scp with something wrong in each: whatever comes, the server goes on and others notice nothing.

The dice are thrown from a number that a failure shows; MUD_ABUSE=16 throws as many times as often, and MUD_DICE names another
number.
"""

import os
import pathlib
import random
import shutil
import tempfile

import pytest
from conftest import PASSWORD
from harness.abuse import MIB, SCALE
from harness.ssh import SSHServer
from harness.ssh_wire import (
    ADJUST, ANSWERS, CLOSE, DATA, DEBUG, DISCONNECT, EOF, EXT_INFO, FAILURE, GLOBAL, IGNORE, KEX_VALUE, KEXINIT, LOGIN, MOST,
    NEWKEYS, OPEN, PING, REQUEST, SERVICE_REQUEST, SUCCESS, UNIMPLEMENTED, Wire, message, string, u32, u64)
from harness.telnet import Disconnected

DICE = int(os.environ.get("MUD_DICE", "20261130"))
KEY = string(b"ssh-ed25519") + string(b"k" * 32)
MODES = b"\x80" + u32(38400) + b"\x03" + u32(127) + b"\0"

EXCHANGE = [
    bytes([KEXINIT]) + bytes(16) + b"".join(map(string, [
        b"curve25519-sha256,kex-strict-c-v00@openssh.com,ext-info-c", b"ssh-ed25519,rsa-sha2-512", *[b"aes256-gcm@openssh.com"] * 2,
        *[b"hmac-sha2-256-etm@openssh.com"] * 2, b"none", b"none", b"", b""])) + b"\0" + u32(0),
    message(KEX_VALUE, b"\x09" + bytes(31)), bytes([NEWKEYS]), message(IGNORE, b"x" * 10), message(DEBUG, True, "hello", "en"),
    message(UNIMPLEMENTED, 7), message(DISCONNECT, 11, "bye", "en"),
]
LOGINS = [
    message(SERVICE_REQUEST, "ssh-userauth"), message(LOGIN, "guest", "ssh-connection", "none"), message(PING, b"x"),
    message(LOGIN, "ada", "ssh-connection", "password", True, "old", "new"), message(ANSWERS, 1, "answer"),
    message(LOGIN, "ada", "ssh-connection", "publickey", False, "ssh-ed25519", KEY), bytes([EXT_INFO]) + u32(1) + string(b"a") * 2,
    message(LOGIN, "ada", "ssh-connection", "publickey", True, "ssh-ed25519", KEY, string(b"ssh-ed25519") + string(b"s" * 64)),
    message(LOGIN, "ada", "ssh-connection", "keyboard-interactive", "en", "pam"),
    message(LOGIN, "ada", "ssh-connection", "hostbased", "ssh-ed25519", KEY, "host", "ada", b"s"), *EXCHANGE[3:6],
]
CHANNELS = [
    message(OPEN, "session", 1, 1 << 20, 32768), message(OPEN, "direct-tcpip", 2, 1 << 20, 32768, "host", 22, "127.0.0.1", 1),
    message(OPEN, "x11", 3, 1 << 20, 32768, "host", 22), message(ADJUST, 0, 1000), message(DATA, 0, b"look\r"), message(EOF, 0),
    message(95, 0, 1, b"errors"), message(CLOSE, 0), message(REQUEST, 0, "pty-req", True, "xterm", 80, 24, 0, 0, MODES),
    message(REQUEST, 0, "env", True, "LANG", "en_US.UTF-8"), message(REQUEST, 0, "window-change", False, 80, 24, 640, 480),
    message(REQUEST, 0, "signal", False, "INT"), message(REQUEST, 0, "break", True, 500), message(REQUEST, 0, "exec", True, "look"),
    message(REQUEST, 0, "shell", True), message(REQUEST, 0, "subsystem", True, "sftp"), message(REQUEST, 0, "exit-status", False, 3),
    message(REQUEST, 0, "eow@openssh.com", False), message(SUCCESS, 0), message(FAILURE, 0), message(81), message(82),
    message(GLOBAL, "tcpip-forward", True, "localhost", 8080), message(GLOBAL, "keepalive@openssh.com", True),
    message(GLOBAL, "hostkeys-prove-00@openssh.com", True, KEY), message(GLOBAL, "no-more-sessions@openssh.com", False),
    message(REQUEST, 0, "exec", True, "scp -t homepage/x"), *LOGINS[1:6], *EXCHANGE,
]
ATTRIBUTES = u32(0xF) + u64(10) + u32(1000) * 2 + u32(0o100644) + u32(1_700_000_000) * 2
NUMBER, HANDLE = u32(1), string(bytes(7) + b"\1")
FILES = [
    b"\1" + u32(3), b"\3" + NUMBER + string(b"homepage/fuzz") + u32(0x1A) + ATTRIBUTES, b"\4" + NUMBER + HANDLE,
    b"\5" + NUMBER + HANDLE + u64(0) + u32(1000), b"\6" + NUMBER + HANDLE + u64(0) + string(b"data"),
    b"\7" + NUMBER + string(b"homepage"), b"\x08" + NUMBER + HANDLE, b"\x09" + NUMBER + string(b"homepage/fuzz") + ATTRIBUTES,
    b"\x0a" + NUMBER + HANDLE + ATTRIBUTES, b"\x0b" + NUMBER + string(b"World/areas"), b"\x0c" + NUMBER + HANDLE,
    b"\x0d" + NUMBER + string(b"homepage/fuzz"), b"\x0e" + NUMBER + string(b"homepage/d") + ATTRIBUTES,
    b"\x0f" + NUMBER + string(b"homepage/d"), b"\x10" + NUMBER + string(b"../x/."), b"\x11" + NUMBER + string(b"notes"),
    b"\x12" + NUMBER + string(b"homepage/fuzz") + string(b"homepage/moved"), b"\x13" + NUMBER + string(b"x"),
    b"\xc8" + NUMBER + string(b"posix-rename@openssh.com") + string(b"homepage/moved") + string(b"homepage/fuzz"),
    b"\xc8" + NUMBER + string(b"fsync@openssh.com") + HANDLE, b"\xc8" + NUMBER + string(b"statvfs@openssh.com") + string(b"/"),
    b"\xc8" + NUMBER + string(b"limits@openssh.com"), b"\xc8" + NUMBER + string(b"copy-data") + HANDLE + u64(0) * 2 + HANDLE + u64(0),
]
RECORDS = [b"C0644 5 file\n", b"hello", b"\0", b"D0755 0 folder\n", b"E\n", b"T1700000000 0 1700000000 0\n", b"\1warning\n", b"\2end\n"]


@pytest.fixture(scope="module")
def shared_server():
    path = pathlib.Path(tempfile.mkdtemp(prefix="mudd-"))
    with SSHServer(path / "Data") as running:
        running.make_accounts(["Ada"], PASSWORD, "owner")
        yield running
    shutil.rmtree(path)


@pytest.fixture
def dice(request):
    return random.Random(f"{DICE} {request.node.name}")


def spoil(dice, octets):
    """The same with something wrong, or with nothing."""
    octets = bytearray(octets)
    for _ in range(dice.choice([0, 1, 1, 1, 2, 5])):
        at = dice.randrange(len(octets)) if octets else 0
        match dice.randrange(7):
            case 0:
                del octets[at:]
            case 1:
                octets[at:at] = dice.randbytes(dice.choice([1, 4, 300]))
            case 2 if octets:
                octets[at] ^= 1 << dice.randrange(8)
            case 3:
                octets[at : at + 4] = u32(dice.choice([0, 1, 255, 65536, 0x7FFF_FFFF, 0x8000_0000, MOST - 1, MOST]))
            case 4:
                octets += octets[at:]
            case 5:
                octets[at : at + 8] = u64(dice.choice([0, 1 << 31, 1 << 62, (1 << 63) - 1, 1 << 63, (1 << 64) - 1]))
            case 6:
                del octets[at : at + dice.choice([1, 4, 8])]
    return bytes(octets)


def throw(wire, dice, corpus, count):
    """Sends messages until the server has enough."""
    try:
        for _ in range(count):
            payload = spoil(dice, dice.choice(corpus))
            if payload:
                wire.put(payload)
            while wire.is_open and wire.pump(0):
                wire.forget()
    except (Disconnected, OSError):
        pass


def begin(wire):
    wire.offer()


def open_channel(wire):
    wire.come_in("ada", PASSWORD)
    wire.open()


STAGES = {
    "exchange": (lambda wire: None, EXCHANGE), "middle": (begin, EXCHANGE), "keys": (Wire.exchange, LOGINS),
    "login": (Wire.start_login, LOGINS), "in": (Wire.come_in, CHANNELS), "channel": (open_channel, CHANNELS),
}


@pytest.mark.parametrize("prepare, corpus", STAGES.values(), ids=STAGES.keys())
def test_messages_with_something_wrong(shared_server, victim, dice, prepare, corpus):
    for number in range(60 * SCALE):
        if number == 30:
            # By now passwords were hashed on each thread, which keeps its memory.
            before = shared_server.memory()
        with Wire(shared_server.ssh_port) as wire:
            prepare(wire)
            throw(wire, dice, corpus, 12)
        assert shared_server.is_running(), f"throw {number} of {DICE}: {shared_server.complaint()}"
    assert shared_server.memory() - before < 4 * MIB


def test_versions_with_something_wrong(shared_server, victim, dice):
    for _ in range(150 * SCALE):
        with Wire(shared_server.ssh_port, greets=False) as wire:
            try:
                wire.send(spoil(dice, b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n") + dice.randbytes(dice.choice([0, 5, 100])))
            except Disconnected:
                pass
        assert shared_server.is_running(), shared_server.complaint()


def talk(shared_server, dice, request, corpus, rounds, frame):
    """Sends a program on the server what it does not expect."""
    for _ in range(rounds * SCALE):
        with Wire(shared_server.ssh_port) as wire:
            open_channel(wire)
            assert wire.ask(0, *request)
            try:
                wire.put(*(message(DATA, 0, frame(spoil(dice, dice.choice(corpus)))) for _ in range(30)), message(EOF, 0))
                # All of it was read.
                wire.answers_ping()
            except Disconnected:
                assert not wire.goodbye, wire.goodbye
        assert shared_server.is_running(), shared_server.complaint()


def test_requests_of_files_with_something_wrong(shared_server, victim, dice):
    before = shared_server.memory()
    whole = [FILES[0]] * 3 + FILES

    def frame(packet):
        return spoil(dice, string(packet)) if dice.random() < 0.02 else string(packet)

    talk(shared_server, dice, ("subsystem", "sftp"), whole, 60, frame)
    assert shared_server.memory() - before < 16 * MIB


@pytest.mark.parametrize("command", ["scp -t homepage", "scp -r -p -t homepage", "scp -f homepage/none", "scp -r -f homepage"])
def test_records_of_scp_with_something_wrong(shared_server, victim, dice, command):
    talk(shared_server, dice, ("exec", command), RECORDS, 15, lambda record: record)


def test_lines_for_the_manhole_with_something_wrong(shared_server, victim, dice):
    lines = [b"help\n", b"things\n", b"thing 1\n", b"connections\n", b"timers\n", b"turns\n", b"quit\n"]
    talk(shared_server, dice, ("subsystem", "manhole"), lines, 15, lambda line: line)


def test_keys_that_nobody_has(shared_server, victim, dice):
    """Whatever a terminal may send, in pieces: the line editor reads all of it."""
    pieces = [b"\x1b[A", b"\x1b[1;5C", b"\x1b[200~", b"\x1b[201~", b"\x1b", b"\x1bO", b"\x1b[<0;1;1M", b"\xe4\xb8\xad", b"\xff", b"\t",
              b"\x12", b"\x17", b"\x19", b"\x1f", b"look", b"\r", b"\x7f" * 10, b"\x1b[999999999999999999999~", b"\x1b]0;x\x07", b"\0"]
    for _ in range(10 * SCALE):
        with Wire(shared_server.ssh_port) as wire:
            wire.come_in()
            wire.open(window=1 << 30)
            assert wire.ask(0, "pty-req", dice.choice(["xterm", "dumb", ""]), dice.choice([0, 1, 80, MOST]), 24, 0, 0, MODES)
            assert wire.ask(0, "shell")
            try:
                for _ in range(200):
                    wire.put(message(DATA, 0, spoil(dice, dice.choice(pieces)) or b"x"))
                wire.answers_ping()
            except Disconnected:
                assert not wire.goodbye, wire.goodbye
        assert shared_server.is_running(), shared_server.complaint()
