"""IRC clause by clause: what a server does that is set otherwise: passwords, TLS, WebSocket, silence, nicks of all scripts."""

import base64
import hashlib
import ssl
import subprocess
import time

import pytest
from harness.conformance import MODERN, Peer, PlainServer, clause, commands, lacks, only
from harness.server import ANY_PORT
from harness.telnet import Disconnected
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

PASSWORD = "correct horse battery"


@pytest.fixture
def run(request):
    """Starts servers with options, and stops them at the end."""
    servers = []

    def start(*options):
        servers.append(PlainServer(*options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def make_certificate(folder, name):
    """A certificate with its key in one file."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key", "-out",
         folder / "cert"], check=True, capture_output=True)
    path = folder / f"{name}.pem"
    path.write_text((folder / "cert").read_text() + (folder / "key").read_text())
    return path


def trusting(certificate, own=None):
    context = ssl.create_default_context(cafile=str(certificate))
    if own:
        context.load_cert_chain(str(own))
    return context


# The password of the server


@clause(MODERN, "PASS message", "A server with a password takes the right one, and the last one sent counts.")
def test_server_password(run, tmp_path):
    (tmp_path / "password").write_text("sesame\n")
    server = run("--password-file", str(tmp_path / "password"))
    with Peer(server.port) as peer:
        peer.send("PASS wrong", "PASS sesame", "NICK a", "USER a 0 * :a")
        peer.numeric(1)


@clause(MODERN, "PASS message", "A wrong or missing password is 464, ERROR, or both, and never 001.")
@pytest.mark.parametrize("first", [[], ["PASS wrong"]])
def test_wrong_server_password(run, tmp_path, first):
    (tmp_path / "password").write_text("sesame\n")
    server = run("--password-file", str(tmp_path / "password"))
    with Peer(server.port) as peer:
        peer.send(*first, "NICK a", "USER a 0 * :a")
        assert peer.read(r" 464 |^ERROR |^:\S+ ERROR ").command in ("464", "ERROR")
        lacks(peer.lines, "001")


# TLS


@clause("IRCv3 sasl", "EXTERNAL", "The TLS certificate that an account was registered with logs in; with another EXTERNAL is not there.")
def test_external(run, tmp_path):
    certificate = make_certificate(tmp_path, "server")
    own, other = make_certificate(tmp_path, "own"), make_certificate(tmp_path, "other")
    server = run("--listen", f"tls:0:interface=127.0.0.1:cert={certificate}:clients=any")
    with Peer(server.ports[1], tls=trusting(certificate, own)) as peer:
        peer.register("owner", sasl=False)
        peer.send(f"REGISTER * * :{PASSWORD}")
        peer.command("REGISTER", "SUCCESS")
        lines = peer.do("WHOIS owner")
        assert only(lines, "671").words[1] == "owner"
        der = ssl.PEM_cert_to_DER_cert(own.read_text().partition("-----BEGIN PRIVATE")[0])
        assert hashlib.sha256(der).hexdigest() in only(lines, "276").words[-1].replace(":", "").lower()
    for certificate_of_client, code in ((own, "900"), (other, "904")):
        with Peer(server.ports[1], tls=trusting(certificate, certificate_of_client)) as peer:
            offered = peer.capabilities()["sasl"].split(",")
            assert ("EXTERNAL" in offered) == (code == "900")
            peer.request("sasl")
            peer.send("AUTHENTICATE EXTERNAL")
            if code == "900":
                peer.command("AUTHENTICATE", "+")
                peer.send("AUTHENTICATE +")
            assert peer.read(r" (900|904) ").command == code


@clause("IRCv3 sts", "Mechanism", "In clear the port is told, by TLS for how long to keep to it.")
def test_sts(run, tmp_path):
    certificate = make_certificate(tmp_path, "server")
    server = run("--listen", f"tls:0:interface=127.0.0.1:cert={certificate}", "--sts-port", "6697")
    with Peer(server.port) as peer:
        assert peer.capabilities()["sts"] == "port=6697"
        peer.send("CAP REQ :sts")
        assert peer.command("CAP").words[1] == "NAK"
    with Peer(server.ports[1], tls=trusting(certificate)) as peer:
        assert "duration=" in peer.capabilities()["sts"] and "port=" not in peer.capabilities()["sts"]


# WebSocket


@clause(
    "IRCv3 websocket", "Subprotocols",
    "text.ircv3.net has each message in a text frame, binary.ircv3.net in a binary one, without CR LF.")
@pytest.mark.parametrize(("protocol", "kind"), [("text.ircv3.net", str), ("binary.ircv3.net", bytes)])
def test_websocket(run, protocol, kind):
    server = run("--web-socket", ANY_PORT)
    with connect(f"ws://127.0.0.1:{server.ports[1]}", subprotocols=[protocol]) as socket:
        assert socket.subprotocol == protocol
        for line in ("NICK ws", "USER ws 0 * :ws"):
            socket.send(line if kind is str else line.encode())
        lines = []
        while not any(" 376 " in line or " 422 " in line for line in lines):
            message = socket.recv(timeout=20)
            assert isinstance(message, kind)
            lines.append(message if kind is str else message.decode())
        assert any(" 001 ws " in line for line in lines)
        assert not any("\r" in line or "\n" in line for line in lines)
        with Peer(server.port) as peer:
            peer.register("tcp", sasl=False)
            peer.send("PRIVMSG ws :grüezi")
            message = socket.recv(timeout=20)
            assert (message if kind is str else message.decode()).endswith("PRIVMSG ws :grüezi")


@clause("RFC 6455", "4.2.2 Origin", "Pages of other origins are turned away.")
def test_websocket_origin(run):
    server = run("--web-socket", ANY_PORT, "--origin", "https://irc.example")
    address = f"ws://127.0.0.1:{server.ports[1]}"
    with connect(address, subprotocols=["text.ircv3.net"], origin="https://irc.example"):
        pass
    with pytest.raises(InvalidStatus):
        connect(address, subprotocols=["text.ircv3.net"], origin="https://evil.example").close()


# Silence


@clause(MODERN, "PING message", "A silent client is asked, and closed when it does not answer; one that answers stays.")
def test_ping_timeout(run):
    server = run("--ping-interval", "1")
    with Peer(server.port) as silent, Peer(server.port) as other, Peer(server.port) as watcher:
        for peer, nick in ((silent, "silent"), (other, "other"), (watcher, "watcher")):
            peer.register(nick, sasl=False)
            peer.join("#a")
        deadline = time.monotonic() + 30
        gone = False
        while not gone and time.monotonic() < deadline:
            # Answers come of themselves when a client reads; this one reads no longer.
            other.pump(0.1)
            gone = watcher.pump(0.1) and any(line.command == "QUIT" for line in watcher.lines)
        line = only(watcher.lines, "QUIT")
        assert line.nick == "silent" and "ing timeout" in line.words[0]
        other.settle()
        with pytest.raises(Disconnected):
            silent.settle()


# Names


@clause(MODERN, "CASEMAPPING parameter", "With rfc1459 the letters []\\\\~ and {}|^ are the same.")
def test_rfc1459(run):
    server = run("--casemapping", "rfc1459")
    with Peer(server.port) as one, Peer(server.port) as two:
        one.register("a[]\\", sasl=False)
        two.register("b", sasl=False)
        assert one.support["CASEMAPPING"] == "rfc1459"
        assert "433" in commands(two.do("NICK A{}|"))
        two.do("PRIVMSG A{}| :x")
        assert only(one.settle(), "PRIVMSG").words[1] == "x"


@clause("Unicode TR 39", "4 Confusable detection", "Of nicks that look alike one is taken.")
def test_confusables(run):
    server = run("--unicode-nicks")
    with Peer(server.port) as one, Peer(server.port) as two, Peer(server.port) as third:
        one.register("paul", sasl=False)
        two.register("другой", sasl=False)
        # The first letters are Cyrillic.
        third.send("NICK раul", "USER x 0 * :x")
        assert third.numeric(433)
        third.send("NICK Ärger")
        third.numeric(1)
        assert "433" in commands(two.do("NICK äRGER"))


@clause("Modern IRC", "Registration", "REGISTER may be off: it is not offered, and refused.")
def test_no_registration(run):
    server = run("--no-registration")
    with Peer(server.port) as peer:
        assert "draft/account-registration" not in peer.capabilities()
        peer.send("CAP END")
        peer.register("a", sasl=False)
        assert not {"REGISTER"} & set(commands(peer.do(f"REGISTER * * :{PASSWORD}")))


@clause("IRCv3 sasl", "PLAIN", "A client's message may be 0 octets; the account it names must be there.")
def test_empty_plain(run):
    server = run()
    with Peer(server.port) as peer:
        peer.request("sasl")
        peer.send("AUTHENTICATE PLAIN")
        peer.command("AUTHENTICATE", "+")
        peer.send("AUTHENTICATE " + base64.b64encode(b"\0\0").decode())
        assert peer.read(r" 90[0-9] ").command == "904"
