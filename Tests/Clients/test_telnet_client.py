"""`mudd telnet`: at a terminal, with a script, and against a server that is not ours."""

import re
import socket
import ssl
import subprocess
import threading

import pytest
from conftest import PASSWORD
from harness.server import COMMAND_LIMIT, MUDD
from harness.telnet import PATIENCE
from harness.terminals import Pseudoterminal


class OurTelnet(Pseudoterminal):
    """`mudd telnet` under a terminal."""

    def __init__(self, port, *options, environment=None):
        super().__init__(str(MUDD), "telnet", *options, "127.0.0.1", str(port), environment=environment)

    def type_secret(self, line):
        assert self.child.waitnoecho(PATIENCE), "mudd telnet still shows what is typed"
        self.type(line)

    def expect_end(self):
        self.expect("The connection is closed")


def pipe(port, script, *options):
    return subprocess.run(
        [str(MUDD), "telnet", *options, "127.0.0.1", str(port)], input=script.encode(), capture_output=True,
        timeout=COMMAND_LIMIT)


def test_a_player_logs_in_and_plays(server):
    client = OurTelnet(server.port)
    try:
        client.expect("Name:")
        client.type("Tessa")
        client.expect("Yes or no:")
        client.type("yes")
        client.expect("New password:")
        client.type_secret(PASSWORD)
        client.expect("The same again:")
        client.type_secret(PASSWORD)
        client.expect("Yes or no")
        client.type("no")
        client.expect("Great Hall")
        client.type("say hello")
        client.expect('You say, "hello')
        client.type("quit")
        client.expect("Goodbye")
        client.expect_end()
        client.child.wait()
        assert client.child.exitstatus == 0
        assert PASSWORD not in client.raw
    finally:
        client.close()


def test_every_password_is_hidden_however_many_there_are(server):
    server.make_accounts(["Tessa"], PASSWORD)
    client = OurTelnet(server.port)
    try:
        client.expect("Name:")
        client.type("Tessa")
        client.expect("Password:")
        client.type_secret(PASSWORD)
        client.expect("Great Hall")
        for _ in range(4):
            client.type("password")
            client.expect("Your present password:")
            client.type_secret("")
            client.expect("stays as it was")
            client.type("say seen")
            client.expect("say seen")
            client.expect('You say, "seen')
        # So that the server's own keyboard may follow a password.
        client.type("set charmode on")
        client.expect("You set")
        client.type("quit")
        client.expect_end()
        client.close()
        client = OurTelnet(server.port)
        client.expect("Name:")
        client.type("Tessa")
        client.expect("Password:")
        client.type_secret(PASSWORD)
        client.expect("Great Hall")
        client.type("ay one\x01s")
        client.expect('You say, "one"')
        assert PASSWORD not in client.raw
    finally:
        client.close()


def test_the_escape_key_talks_to_the_program(server):
    client = OurTelnet(server.port)
    try:
        client.expect("Name:")
        client.type("guest")
        client.expect("Great Hall")
        client.child.send("\x1d")
        client.expect("mudd telnet>")
        client.type("help")
        client.expect("end the connection")
        client.child.send("\x1d")
        client.expect("mudd telnet>")
        client.type("status")
        client.expect("server does .*EOR")
        client.expect("compressed in out")
        client.type("say back again")
        client.expect('You say, "back again')
        client.child.send("\x1d")
        client.expect("mudd telnet>")
        client.type("quit")
        client.expect_end()
    finally:
        client.close()


def test_a_new_size_of_the_terminal_is_told(server):
    client = OurTelnet(server.port, "--trace")
    try:
        client.expect("Name:")
        client.type("guest")
        client.expect("Great Hall")
        client.child.setwinsize(30, 40)
        client.expect("SENT SB NAWS 40 x 30")
        assert "\nSENT SB NAWS 40 x 30" in client.raw, "not behind the prompt"
        client.type("say " + "word " * 30)
        client.expect("word")
        client.type("say done")
        client.expect('You say, "done')
        said = re.search(r"You say, \"word.*?word\.?\"", client.seen(), re.S)[0]
        assert max(map(len, said.splitlines())) <= 40
    finally:
        client.close()


