"""What can be done to a server with SFTP, each with the number that must hold.

| Abuse | Number |
| --- | --- |
| paths that lead elsewhere | nothing outside of the tree is read, written or named |
| links in the world's folder | not followed |
| open files and directories | 64 |
| offsets and lengths up to 2^64-1 | refused, or 261,120 octets; 4 MiB |
| packets that are none | the channel is closed; 2 MiB |
"""

import os
import pathlib
import shutil
import stat
import tempfile

import paramiko
import pytest
from conftest import PASSWORD
from harness.abuse import MIB
from harness.server import TEST_WORLD
from harness.ssh import SSHServer
from harness.ssh_wire import CLOSE, DATA, EOF, MOST, REQUEST, Fields, Wire, message, string, u32
from harness.telnet import PATIENCE, Disconnected
from paramiko.sftp import (
    CMD_CLOSE, CMD_FSTAT, CMD_HANDLE, CMD_MKDIR, CMD_NAME, CMD_OPEN, CMD_OPENDIR, CMD_READ, CMD_READLINK, CMD_REALPATH,
    CMD_RENAME, CMD_STAT, CMD_SYMLINK, CMD_WRITE, SFTP_FLAG_CREATE, SFTP_FLAG_READ, SFTP_FLAG_WRITE, int64)

CANARY = b"The bird is outside of the cage."
INIT, VERSION, STATUS, EXTENDED = 1, 2, 101, 200
OP_UNSUPPORTED = 8


@pytest.fixture(scope="module")
def shared_server():
    """A server with a builder who may change the world; links lead from its folder to where nobody may look."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="mudd-"))
    world = pathlib.Path(shutil.copytree(TEST_WORLD, path / "World"))
    (path / "canary.yaml").write_bytes(CANARY)
    with SSHServer(path / "Data", world=world) as running:
        running.make_accounts(["Ada"], PASSWORD, "builder")
        running.folder = path
        (world / "areas/bird.yaml").symlink_to(path / "canary.yaml")
        (world / "areas/attic").symlink_to(path)
        (world / "areas/etc.yaml").symlink_to("/etc/passwd")
        yield running
    shutil.rmtree(path)


@pytest.fixture
def sftp(shared_server):
    """paramiko's client, logged in as the builder."""
    transport = paramiko.Transport(("127.0.0.1", shared_server.ssh_port))
    transport.banner_timeout = transport.auth_timeout = PATIENCE
    transport.connect(username="ada", password=PASSWORD)
    yield paramiko.SFTPClient.from_transport(transport)
    transport.close()


def ask(sftp, number, *fields):
    """The server's answer to a request of which no client would have made the fields; None when it is refused."""
    try:
        return sftp._request(number, *fields)
    except (OSError, EOFError):
        return None


def handle(sftp, number, *fields):
    answer = ask(sftp, number, *fields)
    return answer and answer[1].get_binary()


def read_all(sftp, file):
    octets = b""
    while answer := ask(sftp, CMD_READ, file, int64(len(octets)), 32768):
        octets += answer[1].get_binary()
    ask(sftp, CMD_CLOSE, file)
    return octets


# Paths

BASES = [b"", b"/", b"homepage/", b"notes/", b"/mail/Inbox/", b"World/", b"/World/areas/", b"World/areas/attic/", b"nowhere/"]
UPS = [b"../" * count for count in (1, 2, 3, 8, 100)] + [
    b"..//./../", b"./.././../", b"..\\", b"..\\..\\", b"%2e%2e/", b"%2e%2e%2f%2e%2e%2f", b"..%2f", b"..;/", b"...//", b".../",
    b"..\0/", b"\0../", b".. /", b" ../", b"\xc0\xae\xc0\xae/", b"\xc0\xae\xc0\xae\xc0\xaf", b"\xe0\x80\xae\xe0\x80\xae/",
    b"\xf0\x80\x80\xae\xf0\x80\x80\xae/", b"..\xc0\xaf", "．．/".encode(), "‥/".encode(), b"\xff\xfe/", b"..\n/", b"\r../"]
