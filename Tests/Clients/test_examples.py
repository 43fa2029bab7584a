"""The examples of the reactor framework, used as their readers would."""

import http.server
import re
import signal
import socket
import ssl
import subprocess
import threading

import pytest

from harness.server import MUDD

EXAMPLES = MUDD.parent / "reactor-examples"


@pytest.fixture
def example():
    """Starts an example that listens; gives its port."""
    running = []

    def start(*words):
        process = subprocess.Popen([EXAMPLES, *words], stdout=subprocess.PIPE, text=True)
        running.append(process)
        return int(re.search(r"listening on .*:(\d+)", process.stdout.readline())[1])

    yield start
    for process in running:
        process.terminate()
        # By the signal itself, after an orderly end: a parent sees why.
        assert process.wait(10) == -signal.SIGTERM
        process.stdout.close()


@pytest.fixture
def kept():
    """Connections that are open until every example has ended; to be asked for before `example`."""
    connections = []
    yield connections
    for connection in connections:
        connection.close()


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def exchange(connection, octets):
    connection.sendall(octets)
    answer = b""
    while len(answer) < len(octets):
        answer += connection.recv(65536)
    return answer


def test_echo(example):
    with connect(example("echo", "tcp:0:interface=127.0.0.1")) as connection:
        assert exchange(connection, b"hello" * 10_000) == b"hello" * 10_000


def test_chat_is_stopped_while_people_talk(kept, example):
    port = example("chat", "tcp:0:interface=127.0.0.1")
    kept += [connect(port), connect(port)]
    assert kept[0].recv(100) == b"guest 2 comes in\r\n"


def test_chat(example):
    port = example("chat", "tcp:0:interface=127.0.0.1")
    with connect(port) as ada, connect(port) as ben:
        lines = ada.makefile("rb")
        assert lines.readline() == b"guest 2 comes in\r\n"
        ben.sendall(b"hello\r\n")
        assert lines.readline() == b"guest 2: hello\r\n"
        # What comes after the end was asked for is not heard.
        ben.sendall(b"x" * 600 + b"\r\nquit\r\nafter quit\r\n")
        assert ben.makefile("rb").read().endswith(b"That is too long.\r\n")
        assert lines.readline() == b"guest 2 is gone\r\n"


def test_proxy(example):
    target = example("echo", "tcp:0:interface=127.0.0.1")
    with connect(example("proxy", "tcp:0:interface=127.0.0.1", f"tcp:localhost:{target}")) as connection:
        assert exchange(connection, b"hello" * 10_000) == b"hello" * 10_000


def test_proxy_passes_ends_on(example):
    with socket.create_server(("127.0.0.1", 0)) as target:
        target.settimeout(20)
        port = example("proxy", "tcp:0:interface=127.0.0.1", f"tcp:localhost:{target.getsockname()[1]}")
        for ending in ("close", "half"):
            client = connect(port)
            far, _ = target.accept()
            # Less than the time after which the framework would give up.
            far.settimeout(20)
            client.sendall(b"question")
            assert far.recv(100) == b"question"
            if ending == "close":
                client.close()
                assert far.recv(100) == b""
            else:
                client.shutdown(socket.SHUT_WR)
                assert far.recv(100) == b""
                far.sendall(b"answer")
                assert client.recv(100) == b"answer"
            far.close()
            client.close()


def test_udp(example):
    port = example("udp", "0")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.settimeout(20)
        datagrams.sendto(b"hello", ("127.0.0.1", port))
        assert datagrams.recvfrom(100) == (b"hello", ("127.0.0.1", port))


def test_fetch():
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"a page")

        def log_message(self, *words):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        words = [EXAMPLES, "fetch", f"tcp:localhost:{server.server_port}", "/"]
        result = subprocess.run(words, capture_output=True, text=True, timeout=60)
        server.shutdown()
    assert result.returncode == 0
    assert result.stdout.endswith("a page\n")


def test_fetch_gives_up_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        words = [EXAMPLES, "fetch", f"tcp:127.0.0.1:{silent.getsockname()[1]}", "/", "1"]
        result = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1


def test_tls(example, tmp_path):
    certificate = tmp_path / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", certificate, "-out",
         tmp_path / "cert.pem"], check=True, capture_output=True)
    certificate.write_text(certificate.read_text() + (tmp_path / "cert.pem").read_text())
    port = example("tls", f"tls:0:cert={certificate}:interface=127.0.0.1")
    context = ssl.create_default_context(cafile=tmp_path / "cert.pem")
    with connect(port) as plain, context.wrap_socket(plain, server_hostname="localhost") as connection:
        assert connection.version() == "TLSv1.3"
        assert exchange(connection, b"hello" * 10_000) == b"hello" * 10_000


