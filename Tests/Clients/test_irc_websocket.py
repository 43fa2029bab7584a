"""IRC over WebSockets: RFC 6455 and the IRCv3 specification, frame by frame, and with a library that others use."""

import asyncio
import ssl
import subprocess

import pytest
from harness.conformance import PlainServer, clause
from harness.irc import IRCClient
from harness.server import ANY_PORT
from harness.telnet import Disconnected
from harness.websocket import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, WebSocketClient, frame

WEBSOCKET = "IRCv3 WebSocket"
RFC6455 = "RFC 6455"
TEXT_PROTOCOL, BINARY_PROTOCOL = "text.ircv3.net", "binary.ircv3.net"


class WebServer(PlainServer):
    """A `mudd irc` with a second port, for pages."""

    def __init__(self, door=ANY_PORT, *options):
        super().__init__("--web-socket", door, *options)
        self.web_port = self.ports[1]


@pytest.fixture(scope="module")
def server():
    server = WebServer()
    yield server
    assert server.process.poll() is None, "the server has ended"
    server.close()


@pytest.fixture
def web(server):
    with WebSocketClient(server.web_port) as client:
        yield client


@pytest.fixture
def opened(web):
    status, _ = web.ask(f"Sec-WebSocket-Protocol: {TEXT_PROTOCOL}")
    assert status == 101
    return web


def register(client, nick, kind=TEXT):
    client.send(frame(kind, f"NICK {nick}".encode()) + frame(kind, b"USER u 0 * :A Name"))
    return until(client, " 001 ", kind)


def until(client, text, kind=TEXT):
    while True:
        opcode, payload = client.frame()
        assert opcode == kind
        assert payload and not {10, 13} & set(payload)
        if text.encode() in payload:
            return payload.decode()


# The opening


@clause(RFC6455, "4.2.2", "The accept value is made of the key, and a subprotocol is chosen of those offered.")
def test_opening(web):
    web.key = "dGhlIHNhbXBsZSBub25jZQ=="
    status, fields = web.ask(f"Sec-WebSocket-Protocol: x, {BINARY_PROTOCOL}, {TEXT_PROTOCOL}")
    assert status == 101
    assert fields["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    assert fields["upgrade"].lower() == "websocket" and fields["connection"].lower() == "upgrade"
    assert fields["sec-websocket-protocol"] == BINARY_PROTOCOL
    assert "sec-websocket-extensions" not in fields


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"without": ["Upgrade"]}, 426), ({"without": ["Sec-WebSocket-Version"]}, 426), ({"without": ["Connection"]}, 426),
        ({"without": ["Sec-WebSocket-Key"]}, 400), ({"without": ["Host"]}, 400), ({"first": "POST / HTTP/1.1"}, 405),
        ({"first": "GET / HTTP/3.0"}, 505), ({"first": "GET  / HTTP/1.1"}, 400)],
    ids=str)
@clause(RFC6455, "4.2.1", "A request that is not one to open is refused, and the connection closed.")
def test_refusals(web, change, status):
    assert web.ask(**change)[0] == status
    assert web.is_ended()


@clause("RFC 9112", "2.2, 5.1, 6.3", "A head that two readers could take for different ones is refused.")
@pytest.mark.parametrize(
    "field", ["Host: b", "X : y", " folded", "Content-Length: 1\r\nTransfer-Encoding: chunked", "Content-Length: 4, 5", "X: \0"])
def test_smuggling(web, field):
    assert web.ask(field)[0] == 400
    assert web.is_ended()


@clause("RFC 9112", "3, 5", "A head that does not end is refused.")
def test_endless_head(web):
    web.send(b"GET / HTTP/1.1\r\n")
    with pytest.raises(Disconnected):
        for _ in range(100):
            web.send(b"X: " + b"y" * 1000 + b"\r\n")
            web.socket.settimeout(0.01)
            try:
                web._more()
            except TimeoutError:
                continue
        raise AssertionError("100,000 octets were taken")
    assert web._pending.startswith(b"HTTP/1.1 431 ") or not web._pending


@clause(WEBSOCKET, "Features", "IRC itself on the port for pages is answered by HTTP, and closed.")
def test_irc_on_the_wrong_port(web):
    web.send(b"NICK a\r\nUSER a 0 * :b\r\n\r\n")
    assert web.answer()[0] == 400
    assert web.is_ended()


# Messages


@clause(WEBSOCKET, "Features", "Each message is one line without its end; text and binary as was agreed on.")
@pytest.mark.parametrize(("name", "kind"), [(TEXT_PROTOCOL, TEXT), (BINARY_PROTOCOL, BINARY)])
def test_messages(server, web, name, kind):
    assert web.ask(f"Sec-WebSocket-Protocol: {name}")[0] == 101
    nick = f"web{kind}"
    assert register(web, nick, kind).startswith(":irc.example 001 ")
    with IRCClient(server.port) as other:
        other.send(f"NICK other{kind}", "USER o 0 * :Other")
        other.read(" 001 ")
        other.send(f"PRIVMSG {nick} :caf\u00e9")
        assert until(web, " PRIVMSG ", kind).endswith("caf\u00e9")
        web.send(frame(kind, f"PRIVMSG other{kind} :na\u00efve".encode()))
        assert other.read(" PRIVMSG ").words[-1] == "na\u00efve"


@clause(WEBSOCKET, "Features", "Without a subprotocol the opening goes on, and messages are text.")
def test_no_subprotocol(web):
    status, fields = web.ask()
    assert status == 101 and "sec-websocket-protocol" not in fields
    register(web, "nosub")
    status, fields = WebSocketClient(web.socket.getpeername()[1]).ask("Sec-WebSocket-Protocol: chat")
    assert status == 101 and "sec-websocket-protocol" not in fields