GOALS = [b"canary.yaml", b"etc/passwd", b"canary.yaml\0.yaml", b"Data/world.db", b"canary.yaml/", b"World/areas/bird.yaml"]
OTHERS = [
    b"/etc/passwd", b"//etc/passwd", b"/proc/self/environ", b"/proc/self/cwd/etc/passwd", b"/dev/zero", b"file:///etc/passwd",
    b"~root/.profile", b"~/../../etc/passwd", b"$HOME/x", b"`id`", b"C:\\boot.ini", b"\\\\host\\share", b"World/areas/bird.yaml",
    b"World/areas/etc.yaml", b"World/areas/attic/canary.yaml", b"World/areas/attic/Data/world.db", b"a" * 5000, b"a/" * 2048,
    b"/" * 4096, b"../" * 4096, b"homepage/" + b"x/../" * 800 + b"../../etc/passwd", b"\0", b"\0/etc/passwd", b"", b".", b"..",
    b"..."]
CORPUS = [base + up + goal for base in BASES for up in UPS for goal in GOALS] + OTHERS


def test_no_path_leads_out_of_the_tree(shared_server, sftp):
    read = 0
    for path in CORPUS:
        if file := handle(sftp, CMD_OPEN, path, SFTP_FLAG_READ, paramiko.SFTPAttributes()):
            octets = read_all(sftp, file)
            read += 1
            assert CANARY not in octets and b"root:" not in octets and b"SQLite" not in octets, path
        if answer := ask(sftp, CMD_REALPATH, path):
            assert answer[0] == CMD_NAME and answer[1].get_int() == 1
            names = answer[1].get_binary()
            assert names.startswith(b"/") and b".." not in names.split(b"/") and b"\0" not in names, path
    assert read == 0, "the corpus has a path of something that is there"
    # Which is not because everything with dots is refused.
    assert handle(sftp, CMD_OPEN, b"homepage/../World/areas/../world.yaml", SFTP_FLAG_READ, paramiko.SFTPAttributes())


def test_no_path_writes_outside_of_the_tree(shared_server, sftp):
    before = listing(shared_server.folder)
    nothing = paramiko.SFTPAttributes()
    flags = SFTP_FLAG_WRITE | SFTP_FLAG_CREATE
    for base in BASES:
        for up in UPS:
            path = base + up + b"stolen.yaml"
            if file := handle(sftp, CMD_OPEN, path, flags, nothing):
                ask(sftp, CMD_WRITE, file, int64(0), b"{}\n")
                ask(sftp, CMD_CLOSE, file)
            ask(sftp, CMD_MKDIR, base + up + b"stolen", nothing)
            ask(sftp, CMD_RENAME, b"notes/none.txt", path)
            ask(sftp, CMD_SYMLINK, b"/etc/passwd", path)
    for path in (b"World/areas/bird.yaml", b"World/areas/attic/new.yaml"):
        if file := handle(sftp, CMD_OPEN, path, flags, nothing):
            ask(sftp, CMD_WRITE, file, int64(0), b"area: stolen\n")
            ask(sftp, CMD_CLOSE, file)
    after = listing(shared_server.folder)
    # Whatever was made is within the world's areas, where a builder may make it, or kept in the database.
    changed = {path for path in after.keys() | before.keys() if after.get(path) != before.get(path)}
    assert not {path for path in changed if not path.startswith(("Data/", "World/areas/"))}, changed
    assert not {path for path in changed if path.startswith("Data/") and "stolen" in path}
    assert (shared_server.folder / "canary.yaml").read_bytes() == CANARY
    assert not pathlib.Path("/stolen.yaml").exists() and not pathlib.Path("/stolen").exists()


def listing(folder):
    found = {}
    for root, folders, files in os.walk(folder):
        for name in folders + files:
            path = pathlib.Path(root, name)
            if not path.is_socket():
                found[str(path.relative_to(folder))] = path.read_bytes() if path.is_file() else b""
    return found


