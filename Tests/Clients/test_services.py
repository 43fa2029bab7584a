"""The services that come with mudd beside the game, and sockets that a supervisor hands over."""

import fcntl
import os
import re
import select
import signal
import socket
import ssl
import subprocess
import urllib.error
import urllib.request

import pytest
from conftest import PASSWORD
from harness.server import ANY_PORT, MUDD, TEST_WORLD, Server, run_mudd

USAGE, UNAVAILABLE = 64, 69
PATIENCE = 30


class Service:
    """One `mudd NAME …` that says where it listens."""

    def __init__(self, *words):
        self.process = subprocess.Popen(
            [str(MUDD), *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def __enter__(self):
        self.line = self.process.stdout.readline().decode()
        # Keeps the log before the announcement, if there is any.
        while self.line.startswith("20"):
            self.line = self.process.stdout.readline().decode()
        assert "listens on" in self.line, self.process.stderr.read().decode()
        self.ports = [int(port) for port in re.findall(r":(\d\d+)\b", self.line)]
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def stop(self):
        self.process.terminate()
        rest = self.process.communicate(timeout=PATIENCE)[0].decode()
        return self.process.returncode, rest


def converse(connection, octets):
    """Sends everything while reading, then ends, and returns all that came."""
    answer, sent = bytearray(), 0
    connection.setblocking(False)
    while True:
        readable, writable, _ = select.select([connection], [connection] if sent < len(octets) else [], [], PATIENCE)
        assert readable or writable, "nothing happens"
        if writable:
            sent += connection.send(octets[sent : sent + 65536])
            if sent == len(octets):
                connection.shutdown(socket.SHUT_WR)
        if readable:
            piece = connection.recv(65536)
            if not piece:
                return bytes(answer)
            answer += piece


def certificate(folder, name):
    """A new certificate with its key in one file."""
    path = folder / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", folder / "key", "-out",
         folder / "cert"],
        check=True, capture_output=True)
    new = folder / "new.pem"
    new.write_text((folder / "cert").read_text() + (folder / "key").read_text())
    new.rename(path)
    return path


def test_echo():
    octets = os.urandom(3_000_000)
    with Service("echo", "--listen", ANY_PORT, "--listen", "tcp6:0:interface=\\:\\:1") as echo:
        first, second = echo.ports
        assert converse(socket.create_connection(("127.0.0.1", first)), octets) == octets
        assert converse(socket.create_connection(("::1", second)), b"hello") == b"hello"
        status, rest = echo.stop()
        assert status == 0 and "stopped" in rest


def test_port_forward_in_front_of_the_game(server, connect):
    with Service("portforward", "--listen", ANY_PORT, "--to", f"tcp:127.0.0.1:{server.port}") as forward:
        client = connect(forward.ports[0])
        client.create("Ada", PASSWORD)
        assert "Great Hall" in client.do("look")
        client.close()


def test_port_forward_keeps_half_closed_connections_whole():
    octets = os.urandom(2_000_000)
    with Service("echo", "--listen", ANY_PORT) as echo:
        with Service("portforward", "--listen", ANY_PORT, "--to", f"tcp:127.0.0.1:{echo.ports[0]}") as forward:
            assert converse(socket.create_connection(("127.0.0.1", forward.ports[0])), octets) == octets


def test_port_forward_to_nobody():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    with Service("portforward", "--listen", ANY_PORT, "--to", f"tcp:127.0.0.1:{port}") as forward:
        with socket.create_connection(("127.0.0.1", forward.ports[0]), timeout=PATIENCE) as connection:
            assert connection.recv(1) == b""
        status, rest = forward.stop()
        assert status == 0 and "no connection" in rest