def read_until(connection, ending):
    received = b""
    while not received.endswith(ending):
        piece = connection.recv(65536)
        assert piece, received
        received += piece
    return received


def call(port, *words):
    result = subprocess.run(
        [EXAMPLES, "call", f"tcp:127.0.0.1:{port}", *words], capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def test_parlour_and_call(example):
    port = example("parlour", "tcp:0:interface=127.0.0.1", "sesame")
    with connect(port) as ben:
        # A peer that agrees to nothing: prompts end in IAC GA, and IAC WILL ECHO goes before the hidden one.
        opening = read_until(ben, b"Name: \xff\xf9")
        assert b"\xff\xfb\xc9" in opening and b"\xff\xfb\x56" in opening
        ben.sendall(b"ben\r\n")
        assert read_until(ben, b"Password: \xff\xf9") == b"\xff\xfb\x01Password: \xff\xf9"
        ben.sendall(b"\xff\xfd\x01sesame\r\n")
        assert read_until(ben, b"ben comes in.\r\n") == b"\xff\xfc\x01\r\nben comes in.\r\n"
        # Our own client agrees to compression, to messages and to the end of records.
        assert call(port, "ada", "sesame", "hello", "quit") == [
            "Name: ", "Password: (hidden)", "", "ada comes in.", "GMCP Parlour.Guests 2",
            f"disconnected from 127.0.0.1:{port}"]
        heard = read_until(ben, b"ada is gone.\r\n")
        assert heard == b"ada comes in.\r\nada: hello\r\nada is gone.\r\n"


def test_parlour_sends_away_who_does_not_know_the_password(example):
    port = example("parlour", "tcp:0:interface=127.0.0.1", "sesame")
    assert call(port, "eve", "guess", "hello")[:4] == ["Name: ", "Password: (hidden)", "", "That is not it."]


def test_shell_and_run(example, tmp_path):
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / name], check=True)
    port = example("shell", "tcp:0:interface=127.0.0.1", tmp_path / "host", tmp_path / "user.pub")
    known = tmp_path / "known_hosts"
    words = [EXAMPLES, "run", "127.0.0.1", str(port), "ada", tmp_path / "user", known, "look"]
    known.write_text("")
    result = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert result.returncode != 0 and "status" not in result.stdout, "a host that nobody knows is not trusted"
    known.write_text(f"[127.0.0.1]:{port} " + (tmp_path / "host.pub").read_text())
    result = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "status 0\n"


def test_process():
    words = [EXAMPLES, "process", "sh", "-c", "echo one; echo two >&2; echo three; exit 3"]
    result = subprocess.run(words, capture_output=True, text=True, timeout=60)
    lines = result.stdout.splitlines()
    assert [line for line in lines if line.startswith("1:")] == ["1: one", "1: three"]
    assert "2: two" in lines and lines[-1] == "sh exited with status 3"


def test_process_that_is_not_there():
    result = subprocess.run([EXAMPLES, "process", "no-such-program"], capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert "cannot start no-such-program: execve: No such file or directory" in result.stderr


def test_irc_client():
    """It registers, joins, says its line, prints what it hears, and comes back when the server drops it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        words = ["irc", f"tcp:127.0.0.1:{port}", "Heron", "#mud", "hello there"]
        client = subprocess.Popen([EXAMPLES, *words], stdout=subprocess.PIPE, text=True)
        try:
            for _ in range(2):
                connection, _ = listener.accept()
                connection.settimeout(20)
                with connection, connection.makefile("r", encoding="utf-8", newline="\r\n") as stream:
                    heard = []

                    def say(line):
                        connection.sendall(f"{line}\r\n".encode())

                    while "JOIN #mud" not in heard:
                        heard.append(stream.readline().strip())
                        if heard[-1] == "CAP LS 302":
                            say(":irc.test CAP * LS :server-time")
                        elif heard[-1] == "CAP REQ server-time":
                            say(":irc.test CAP * ACK :server-time")
                        elif heard[-1] == "CAP END":
                            say(":irc.test 001 Heron :Welcome")
                            say(":irc.test 005 Heron CHANTYPES=# :are supported by this server")
                            say(":irc.test 422 Heron :No message of the day")
                    assert "NICK Heron" in heard
                    say(":Heron!h@h JOIN #mud")
                    assert client.stdout.readline() == "Heron is on #mud\n"
                    say(":Ada!a@b PRIVMSG #mud :good evening")
                    assert client.stdout.readline() == "#mud Ada: good evening\n"
                assert client.stdout.readline().startswith("disconnected: ")
        finally:
            client.terminate()
            client.wait(10)
            client.stdout.close()