def test_links_are_neither_made_nor_followed(sftp):
    assert not ask(sftp, CMD_SYMLINK, b"homepage/link", b"/etc/passwd")
    assert not ask(sftp, CMD_READLINK, b"World/areas/bird.yaml")
    for path in (b"World/areas/bird.yaml", b"World/areas/etc.yaml", b"World/areas/attic/canary.yaml"):
        assert not handle(sftp, CMD_OPEN, path, SFTP_FLAG_READ, paramiko.SFTPAttributes()), path
    assert not handle(sftp, CMD_OPENDIR, b"World/areas/attic")
    for entry in sftp.listdir_attr("World/areas"):
        assert not stat.S_ISLNK(entry.st_mode or 0)


# Handles


def test_only_so_much_is_open_at_once(shared_server, sftp):
    before = shared_server.memory()
    handles = [handle(sftp, CMD_OPENDIR, b"/") for _ in range(500)]
    opened = [one for one in handles if one]
    assert len(opened) == 64 and len(set(opened)) == 64
    assert not handle(sftp, CMD_OPEN, b"homepage/x", SFTP_FLAG_WRITE | SFTP_FLAG_CREATE, paramiko.SFTPAttributes())
    ask(sftp, CMD_CLOSE, opened[0])
    assert handle(sftp, CMD_OPENDIR, b"/") not in opened
    assert shared_server.memory() - before < 2 * MIB


def test_handles_that_are_none(sftp):
    directory = handle(sftp, CMD_OPENDIR, b"/")
    ask(sftp, CMD_CLOSE, directory)
    for wrong in (directory, b"", b"\0" * 8, b"\xff" * 8, b"x" * 256, b"x" * 100_000, b"1", b"../../etc/passwd"):
        assert not ask(sftp, CMD_READ, wrong, int64(0), 100)
        assert not ask(sftp, CMD_WRITE, wrong, int64(0), b"x")
        assert not ask(sftp, CMD_FSTAT, wrong)
        assert not ask(sftp, CMD_CLOSE, wrong)
    assert sftp.listdir("/")


def test_offsets_and_lengths_without_a_bound(shared_server, sftp):
    with sftp.open("homepage/page", "w") as file:
        file.write(b"x" * 1000)
    before = shared_server.memory()
    flags = SFTP_FLAG_WRITE | SFTP_FLAG_CREATE
    for offset in (1 << 20, 1 << 31, 1 << 32, 10 << 30, (1 << 63) - 1, 1 << 63, (1 << 64) - 2, (1 << 64) - 1):
        file = handle(sftp, CMD_OPEN, b"homepage/page", flags, paramiko.SFTPAttributes())
        wrote = ask(sftp, CMD_WRITE, file, int64(offset), b"xy")
        closed = ask(sftp, CMD_CLOSE, file)
        assert not wrote or not closed, offset
        file = handle(sftp, CMD_OPEN, b"homepage/page", SFTP_FLAG_READ, paramiko.SFTPAttributes())
        assert not ask(sftp, CMD_READ, file, int64(offset), MOST)
        assert len(ask(sftp, CMD_READ, file, int64(0), MOST)[1].get_binary()) == 1000
        ask(sftp, CMD_CLOSE, file)
    attributes = paramiko.SFTPAttributes()
    attributes.st_size = 1 << 60
    assert not ask(sftp, 9, b"homepage/page", attributes) or sftp.stat("homepage/page").st_size <= 1 << 20
    assert shared_server.memory() - before < 4 * MIB
    with sftp.open("homepage/page") as file:
        assert file.read() == b"x" * 1000


def test_drafts_hold_little(shared_server, sftp):
    """What is written into 60 files that are never closed is bounded as a whole."""
    before = shared_server.memory()
    files = [
        handle(sftp, CMD_OPEN, b"homepage/%d" % number, SFTP_FLAG_WRITE | SFTP_FLAG_CREATE, paramiko.SFTPAttributes())
        for number in range(60)]
    for file in files:
        for offset in range(0, 4 * MIB, 128 * 1024):
            if not file or not ask(sftp, CMD_WRITE, file, int64(offset), b"x" * (128 * 1024)):
                break
    assert shared_server.memory() - before < 32 * MIB


