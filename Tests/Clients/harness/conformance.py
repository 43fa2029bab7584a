"""The clauses of IRC's specifications that the tests prove, each by a test of its own against a plain `mudd irc`.

`IRC_SERVER=host:port` in the environment takes another server instead, to judge the tests by servers that are known.
"""

import itertools
import os
import pathlib
import re
import subprocess
import tempfile
import time

import pytest
from harness.irc import IRCClient
from harness.server import ANY_PORT, MUDD, START_LIMIT, STOP_LIMIT

MODERN = "Modern IRC"
CLAUSES = []
OPERATOR, OPERATOR_PASSWORD = "root", "a word for operators"
_numbers = itertools.count(1)


def clause(document, section, text):
    """Names the clause that a test proves; the table of conformance is made from it."""

    def mark(test):
        CLAUSES.append((document, section, text, test.__module__, test.__name__))
        return test

    return mark


class PlainServer:
    """One `mudd irc`, on a free port of loopback."""

    def __init__(self, *options):
        self.folder = tempfile.TemporaryDirectory(prefix="mudd-irc-")
        folder = pathlib.Path(self.folder.name)
        (folder / "operator").write_text(OPERATOR_PASSWORD + "\n")
        (folder / "operator").chmod(0o600)
        (folder / "motd").write_text("Be kind.\nRead the rules.\n")
        began = time.monotonic()
        self.process = subprocess.Popen(
            [
                str(MUDD), "irc", "--listen", ANY_PORT, "--name", "irc.example", "--network", "Example", "--operator",
                f"{OPERATOR}:{folder / 'operator'}", "--motd", str(folder / "motd"), "--pace", "0:0", "--max-per-peer",
                "10000", "--channels-per-client", "50", "--max-list", "50", "--max-monitored", "50", *options],
            stdout=open(folder / "log", "wb"), stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        while b"listens on" not in (text := (folder / "log").read_bytes()) or not text.endswith(b"\n"):
            assert self.process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() - began < START_LIMIT, "mudd irc says nothing"
            time.sleep(0.002)
        self.start_seconds = time.monotonic() - began
        # The log may have begun before the announcement.
        words = re.search(rb"listens on .*", text)[0].decode()
        self.ports = [int(port) for port in re.findall(r":(\d\d+)\b", words)]
        self.port = self.ports[0]

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


class Peer(IRCClient):
    """A client that sends octets as they are told, and knows the server's tokens."""

    def octets(self, octets):
        self.socket.sendall(octets)

    def settle(self):
        """Everything that came until the server had done what was sent before, which it does in order."""
        self._markers += 1
        self.send(f"PING settle{self._markers}")
        before = self.mark
        end = self.read(lambda line: line.command == "PONG" and line.words[-1] == f"settle{self._markers}")
        return [line for line in self.lines[before : self.mark] if line is not end]

    def capabilities(self, version=302):
        """What the server offers: names and values."""
        self.send(f"CAP LS {version}" if version else "CAP LS")
        names = []
        while True:
            line = self.command("CAP")
            names += line.words[-1].split()
            if line.words[2] != "*":
                return dict(name.partition("=")[::2] for name in names)

    def request(self, *names):
        """Asks for capabilities that must be there."""
        self.send("CAP REQ :" + " ".join(names))
        line = self.read(r" CAP \S+ (ACK|NAK) ")
        assert line.words[1] == "ACK", line

    @property
    def support(self):
        """The tokens of 005."""
        tokens = {}
        for line in self.lines:
            if line.command == "005":
                tokens |= dict(word.partition("=")[::2] for word in line.words[1:-1])
        return tokens

    def join(self, channel, key=""):
        """Joins, and returns what came of it."""
        self.send(f"JOIN {channel} {key}".rstrip())
        return self.settle()

    def operate(self):
        """Becomes an operator of the server."""
        self.send(f"OPER {OPERATOR} :{OPERATOR_PASSWORD}")
        self.numeric(381)
        self.settle()


def only(lines, command):
    """The one line of that command."""
    found = [line for line in lines if line.command == command]
    assert len(found) == 1, (command, lines)
    return found[0]


def commands(lines):
    return [line.command for line in lines]


def lacks(lines, command):
    assert command not in commands(lines), lines


@pytest.fixture(scope="session")
def plain():
    """The port of a server that many tests share; each has names of its own."""
    other = os.environ.get("IRC_SERVER")
    if other:
        yield int(other.partition(":")[2])
        return
    server = PlainServer()
    yield server.port
    assert server.process.poll() is None, "the server has ended"
    server.close()


@pytest.fixture
def stranger(plain):
    """Makes connections that have said nothing yet."""
    peers = []

    def make():
        peers.append(Peer(plain))
        return peers[-1]

    yield make
    for peer in peers:
        peer.close()


@pytest.fixture
def irc(stranger):
    """Makes registered clients whose nicks begin with a name."""

    def make(name="al", caps=()):
        peer = stranger()
        peer.register(f"{name}{next(_numbers)}", caps=caps, sasl=False)
        peer.settle()
        return peer

    return make


@pytest.fixture
def member(irc):
    """Makes registered clients that have accounts by the names of their nicks."""

    def make(name="al", caps=()):
        peer = irc(name, caps)
        peer.send("REGISTER * * :correct horse battery")
        assert peer.read(r" (REGISTER|FAIL) ").command == "REGISTER", peer.lines[-1]
        peer.settle()
        return peer

    return make


@pytest.fixture
def channel():
    """A channel that nobody else has."""
    return f"#c{next(_numbers)}"


@pytest.fixture
def fresh():
    """Makes nicks, channels and accounts that nobody else has."""
    return lambda name="n": f"{name}{next(_numbers)}"