@clause(WEBSOCKET, "Features", "A message has room for 510 octets besides its tags; a longer one is answered by 417.")
def test_long_lines(opened):
    register(opened, "longer")
    opened.send(frame(TEXT, b"PING " + b"x" * 505))
    assert len(until(opened, "PONG")) <= 510
    opened.send(frame(TEXT, b"PING " + b"x" * 506))
    until(opened, " 417 ")
    opened.send(frame(TEXT, b"PING :still here"))
    until(opened, "still here")


@clause(RFC6455, "5.4", "A message in fragments is one, also with a Ping between them.")
def test_fragments(opened):
    register(opened, "pieces")
    opened.send(
        frame(TEXT, b"PI", final=False) + frame(PING, b"?") + frame(CONTINUATION, b"NG wh", final=False)
        + frame(CONTINUATION, b"ole"))
    while (answer := opened.frame())[0] == TEXT:
        pass
    assert answer == (PONG, b"?")
    until(opened, "whole")


@clause(RFC6455, "5.2", "What comes octet by octet is the same.")
def test_octet_by_octet(opened):
    register(opened, "slowly")
    for octet in frame(TEXT, b"PING slow"):
        opened.send(bytes([octet]))
    until(opened, "slow")


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (frame(TEXT, b"PING a", masked=False), 1002), (frame(3, b""), 1002), (frame(TEXT, b"PING a", reserved=4), 1002),
        (frame(CONTINUATION, b"a"), 1002), (frame(PING, b"a" * 126), 1002), (frame(PING, b"", final=False), 1002),
        (frame(TEXT, b"a", final=False) + frame(TEXT, b"a"), 1002), (frame(CLOSE, b"\x03"), 1002),
        (frame(CLOSE, b"\x03\xed"), 1002), (frame(TEXT, b"PING \xff"), 1007), (frame(TEXT, b"a" * 70_000), 1009),
        (b"\x82\xff" + b"\x7f" + b"\xff" * 7 + bytes(4), 1009)],
    ids=range(12))
@clause(RFC6455, "5, 7.4", "A frame that breaks the rules is answered with its code, and the connection closed.")
def test_broken_frames(server, octets, code):
    with WebSocketClient(server.web_port) as client:
        assert client.ask()[0] == 101
        client.send(octets)
        assert client.close_code() == code
        assert client.is_ended()


@clause(RFC6455, "5.5.1", "A Close is answered with its code, and QUIT closes with a Close.")
def test_close(server, opened):
    opened.send(frame(CLOSE, b"\x03\xe9bye"))
    assert opened.frame() == (CLOSE, b"\x03\xe9")
    assert opened.is_ended()
    with WebSocketClient(server.web_port) as other:
        other.ask()
        register(other, "quitter")
        other.send(frame(TEXT, b"QUIT :gone"))
        assert other.close_code() == 1000
        other.send(frame(CLOSE, b"\x03\xe8"))
        assert other.is_ended()


# Others' library


@clause(WEBSOCKET, "Client example", "A library that others use opens, talks and closes.")
def test_library(server):
    websockets = pytest.importorskip("websockets")

    async def talk():
        async with websockets.connect(
            f"ws://127.0.0.1:{server.web_port}/irc", subprotocols=[TEXT_PROTOCOL, BINARY_PROTOCOL],
            origin="https://chat.example", compression="deflate"
        ) as socket:
            assert socket.subprotocol == TEXT_PROTOCOL
            await socket.send("NICK library")
            await socket.send("USER u 0 * :A Name")
            while " 376 " not in await asyncio.wait_for(socket.recv(), 10):
                pass
            await (await socket.ping(b"are you there"))
            await socket.send("PRIVMSG library :" + "\U0001f600" * 20)
            line = await asyncio.wait_for(socket.recv(), 10)
            assert line.endswith("\U0001f600" * 20)
            await socket.send("QUIT")
            with pytest.raises(websockets.exceptions.ConnectionClosed) as end:
                while True:
                    await asyncio.wait_for(socket.recv(), 10)
            assert end.value.rcvd.code == 1000

    asyncio.run(talk())


@clause(RFC6455, "3", "The same goes over TLS, and only pages of the origins that are named get in.")
def test_tls_and_origins(tmp_path):
    websockets = pytest.importorskip("websockets")
    certificate = tmp_path / "certificate.pem"
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    subprocess.run(
        [*words.split(), "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", certificate, "-out", tmp_path / "only.pem"],
        check=True, capture_output=True)
    certificate.write_bytes((tmp_path / "only.pem").read_bytes() + certificate.read_bytes())
    context = ssl.create_default_context(cafile=tmp_path / "only.pem")

    async def talk(port):
        address = f"wss://127.0.0.1:{port}/"
        async with websockets.connect(
            address, subprotocols=[TEXT_PROTOCOL], origin="https://chat.example", ssl=context
        ) as socket:
            await socket.send("NICK secure")
            await socket.send("USER u 0 * :A Name")
            while " 376 " not in await asyncio.wait_for(socket.recv(), 10):
                pass
        with pytest.raises(websockets.exceptions.InvalidStatus) as refusal:
            await websockets.connect(address, origin="https://evil.example", ssl=context)
        assert refusal.value.response.status_code == 403

    server = WebServer(f"tls:0:interface=127.0.0.1:cert={certificate}", "--origin", "https://chat.example")
    try:
        asyncio.run(talk(server.web_port))
    finally:
        server.close()
