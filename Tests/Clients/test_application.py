"""An application described by one file: services alone, and services beside the game."""

import re
import signal
import socket

import pytest
from harness.server import ANY_PORT, Server, run_mudd
from test_services import PATIENCE, Service, converse

USAGE, UNAVAILABLE, CONFIGURATION = 64, 69, 78


@pytest.fixture
def file(folder):
    """A file to describe an application in."""
    return folder / "application.yaml"


def forward(port):
    return f"""
services:
  front:
    kind: portforward
    options:
      listen: {ANY_PORT}
      to: tcp:127.0.0.1:{port}
    after: [mirror]
  mirror:
    kind: echo
    options:
      listen: [tcp:{port}:interface=127.0.0.1, {ANY_PORT}]
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as other:
        return other.getsockname()[1]


def test_services_alone(file):
    port = free_port()
    file.write_text(forward(port))
    assert run_mudd("run", file, "--check").stdout == "The configuration is in order.\n"
    with Service("run", file, "--log-level", "warning") as services:
        assert len(services.ports) == 3
        assert converse(socket.create_connection(("127.0.0.1", services.ports[0])), b"hello") == b"hello"
        assert converse(socket.create_connection(("127.0.0.1", port)), b"there") == b"there"
        assert services.stop()[0] == 0


def test_services_beside_the_game(data, file, connect):
    file.write_text(f"services:\n  echo:\n    options: {{listen: '{ANY_PORT}'}}\n")
    with Server(data, options=["--config", str(file)]) as server:
        port = int(re.search(r"^  Services +127\.0\.0\.1:(\d+)$", server.table, re.M)[1])
        assert converse(socket.create_connection(("127.0.0.1", port)), b"hello") == b"hello"
        connect(server.port).read_prompt("Name: ")
        # What is said of services waits for the next start, and says so.
        file.write_text("services:\n  echo:\n    options: {listen: tcp:0}\n  other: {kind: echo}\n")
        assert server.admin("reload").stdout.splitlines() == [
            f"services.echo.options.listen: {ANY_PORT} \u2192 tcp:0 (at the next start)",
            "services.other: none \u2192 echo (at the next start)",
        ]
        assert server.stop() == 0


def test_one_key_can_be_overridden(file, monkeypatch):
    port = free_port()
    file.write_text(forward(port))
    monkeypatch.setenv("MUDD_SERVICES_FRONT_OPTIONS_TO", "tcp:127.0.0.1:1")
    with Service("run", file, "--set", f"services.mirror.options.listen={ANY_PORT}") as services:
        assert len(services.ports) == 2 and port not in services.ports
        with socket.create_connection(("127.0.0.1", services.ports[0]), timeout=PATIENCE) as connection:
            assert connection.recv(1) == b""
        assert "no connection" in services.stop()[1]
    # One that stands in no file at all.
    file.write_text("")
    with Service("run", file, "--set", "services.mirror.kind=echo", "--set", f"services.mirror.options.listen={ANY_PORT}"):
        pass


WRONG = """\
services:
  mirror: {kind: ehco}
  one:
    kind: portforward
    options:
      lissten: tcp:1
    after: [miror]
  two:
    kind: portforward
    options: {listen: tcp:1}
  three:
    kind: echo
    options:
      listen:
        - tcp:0
        - tcp:99999
  four: {kind: portforward, options: {listen: [tcp:1, tcp:2], to: tcp:localhost:1}}
  five: {kind: echo, after: six}
  six: {kind: echo, after: [five]}
