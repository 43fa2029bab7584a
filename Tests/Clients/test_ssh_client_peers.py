"""`mudd ssh` against asyncssh's server, which asks what OpenSSH's does not, and against servers that mean harm."""

import asyncio
import itertools
import os
import socket
import subprocess
import threading
import time

import asyncssh
import pytest
from harness.abuse import MIB
from harness.server import COMMAND_LIMIT, MUDD
from harness.ssh_wire import DISCONNECT, KEX_REPLY, KEXINIT, MOST, in_the_clear, message, string, u32
from harness.telnet import PATIENCE
from harness.terminals import Pseudoterminal

CLIENT_ENVIRONMENT = {"SSH_AUTH_SOCK": "", "TERM": "vt100"}


class Host(asyncssh.SSHServer):
    """Lets Ada in by her password, and by answers to two questions."""

    def connection_made(self, connection):
        self.connection = connection

    def begin_auth(self, name):
        self.connection.send_auth_banner("\x1b[2J\x1b]0;mine\x07Be \x9b5mgood.\n")
        return True

    @property
    def asks(self):
        return self.connection.get_extra_info("sockname")[1] in Asyncssh.asking

    def password_auth_supported(self):
        return not self.asks

    def validate_password(self, name, password):
        return (name, password) == ("ada", "open sesame")

    def kbdint_auth_supported(self):
        return self.asks

    def get_kbdint_challenge(self, name, language, methods):
        return "Who \x1b[2Jare you", "Two questions", "en", [("Your \x1b]0;x\x07word: ", False), ("Your color: ", True)]

    def validate_kbdint_response(self, name, answers):
        return answers == ["open sesame", "green"]


async def serve(process):
    """What the server does: echoes, ends by a signal, tells of its terminal."""
    command = process.command or ""
    if command == "cat":
        async for octets in process.stdin:
            process.stdout.write(octets)
    elif command == "signal":
        process.exit_with_signal("SEGV", True, "dumped \x1b[2J", "en")
        return
    elif command.startswith("exit"):
        process.exit(int(command.split()[1]))
        return
    elif command in ("vanish", "goodbye"):
        connection = process.get_extra_info("connection")
        process.stdout.write(b"half of it")
        # Without a close of the channel, for which asyncssh has no method.
        process.channel._send_request(b"exit-status", u32(0))
        if command == "goodbye":
            connection._send_disconnect(asyncssh.DISC_BY_APPLICATION, "Going \x1b[2Jdown.\nFor good", "en")
        connection.abort()
        return
    elif command == "errors":
        process.stderr.write(b"\xff\xfe on the other stream\n")
    elif not command:
        process.stdout.write(f"{process.term_type} {process.term_size[:2]}\r\n".encode())
        while True:
            try:
                line = await process.stdin.readuntil(b"\r")
                process.stdout.write(b"got " + line + b"\r\n")
                break
            except asyncssh.TerminalSizeChanged as change:
                process.stdout.write(f"now {change.width} by {change.height}\r\n".encode())
    process.exit(0)


class Asyncssh(threading.Thread):
    """asyncssh's server in a thread with a loop of its own; opens a port for each set of algorithms it is asked for."""

    # Ports where questions are asked and no passwords taken.
    asking = set()

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.folder = folder
        self.loop = asyncio.new_event_loop()
        self.keys = {
            name: asyncssh.generate_private_key(name, **({"key_size": 2048} if name == "ssh-rsa" else {}))
            for name in ("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa")}
        self.person = folder / "id_ed25519"
        person = asyncssh.generate_private_key("ssh-ed25519")
        person.write_private_key(self.person)
        self.person.chmod(0o600)
        self.authorized = asyncssh.import_authorized_keys(person.export_public_key().decode())

    def run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def listen(self, *keys, **options):
        """Opens a port, and lets the file of known hosts know it."""
        keys = keys or ("ssh-ed25519",)

        async def listen():
            return await asyncssh.listen(
                "127.0.0.1", 0, server_factory=Host, server_host_keys=[self.keys[name] for name in keys],
                process_factory=serve, encoding=None, authorized_client_keys=self.authorized, config=None, **options)

        port = asyncio.run_coroutine_threadsafe(listen(), self.loop).result(PATIENCE).get_port()
        with open(self.folder / "known", "a") as known:
            for name in keys:
                known.write(f"[127.0.0.1]:{port} {self.keys[name].export_public_key().decode().strip()}\n")
        return port

    def words(self, port, *more, key=True):
        return [str(MUDD), "ssh", "--known-hosts", str(self.folder / "known"), "-i", str(self.person) if key else "/nonexistent",
                "-p", str(port), "ada@127.0.0.1", *more]

    def start_client(self, port, *command, **options):
        return subprocess.Popen(
            self.words(port, *command, **options), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, **CLIENT_ENVIRONMENT}, start_new_session=True)

    def client(self, port, *command, script=b"", **options):
        return subprocess.run(
            self.words(port, *command, **options), input=script, capture_output=True, timeout=COMMAND_LIMIT,
            env={**os.environ, **CLIENT_ENVIRONMENT}, start_new_session=True)

    def terminal(self, port, *command):
        return Pseudoterminal(*self.words(port, *command, key=False), environment=CLIENT_ENVIRONMENT)


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    running = Asyncssh(tmp_path_factory.mktemp("asyncssh"))
    running.start()
    yield running
    running.loop.call_soon_threadsafe(running.loop.stop)
    running.join(PATIENCE)