def test_a_script_is_piped_in(server):
    done = pipe(server.port, "guest\nsay from a pipe\nquit\n")
    assert done.returncode == 0
    assert 'You say, "from a pipe' in done.stdout.decode()
    assert not done.stderr


@pytest.mark.parametrize("options, compressed", [([], True), (["--no-compression"], False)])
def test_the_trace_names_the_negotiation_both_ways(server, options, compressed):
    done = pipe(server.port, "guest\nquit\n", "--trace", *options)
    trace = done.stderr.decode().splitlines()
    assert "RCVD WILL EOR" in trace and "SENT DO EOR" in trace
    assert "RCVD DO NAWS" in trace and "SENT WILL NAWS" in trace
    assert ("SENT DO MCCP2" in trace) == compressed
    assert ("RCVD SB MCCP2" in trace) == compressed
    assert "Goodbye" in done.stdout.decode()


def test_a_server_that_is_not_there_is_a_failure():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    done = pipe(port, "")
    assert done.returncode == 69
    assert b"cannot connect" in done.stderr or b"refused" in done.stderr


@pytest.mark.parametrize(
    "words, message",
    [(["--encoding", "klingon"], "known are UTF-8"), (["--roots", "x"], "belongs to --tls")])
def test_wrong_options_are_refused(words, message):
    done = pipe(1, "", *words)
    assert done.returncode == 64
    assert message in done.stderr.decode()


class Foreign:
    """A server of another kind, which says one thing, and keeps what it hears."""

    def __init__(self, said, context=None):
        self.context = context
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.heard = b""
        self.thread = threading.Thread(target=self.serve, args=(said,), daemon=True)
        self.thread.start()

    def serve(self, said):
        connection, _ = self.listener.accept()
        connection.settimeout(PATIENCE)
        if self.context:
            try:
                connection = self.context.wrap_socket(connection, server_side=True)
            except ssl.SSLError:
                return connection.close()
        with connection:
            connection.sendall(said)
            while piece := connection.recv(65536):
                self.heard += piece

    def end(self):
        self.thread.join(PATIENCE)
        self.listener.close()


def test_a_server_in_another_character_set():
    foreign = Foreign("你好\r\n".encode("gbk"))
    done = pipe(foreign.port, "茶\n", "--encoding", "gbk")
    foreign.end()
    assert done.stdout.decode() == "你好\r\n"
    assert foreign.heard.endswith("茶\r\n".encode("gbk"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that vouches for itself, with its key."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    made = subprocess.run(
        [*words.split(), "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "-"], capture_output=True, check=True)
    file.write_bytes(made.stdout)
    return file


def test_an_encrypted_server(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    secure = Foreign(b"safe\r\n", context)
    done = pipe(secure.port, "hello\n", "--tls", "--roots", str(certificate))
    secure.end()
    assert done.stdout == b"safe\r\n"
    assert secure.heard.endswith(b"hello\r\n")
    stranger = Foreign(b"safe\r\n", context)
    done = pipe(stranger.port, "secret\n", "--tls")
    stranger.end()
    assert done.returncode == 69 and b"certificate" in done.stderr
    assert b"secret" not in stranger.heard


def test_keys_are_sent_at_once_when_the_server_echoes():
    foreign = Foreign(bytes([255, 251, 1, 255, 251, 3]) + b"ready\r\n")
    client = OurTelnet(foreign.port)
    try:
        client.expect("ready")
        assert client.child.waitnoecho(PATIENCE)
        client.child.send("ab\x03\r")
        client.child.send("\x1d")
        client.expect("mudd telnet>")
        client.type("quit")
        client.expect_end()
    finally:
        client.close()
    foreign.end()
    assert foreign.heard.endswith(b"ab\x03\r\0")