def test_port_forward_waits_for_the_handshake(folder):
    path = certificate(folder, "mud.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(folder / "cert")
    with socket.create_server(("127.0.0.1", 0)) as target:
        target.settimeout(PATIENCE)
        words = ["--listen", f"tls:0:cert={path}:interface=127.0.0.1", "--to", f"tcp:127.0.0.1:{target.getsockname()[1]}"]
        with Service("portforward", *words) as forward:
            here = ("127.0.0.1", forward.ports[0])
            with socket.create_connection(here, timeout=PATIENCE) as silent, socket.create_connection(here, PATIENCE) as other:
                silent.sendall(b"\x16\x03")
                with context.wrap_socket(other, server_hostname="mud.example") as secure:
                    secure.sendall(b"hello")
                    # Had the target heard of the silent one, that would be the first in the queue.
                    served, _ = target.accept()
                    with served:
                        served.settimeout(PATIENCE)
                        assert served.recv(5) == b"hello"
                        served.sendall(b"world")
                        assert secure.recv(5) == b"world"
                target.setblocking(False)
                with pytest.raises(BlockingIOError):
                    target.accept()


def test_a_crowd_is_refused():
    with Service("echo", "--listen", ANY_PORT, "--max-per-peer", "2", "--max-connections", "3") as echo:
        guests = []

        def is_served(source):
            guest = socket.create_connection(("127.0.0.1", echo.ports[0]), PATIENCE, source_address=(source, 0))
            guests.append(guest)
            try:
                guest.sendall(b"x")
                return guest.recv(1) == b"x"
            except ConnectionError:
                return False

        sources = ["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3"]
        assert [is_served(source) for source in sources] == [True, True, False, True, False]
        for guest in guests:
            guest.close()


def test_a_proxy_speaks_before_tls_begins(folder):
    path = certificate(folder, "mud.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(folder / "cert")
    with Service("echo", "--listen", f"tls:cert={path}:haproxy:tcp:0:interface=127.0.0.1") as echo:
        with socket.create_connection(("127.0.0.1", echo.ports[0]), timeout=PATIENCE) as connection:
            connection.sendall(b"PROXY TCP4 192.0.2.7 192.0.2.1 5000 4000\r\n")
            with context.wrap_socket(connection, server_hostname="mud.example") as secure:
                secure.sendall(b"hello")
                assert secure.recv(5) == b"hello"
        # Without the header there is no handshake.
        with socket.create_connection(("127.0.0.1", echo.ports[0]), timeout=PATIENCE) as connection:
            with pytest.raises(OSError):
                context.wrap_socket(connection, server_hostname="mud.example")


def test_certificates_are_read_anew(folder):
    path = certificate(folder, "old.example")

    def name(port):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(folder / "cert")
        with socket.create_connection(("127.0.0.1", port)) as connection:
            with context.wrap_socket(connection, server_hostname="new.example") as secure:
                secure.sendall(b"x")
                assert secure.recv(1) == b"x"
                return secure.getpeercert()["subject"][0][0][1]

    with Service("echo", "--listen", f"tls:0:cert={path}:interface=127.0.0.1") as echo:
        certificate(folder, "new.example")
        with pytest.raises(ssl.SSLError):
            name(echo.ports[0])
        echo.process.send_signal(signal.SIGHUP)
        while "certificate loaded" not in (line := echo.process.stdout.readline().decode()):
            assert line
        assert name(echo.ports[0]) == "new.example"
        # What is no certificate changes nothing.
        path.write_text("nonsense")
        echo.process.send_signal(signal.SIGHUP)
        while "stays as it was" not in (line := echo.process.stdout.readline().decode()):
            assert line
        assert name(echo.ports[0]) == "new.example"


@pytest.mark.parametrize(
    ("words", "status", "complaint"),
    [
        (["echo", "--listen", "udp:7"], USAGE, "udp"),
        (["echo", "--listen", "tcp:99999"], USAGE, "99999"),
        (["echo", "--max-connections", "0"], USAGE, "--max-connections"),
        (["echo", "--max-per-peer", "0"], USAGE, "--max-per-peer"),
        (["portforward", "--listen", "tcp:0"], USAGE, "--to"),
        (["nonsense"], USAGE, "nonsense"),
    ],
)
def test_wrong_command_lines(words, status, complaint):
    result = run_mudd(*words)
    assert result.returncode == status and complaint in result.stderr


def test_busy_port_of_a_service():
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = run_mudd("echo", "--listen", f"tcp:{other.getsockname()[1]}:interface=127.0.0.1")
    assert result.returncode == UNAVAILABLE and "in use" in result.stderr


def test_services_are_listed_and_completed():
    listing = run_mudd("--help").stdout
    assert "echo" in listing and "portforward" in listing
    assert "portforward" in run_mudd("--generate-completion-script", "bash").stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["stop", ""], {"serve", "run", "echo", "portforward"}),
        (["start", ""], {"serve", "run", "echo", "portforward"}),
        (["serve", "--reactor", ""], {"auto", "epoll", "poll", "select"}),
        (["serve", "--log-format", ""], {"text", "json", "logfmt"}),
        (["serve", "--data", ""], {"folder"}),
        (["status", "--pidfile", ""], {"file", "folder"}),
        (["run", ""], {"file", "folder"}),
    ],
)
def test_the_shell_completes(folder, words, offered):
    (folder / "folder").mkdir()
    (folder / "file").write_text("")
    (folder / "script").write_text(run_mudd("--generate-completion-script", "bash").stdout)
    text = " ".join(["mudd", *words])
    script = (
        f"source ./script; rm script; COMP_WORDS=(mudd {' '.join(word or chr(39) * 2 for word in words)}); "
        f"COMP_CWORD={len(words)}; COMP_LINE='{text}'; COMP_POINT={len(text)}; "
        f"_mudd mudd '' {words[-2]}; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
    result = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
    assert offered <= set(result.stdout.split()), result


def test_a_service_logs_where_it_listens(folder):
    log = folder / "log"
    with Service("echo", "--listen", ANY_PORT, "--logfile", log) as echo:
        assert re.search(
            rf"info +mudd +listening door=echo-1 host=127\.0\.0\.1 port={echo.ports[0]}$", log.read_text(), re.M)


def test_a_supervisor_hands_the_door_over(data, connect):
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_server(("127.0.0.1", 0)) as spare:
        port = door.getsockname()[1]
        server = Server(data, telnet="systemd:name=telnet")
        words = " ".join(f"'{word}'" for word in server.arguments)
        # Who connects before the start waits in the kernel's queue.
        early = connect(port)
        # Out of the way of the numbers that they get.
        given = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 5) for each in (spare, door)]
        script = (
            f"exec 3<&{given[0]} 4<&{given[1]}; "
            f"LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=spare:telnet exec {words}")
        server.process = subprocess.Popen(
            ["bash", "-c", script], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            pass_fds=given)
        for descriptor in given:
            os.close(descriptor)
        try:
            early.create("Ada", PASSWORD)
            assert server.admin("status", json_answer=True).answer["doors"] == [
                {"name": "telnet", "host": "127.0.0.1", "port": port}]
            assert server.stop() == 0
        finally:
            server.end()