def test_what_a_command_says_and_how_it_ends(host):
    port = host.listen()
    octets = os.urandom(2_000_000)
    done = host.client(port, "cat", script=octets)
    assert (done.stdout, done.returncode) == (octets, 0), done.stderr
    assert host.client(port, "exit 7").returncode == 7
    done = host.client(port, "errors")
    assert done.stderr.endswith(b"\xff\xfe on the other stream\n") and done.stdout == b""
    done = host.client(port, "signal")
    assert done.returncode == 255 and b"SEGV" in done.stderr and b"\x1b" not in done.stderr


@pytest.mark.parametrize("command, why", [("goodbye", b"down."), ("vanish", b"connection")])
def test_a_connection_that_ends_before_the_command_does(host, command, why):
    """A status that came already says nothing of the rest of the output."""
    done = host.client(host.listen(), command)
    assert (done.stdout, done.returncode) == (b"half of it", 255)
    assert why in done.stderr and b"\x1b" not in done.stderr


def test_a_password_is_asked_for_until_it_is_right(host):
    client = host.terminal(host.listen(), "exit 3")
    try:
        client.expect("Be .*good")
        for password in ("wrong", "open sesame"):
            client.expect("[Pp]assword")
            assert client.child.waitnoecho(PATIENCE)
            client.type(password)
        while client.receive(1):
            pass
        client.child.wait()
        assert client.child.exitstatus == 3
        assert "open sesame" not in client.raw
        # What the server shows before it is trusted changes nothing of the terminal.
        assert "\x1b[2J" not in client.raw and "\x07" not in client.raw and "\x9b" not in client.raw
    finally:
        client.close()


def test_questions_are_asked_and_answered(host):
    port = host.listen()
    Asyncssh.asking.add(port)
    client = host.terminal(port, "exit 4")
    try:
        client.expect("Two questions")
        client.expect("word:")
        assert client.child.waitnoecho(PATIENCE)
        client.type("open sesame")
        client.expect("color:")
        client.type("green")
        while client.receive(1):
            pass
        client.child.wait()
        assert client.child.exitstatus == 4, client.raw
        assert "green" in client.raw and "open sesame" not in client.raw
        assert "\x1b[2J" not in client.raw and "\x1b]0;" not in client.raw
    finally:
        client.close()


def test_a_window_is_told_and_followed(host):
    client = Pseudoterminal(*host.words(host.listen()), environment=CLIENT_ENVIRONMENT)
    try:
        client.expect(r"vt100 \(160, 60\)")
        client.child.setwinsize(33, 99)
        client.expect("now 99 by 33")
        client.type("~~tilde")
        client.expect("got ~tilde")
        client.child.wait()
        assert client.child.exitstatus == 0
    finally:
        client.close()


def test_every_algorithm_of_both(host):
    """Each cipher, MAC, key exchange and host key, and not each with each: a process is started for every one."""
    kinds = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa"]
    exchanges = ["curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384",
                 "ecdh-sha2-nistp521"]
    ciphers = ["chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes192-ctr",
               "aes128-ctr"]
    macs = ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"]
    sealed = [(cipher, mac) for mac in macs for cipher in ciphers]
    rows = zip(itertools.cycle(kinds), itertools.cycle(exchanges[1:] + exchanges[:1]), sealed)
    clients = []
    for kind, exchange, (cipher, mac) in rows:
        port = host.listen(kind, kex_algs=[exchange], encryption_algs=[cipher], mac_algs=[mac])
        clients.append((host.start_client(port, "cat"), (kind, exchange, cipher, mac)))
    for client, row in clients:
        output, errors = client.communicate(b"in and out", PATIENCE)
        assert (output, client.returncode) == (b"in and out", 0), (row, errors)


def test_keys_are_renewed_by_the_other_end(host):
    octets = os.urandom(3_000_000)
    done = host.client(host.listen(rekey_bytes=200_000), "cat", script=octets)
    assert (done.stdout, done.returncode) == (octets, 0), done.stderr