# Packets


@pytest.fixture
def channel(shared_server):
    """A channel with SFTP on it, on which anything may be said."""
    with Wire(shared_server.ssh_port) as wire:
        wire.come_in("ada", PASSWORD)
        assert wire.open() == 0
        assert wire.ask(0, "subsystem", "sftp")
        yield wire


def say(wire, *packets):
    for packet in packets:
        wire.put(message(DATA, 0, packet))


HELLO = string(bytes([INIT]) + u32(3))
BOMBS = {
    "giant": u32(MOST) + b"x", "large": u32(262_145) + b"x", "empty": u32(0),
    "first": string(bytes([CMD_OPENDIR]) + u32(1) + string(b"/")),
    "short": HELLO + string(bytes([CMD_OPEN])), "lie": HELLO + string(bytes([CMD_OPENDIR]) + u32(1) + u32(MOST)),
    "long lie": HELLO + string(bytes([CMD_WRITE]) + u32(1) + string(b"handle") + bytes(8) + u32(MOST)),
    "attributes": HELLO + string(bytes([CMD_MKDIR]) + u32(1) + string(b"x") + u32(MOST)),
    "extensions": HELLO + string(bytes([CMD_MKDIR]) + u32(1) + string(b"x") + u32(1 << 31) + u32(MOST)),
    "hello": string(bytes([INIT]) + u32(3) + u32(MOST)), "reply": HELLO + string(bytes([CMD_HANDLE]) + u32(1) + string(b"x")),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_packets_that_are_none(shared_server, channel, bomb):
    before = shared_server.memory()
    say(channel, bomb)
    # The channel ends, or a status refuses the request; both leave the connection as it was.
    for _ in range(100):
        channel.put(message(DATA, 0, b"\0" * 1024))
    channel.put(message(EOF, 0))
    while channel.take(CLOSE, DATA, REQUEST, EOF)[0] != CLOSE:
        pass
    channel.put(message(CLOSE, 0))
    assert channel.answers_ping()
    assert channel.open(4) in (0, 1)
    assert shared_server.memory() - before < 2 * MIB


def test_requests_that_nobody_has_defined_are_told_so(channel):
    say(channel, HELLO)
    assert answer(channel)[0] == VERSION
    for number in (21, 99, 106, 199, 255):
        say(channel, string(bytes([number]) + u32(7) + b"whatever"))
        reply = Fields(answer(channel))
        assert (reply.payload[0], reply.u32(), reply.u32()) == (STATUS, 7, OP_UNSUPPORTED)
    say(channel, string(bytes([EXTENDED]) + u32(8) + string(b"x" * 1000)))
    reply = Fields(answer(channel))
    assert (reply.payload[0], reply.u32(), reply.u32()) == (STATUS, 8, OP_UNSUPPORTED)


def answer(wire):
    octets = Fields(wire.take(DATA), 5).string()
    while len(octets) < 4 or len(octets) < 4 + int.from_bytes(octets[:4]):
        octets += Fields(wire.take(DATA), 5).string()
    return octets[4:]


def test_replies_that_nobody_reads(shared_server, channel):
    """Thousands of requests at once, whose answers fill the window and stay."""
    say(channel, HELLO)
    before = shared_server.memory()
    request = string(bytes([CMD_STAT]) + u32(1) + string(b"/" + b"x" * 200))
    channel.socket.settimeout(1)
    try:
        for _ in range(2000):
            channel.put(message(DATA, 0, request * 100))
    except (TimeoutError, Disconnected):
        # The server's own window is full too, and whoever goes on is cut off.
        pass
    else:
        pytest.fail("40 MB of requests were taken from somebody who reads no answer")
    assert shared_server.memory() - before < 8 * MIB