def test_sockets_that_nobody_handed_over_are_missed(data):
    result = run_mudd("serve", "--data", data, "--world", TEST_WORLD, "--telnet", "systemd:name=telnet")
    assert result.returncode == USAGE and "telnet" in result.stderr and not data.exists()
    # A look at the configuration from a shell does not miss them.
    result = run_mudd("serve", "--data", data, "--world", TEST_WORLD, "--telnet", "systemd:name=telnet", "--check")
    assert result.returncode == 0, result.stderr


def fetch(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers["Content-Type"], refusal.read().decode()


def test_monitoring_over_http(data, connect):
    with Server(data, options=["--set", "doors.metrics=tcp:0:interface=127.0.0.1"]) as server:
        port = int(re.search(r"metrics\s+\S+:(\d+)\s", server.table)[1])
        assert f"  curl http://127.0.0.1:{port}/metrics\n" in server.table
        assert f"  telnet 127.0.0.1 {server.port}\n" in server.table
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line("guest")
        client.read_prompt("> ")
        status, kind, page = fetch(port, "/metrics")
        assert status == 200 and kind.startswith("text/plain; version=0.0.4")
        samples = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
        assert samples['mudd_door_players{door="telnet"}'] == "1"
        assert int(samples['mudd_door_received_bytes_total{door="telnet"}']) >= len("guest\r\n")
        assert int(samples['mudd_door_sent_bytes_total{door="telnet"}']) > 100
        assert int(samples["mudd_turn_seconds_count"]) >= 1 and samples["mudd_turns_waiting"] == "0"
        assert int(samples["process_resident_memory_bytes"]) > 1 << 20
        assert float(samples["mudd_loop_pass_longest_seconds"]) > 0
        for line in page.splitlines():
            assert re.fullmatch(r'# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [-+.e\dInf]+', line), line
        assert fetch(port, "/health")[:1] == (200,) and fetch(port, "/ready")[2] == "ready\n"
        assert fetch(port, "/world.sqlite")[0] == 404
        status, _, front = fetch(port, "/")
        assert status == 200 and f"  telnet 127.0.0.1 {server.port}\n" in front and "claim" not in front
        assert server.admin("health").returncode == 0
        assert "mudd_turns_total" in server.admin("metrics").stdout
        assert {"name": "metrics", "host": "127.0.0.1", "port": port} in server.admin(
            "status", json_answer=True).answer["doors"]


def test_a_secure_door_says_how_to_come_in(data, folder):
    path = certificate(folder, "mud.example")
    with Server(data, telnet=f"tls:0:cert={path}") as server:
        command = f"openssl s_client -quiet -connect 127.0.0.1:{server.port}"
        assert f"  {command}\n" in server.table and f" 0.0.0.0:{server.port} " in server.table
        assert "not encrypted" not in server.table
        result = subprocess.run(command.split(), input=b"guest\nquit\n", capture_output=True, timeout=PATIENCE)
        assert b"Goodbye" in result.stdout, result
        # The log says why somebody did not come in.
        with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
            connection.sendall(b"Hello, is there a game?\r\n")
            try:
                while connection.recv(4096):
                    pass
            except ConnectionError:
                pass
        assert server.stop() == 0
    log = (data / "mudd.log").read_text()
    assert re.search(r"disconnected .*reason=\W*TLS: the handshake failed", log), log


def test_a_socket_says_how_to_come_in(data, folder):
    door, pages = folder / "door.sock", folder / "pages.sock"
    with Server(data, telnet=f"unix:{door}", options=["--set", f"doors.metrics=unix:{pages}"]) as server:
        assert re.search(rf"  telnet +{door} +socat - UNIX-CONNECT:{door}\n", server.table), server.table
        assert "Others on the network" not in server.table
        assert f"  telnet  {door}\n" in server.admin("status").stdout
        command = f"curl --unix-socket {pages} http://localhost/metrics"
        assert f"  {command}\n" in server.table
        page = subprocess.run(command.split(), capture_output=True, text=True, timeout=PATIENCE).stdout
        # Nobody has come yet, and alarms have something to look at.
        assert 'mudd_door_connections{door="telnet"} 0\n' in page
        assert 'mudd_door_refused_total{door="telnet"} 0\n' in page


@pytest.mark.parametrize("more", [[], ["--daemon"]])
@pytest.mark.parametrize("words", [["--telnet", "stdio:"], ["--set", "doors.metrics=stdio:"]])
def test_standard_input_is_no_door_of_the_game(data, words, more):
    result = run_mudd("serve", "--data", data, "--world", TEST_WORLD, *words, *more)
    assert result.returncode == USAGE and "standard input and output can be no door" in result.stderr