"""


def test_all_that_is_wrong_is_told_with_its_place(file):
    file.write_text(WRONG)
    for words in (["--check"], []):
        result = run_mudd("run", file, *words)
        assert result.returncode == CONFIGURATION
        assert result.stderr.removeprefix("mudd: ").splitlines() == [
            f"{file}:7:12: services.one.after: there is no service “miror”; did you mean mirror?",
            f"{file}:18:29: services.five.after: services wait for each other: five, six",
            f"{file}:2:18: services.mirror.kind: there is no kind of service called “ehco”; did you mean echo?",
            f"{file}:6:16: services.one.options.lissten: portforward has no such option; did you mean listen?",
            f"{file}:8:3: services.two: Missing expected argument '--to <endpoint>'",
            f'{file}:16:11: services.three.options.listen: endpoint "tcp:99999": "99999": a port is a number from 0 to 65535',
            f"{file}:17:47: services.four.options.listen: expected one value, not a list",
        ]


@pytest.mark.parametrize(
    ("words", "status", "complaint"),
    [
        (["--set", "services.mirror.kind=nonsense"], USAGE, "--set services.mirror.kind: services.mirror.kind: there is"),
        (["--set", "services.mirror.knid=echo"], USAGE, "did you mean services.mirror.kind"),
        (["--config", "other.yaml"], USAGE, "the file stands for --config"),
        (["--reactor", "epol"], USAGE, "--reactor"),
    ],
)
def test_wrong_command_lines(file, words, status, complaint):
    file.write_text("services: {mirror: {kind: echo}}\n")
    result = run_mudd("run", file, "--check", *words)
    assert result.returncode == status and complaint in result.stderr, result.stderr


def test_a_file_without_services(file, folder):
    file.write_text("limits: {idle: 1m}\n")
    result = run_mudd("run", file)
    assert result.returncode == CONFIGURATION and "there are no services in it" in result.stderr
    assert run_mudd("run").returncode == USAGE
    assert run_mudd("run", folder / "none.yaml").returncode == CONFIGURATION


def test_the_game_checks_the_services_too(data, file):
    file.write_text("services: {mirror: {kind: ehco}}\n")
    for words in (["--check"], []):
        result = run_mudd("serve", "--data", data, "--config", file, "--telnet", ANY_PORT, *words)
        assert result.returncode == CONFIGURATION and "did you mean echo?" in result.stderr and not data.exists()


def test_what_cannot_be_read_hides_nothing_else(file):
    file.write_text(
        "services:\n  one: {kind: ecko, after: [miror], restart: maybe}\n  mirror: {kind: echo, colour: red}\n"
        "  two: {kind: echo, options: {lissten: tcp:0}}\n")
    result = run_mudd("run", file, "--check")
    assert result.returncode == CONFIGURATION
    lines = result.stderr.removeprefix("mudd: ").splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "services.one.restart", "unknown key \u201cservices.mirror.colour\u201d", "services.one.after", "services.one.kind",
        "services.two.options.lissten"], lines


def test_a_reload_refuses_services_that_could_not_start(file):
    text = f"services:\n  echo: {{options: {{listen: '{ANY_PORT}'}}}}\n"
    file.write_text(text)
    with Service("run", file) as services:
        for wrong, place in (
            ("  more: {kind: ecko}\n", "3:16: services.more.kind"),
            ("  more: {kind: echo, options: {listen: 'tcp:x'}}\n", "3:40: services.more.options.listen"),
        ):
            file.write_text(text + wrong)
            services.process.send_signal(signal.SIGHUP)
            while "stays as it was" not in (line := services.process.stdout.readline().decode()):
                assert line
            assert f"{file}:{place}" in line


def test_a_port_that_is_taken_ends_the_start(file):
    with socket.create_server(("127.0.0.1", 0)) as other:
        busy = f"tcp:{other.getsockname()[1]}:interface=127.0.0.1"
        text = f"services:\n  bad: {{kind: echo, options: {{listen: '{busy}'}}}}\n  good: {{kind: echo, options: {{listen: '{ANY_PORT}'}}}}\n"
        file.write_text(text)
        for words in ([], ["--check"]):
            result = run_mudd("run", file, *words)
            assert result.returncode == UNAVAILABLE and "bad" in result.stderr and "in use" in result.stderr


def test_a_hang_up_reads_the_file_again(file):
    file.write_text(f"services:\n  echo: {{options: {{listen: '{ANY_PORT}'}}}}\n")
    with Service("run", file) as services:
        file.write_text(f"services:\n  echo: {{options: {{listen: '{ANY_PORT}'}}}}\nlog: {{level: debug}}\n")
        services.process.send_signal(signal.SIGHUP)
        while "log.level" not in (line := services.process.stdout.readline().decode()):
            assert line
        assert services.stop()[0] == 0


def test_the_reference_documents_the_section():
    reference = run_mudd("config", "--defaults").stdout
    lines = reference.splitlines()
    start = lines.index("# services:")
    for key in ("kind", "options", "after", "restart", "essential"):
        assert any(re.match(rf"#     {key}:", line) for line in lines[start:]), key


def test_an_application_in_the_background(file, folder):
    port = free_port()
    file.write_text(forward(port))
    site = ("--rundir", folder)
    try:
        started = run_mudd("start", "run", file, *site)
        assert started.returncode == 0 and "listens on" in started.stdout, started.stderr
        assert converse(socket.create_connection(("127.0.0.1", port)), b"hello") == b"hello"
        assert run_mudd("status", "run", *site).returncode == 0 and (folder / "mudd-run.pid").exists()
    finally:
        assert run_mudd("stop", "run", *site).returncode == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
