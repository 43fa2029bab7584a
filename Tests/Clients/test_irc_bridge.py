"""A bridge between a channel of the game and one of a network elsewhere, which ngircd serves."""

import pathlib
import shutil
import socket
import subprocess
import time

import pytest
from conftest import PASSWORD
from harness.server import STARTER_WORLD, Server, run_mudd
from harness.telnet import PATIENCE, TelnetClient

NGIRCD = shutil.which("ngircd") or "/usr/sbin/ngircd"

pytestmark = pytest.mark.skipif(not pathlib.Path(NGIRCD).exists(), reason="ngircd is not installed")

SETTINGS = """
[Global]
    Name = there.example
    Info = Elsewhere
    Listen = 127.0.0.1
    Ports = {port}
    ServerUID = nobody
    ServerGID = nogroup
[Limits]
    MaxConnectionsIP = 0
    MaxNickLength = 30
[Options]
    DNS = no
    Ident = no
    PAM = no
"""

BRIDGE = """
services:
  there:
    kind: ircbridge
    options:
      server: tcp:127.0.0.1:{port}
      network: there
      nick: Harbour
      channel: ["chat=#harbour"]
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Elsewhere:
    """The other network."""

    def __init__(self, folder, port):
        self.port = port
        self.settings = folder / "ngircd.conf"
        self.settings.write_text(SETTINGS.format(port=port))
        self.settings.chmod(0o644)
        folder.chmod(0o755)
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [NGIRCD, "-n", "-f", str(self.settings)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < deadline and self.process.poll() is None, "ngircd does not answer"
                time.sleep(0.05)

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


class Guest:
    """Somebody on the other network, line by line."""

    def __init__(self, port, nick):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.stream = self.socket.makefile("r", encoding="utf-8", newline="\r\n")
        self.nick = nick
        self.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        self.until(" 001 ")

    def send(self, *lines):
        self.socket.sendall("".join(line + "\r\n" for line in lines).encode())

    def until(self, part):
        """The first line from now on that has a part in it."""
        while line := self.stream.readline():
            if line.startswith("PING"):
                self.send("PONG" + line[4:].rstrip())
            if part in line:
                return line.rstrip()
        raise AssertionError(f"the connection ended before {part!r}")

    def join_beside(self, nick):
        """Joins, and waits until somebody else is there too."""
        self.send("JOIN #harbour")
        deadline = time.monotonic() + PATIENCE
        while nick not in self.names():
            assert time.monotonic() < deadline, f"{nick} does not come"
            time.sleep(0.1)

    def names(self):
        self.send("NAMES #harbour")
        line = self.until(" 353 ")
        self.until(" 366 ")
        return line.rpartition(":")[2].replace("@", "").split()

    def close(self):
        self.stream.close()
        self.socket.close()


@pytest.fixture
def elsewhere(folder):
    network = Elsewhere(folder, free_port())
    yield network
    network.stop()


@pytest.fixture
def game(data, folder, elsewhere):
    settings = folder / "mudd.yaml"
    settings.write_text(BRIDGE.format(port=elsewhere.port))
    with Server(data, world=STARTER_WORLD, options=["--config", str(settings)]) as server:
        server.make_accounts(["Ada"], PASSWORD, role="admin")
        yield server


@pytest.fixture
def zed(elsewhere, game):
    guest = Guest(elsewhere.port, "zed")
    guest.join_beside("Harbour")
    yield guest
    guest.close()


def enter(server, name="Ada"):
    player = TelnetClient(server.port)
    player.log_in(name, PASSWORD)
    return player


def test_both_ways(game, zed):
    with enter(game) as ada:
        ada.line("chat good evening")
        assert zed.until(" PRIVMSG #harbour").endswith(":<Ada> good evening")
        ada.line("chat :waves")
        assert zed.until(" PRIVMSG #harbour").endswith(":* Ada waves.")
        zed.send("PRIVMSG #harbour :hello \x02all\x02")
        ada.read_until(r"\[chat\] zed@there: hello all")
        assert "zed@there" in ada.do("history chat")
    [bridge] = game.admin("status", json_answer=True).answer["bridges"]
    assert (bridge["network"], bridge["nick"], bridge["channels"]) == ("there", "Harbour", ["chat=#harbour"])
    assert (bridge["outward"], bridge["inward"], bridge["echoes"]) == (2, 1, 0)
    assert "bridge to there, chat=#harbour: connected as Harbour; 2 lines there, 1 here" in game.admin("status").stdout


def test_moderation(game, zed):
    with enter(game) as ada:
        ada.do("channel chat ban zed@there 10m")
        zed.send("PRIVMSG #harbour :may I?")
        other = Guest(zed.socket.getpeername()[1], "yan")
        other.join_beside("Harbour")
        other.send("PRIVMSG #harbour :I may")
        seen = ada.read_until(r"yan@there: I may")
        other.close()
        assert "may I?" not in seen


def test_the_network_goes_away_and_comes_back(game, zed, elsewhere):
    zed.close()
    elsewhere.stop()
    with enter(game) as ada:
        ada.do("chat is anybody there")
        elsewhere.start()
        guest = Guest(elsewhere.port, "zed")
        guest.join_beside("Harbour")
        ada.line("chat hello again")
        assert guest.until(" PRIVMSG #harbour").endswith(":<Ada> hello again")
        guest.close()


def test_a_bridge_belongs_to_a_game():
    answer = run_mudd("ircbridge", "--server", "tcp:127.0.0.1:1", "--network", "x", "--channel", "chat=#x")
    assert answer.returncode != 0 and "section services" in answer.stderr