# Servers that mean harm


class Villain(threading.Thread):
    """A server that lets one client connect, and does something to it."""

    def __init__(self, act):
        super().__init__(daemon=True)
        self._act = act
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.sent = 0

    def run(self):
        client, _ = self._listener.accept()
        with client, self._listener:
            client.settimeout(PATIENCE)
            try:
                self._act(self, client)
                # What the client does is its own affair, until it goes.
                while client.recv(65536):
                    pass
            except OSError:
                pass

    def pour(self, client, octets):
        while True:
            client.sendall(octets)
            self.sent += len(octets)


def greeted(act):
    """Does something behind the version."""

    def whole(villain, client):
        client.sendall(b"SSH-2.0-Villain\r\n")
        act(villain, client)

    return whole


def offer():
    names = [b"curve25519-sha256", b"ssh-ed25519", *[b"aes256-gcm@openssh.com"] * 2, *[b"hmac-sha2-256-etm@openssh.com"] * 2,
             b"none", b"none", b"", b""]
    return bytes([KEXINIT]) + bytes(16) + b"".join(map(string, names)) + b"\0" + u32(0)


def after_offer(*payloads):
    return greeted(lambda villain, client: client.sendall(b"".join(map(in_the_clear, (offer(), *payloads)))))


KEY = string(b"ssh-ed25519") + string(b"\1" * 32)
SIGNATURE = string(b"ssh-ed25519") + string(b"\2" * 64)
TALK = b"SSH-2.0-" + b"x" * 300 + b"\r\n"
VILLAINS = {
    "talks": lambda villain, client: villain.pour(client, b"Welcome to my server.\r\n" * 1000),
    "never ends a line": lambda villain, client: villain.pour(client, b"x" * 65536),
    "never ends its version": lambda villain, client: villain.pour(client, b"SSH-2.0-" + b"x" * 65536),
    "is old": lambda villain, client: client.sendall(b"SSH-1.5-old\r\n"),
    "has a long name": lambda villain, client: client.sendall(TALK),
    "hangs up": lambda villain, client: client.close(),
    "sends packets of 4 GiB": greeted(lambda villain, client: client.sendall(u32(MOST) + b"x" * 1000)),
    "sends packets of nothing": greeted(lambda villain, client: client.sendall(u32(0) * 100)),
    "sends nonsense": greeted(lambda villain, client: villain.pour(client, os.urandom(65536))),
    "knows no algorithm": greeted(lambda villain, client: client.sendall(in_the_clear(
        bytes([KEXINIT]) + bytes(16) + string(b"none") * 8 + string(b"") * 2 + bytes(5)))),
    "lies of its lists": greeted(lambda villain, client: client.sendall(in_the_clear(bytes([KEXINIT]) + bytes(16) + u32(MOST)))),
    "has no secret": after_offer(message(KEX_REPLY, KEY, bytes(32), SIGNATURE)),
    "has no value": after_offer(message(KEX_REPLY, KEY, b"", SIGNATURE)),
    "has no key": after_offer(message(KEX_REPLY, b"", b"\1" * 32, SIGNATURE)),
    "signs wrongly": after_offer(message(KEX_REPLY, KEY, b"\11" + bytes(31), SIGNATURE)),
    "lets in at once": after_offer(bytes([52])),
    "uses no keys": after_offer(bytes([21])),
    "starts twice": after_offer(offer()),
    "says goodbye in colours": greeted(lambda villain, client: client.sendall(
        in_the_clear(message(DISCONNECT, 11, "\x1b[2J\x07Bye\nmudd: all is well", "")))),
}


@pytest.mark.parametrize("act", VILLAINS.values(), ids=VILLAINS.keys())
def test_a_server_that_means_harm(folder, act):
    villain = Villain(act)
    villain.start()
    began = time.monotonic()
    client = subprocess.Popen(
        [str(MUDD), "ssh", "--unknown", "trust", "--known-hosts", str(folder / "known"), "-i", "/nonexistent", "-p",
         str(villain.port), "ada@127.0.0.1", "look"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, **CLIENT_ENVIRONMENT}, start_new_session=True)
    output, errors = client.communicate(timeout=PATIENCE)
    assert client.returncode == 255 and output == b"" and errors
    assert b"\x1b" not in errors and b"\x07" not in errors and b"\nmudd: all is well" not in errors
    assert len(errors) < 2000
    assert time.monotonic() - began < 30
    # What the kernel's buffers hold.
    assert villain.sent < 32 * MIB
    # A key that was not proven is not remembered.
    assert not (folder / "known").exists() or (folder / "known").read_text() == ""
