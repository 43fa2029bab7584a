"""Where settings come from, what a running server takes over, and what becomes of its log."""

import json
import re
import signal
import socket
import subprocess
import time

import pytest
from harness.server import ANY_PORT, TEST_WORLD, Server, run_mudd

USAGE, UNAVAILABLE, CANNOT_CREATE, TRY_AGAIN, CONFIGURATION = 64, 69, 73, 75, 78
PATIENCE = 30


def wait_for(condition, what):
    """Looks again and again until `condition` gives something true, which is the result."""
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.01)
    return found


def records(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture
def file(folder):
    """A configuration file, and a way to write it."""

    class File:
        path = folder / "mudd.yaml"
        options = ("--config", str(path))

        def write(self, text):
            self.path.write_text(text)
            return self

    return File()


# Where a value comes from


def test_the_last_source_that_has_a_value_wins(data, file):
    file.write("limits:\n  idle: 1m\n  login: 1m\n  linkdead: 1m\n  guests: no\n")
    environment = {"MUDD_LIMITS_LOGIN": "2m", "MUDD_LIMITS_LINKDEAD": "2m"}
    options = [*file.options, "--set", "limits.linkdead=3m"]
    with Server(data, options=options, environment=environment) as server:
        file.write("")
        answer = server.admin("reload")
        # The file held these two alone; over the others stands the environment or the command line.
        assert answer.stdout.splitlines() == ["limits.guests: no \u2192 yes", "limits.idle: 1m \u2192 1h"]


@pytest.mark.parametrize(
    ("words", "environment", "status", "complaint"),
    [
        (["--set", "limits.idel=3h"], {}, USAGE, "--set limits.idel: unknown key .limits.idel.; did you mean limits.idle?"),
        (["--set", "limits.idle"], {}, USAGE, "--set limits.idle: expected a time"),
        (["--log-format", "xml"], {}, USAGE, "--log-format: expected one of text, json, logfmt, not .xml."),
        (["--log-level", "info,game=loud"], {}, USAGE, "--log-level"),
        ([], {"MUDD_LIMITS_IDLE": "soon"}, CONFIGURATION, "environment: MUDD_LIMITS_IDLE: expected a time"),
        ([], {"MUDD_CONFIG": "/nonexistent/mudd.yaml"}, CONFIGURATION, "/nonexistent/mudd.yaml"),
        (["--logfile", "/nonexistent/log"], {}, CANNOT_CREATE, "The log /nonexistent/log cannot be opened"),
    ],
)
def test_wrong_values_are_refused(data, words, environment, status, complaint, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = run_mudd("serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off", *words)
    assert result.returncode == status and re.search(complaint, result.stderr), result.stderr
    assert result.stderr.startswith("mudd: ") and not data.exists()


def test_variables_of_no_key_are_warned_of(data):
    with Server(data, environment={"MUDD_TYPO": "1"}, options=["--log-format", "json"]):
        warning = next(record for record in records(data / "mudd.log") if record["level"] == "warning")
        assert warning["name"] == "MUDD_TYPO"


# Checking


def test_check_starts_nothing(data, file, folder):
    def check(*words, world=TEST_WORLD):
        return run_mudd(
            "serve", "--data", data, "--world", world, "--telnet", ANY_PORT, *file.options, "--check", *words)

    file.write("limits:\n  guests: no\n")
    result = check()
    assert result.returncode == 0 and "in order" in result.stdout and not data.exists(), result.stderr
    assert check("--telnet", "tcp:99999").returncode == USAGE
    assert check("--reactor", "epol").returncode == USAGE
    assert check(world=folder / "none").returncode in (65, CONFIGURATION)
    with Server(data) as server:
        # Beside a running server it is no trouble either, once that is taken for gone.
        result = check()
        assert result.returncode == TRY_AGAIN and f"process {server.pid} holds {data}/lock" in result.stderr
        result = check("--for-restart")
        assert result.returncode == 0 and "things" in result.stdout, result.stderr
        assert server.admin("status").returncode == 0 and server.stop() == 0
    before = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    result = check()
    assert result.returncode == 0 and not re.search(r"\b1 (turn|thing)s", result.stdout), result.stdout
    assert {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()} == before
    (data / "world.sqlite").write_bytes(b"This is no database at all.\n" * 300)
    result = check()
    assert result.returncode == 65 and "world.sqlite" in result.stderr
    file.write("limits:\n  guests: 7\n")
    assert check().returncode == CONFIGURATION
    assert run_mudd("echo", "--check", "--listen", ANY_PORT).returncode == 0
    assert run_mudd("echo", "--check", "--listen", "tcp:x").returncode == USAGE


def test_check_finds_what_a_start_would_fail_by(data, folder):
    def look(*words):
        result = run_mudd("serve", "--world", TEST_WORLD, "--telnet", "off", "--data", data, *words)
        return result.returncode, result.stderr

    (folder / "pid").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as other, Server(folder / "Other", options=["--pidfile", folder / "held"]):
        busy = f"tcp:{other.getsockname()[1]}:interface=127.0.0.1"
        for words, status in (
            (["--pidfile", "/nonexistent/pid"], CANNOT_CREATE), (["--pidfile", folder / "pid"], CANNOT_CREATE),
            (["--logfile", "/nonexistent/log"], CANNOT_CREATE), (["--logfile", folder / "pid"], CANNOT_CREATE),
            (["--profile=/nonexistent/profile"], CANNOT_CREATE), (["--data", "/nonexistent/a/Data"], CANNOT_CREATE),
            (["--data", folder / "pid" / "Data" / "Data"], CANNOT_CREATE),
            (["--pidfile", folder / "held"], TRY_AGAIN), (["--data", folder / "Other"], TRY_AGAIN),
            (["--telnet", busy], UNAVAILABLE), (["--set", f"doors.metrics={busy}"], UNAVAILABLE),
        ):
            before = sorted(folder.iterdir())
            checked, complaint = look(*words, "--check")
            assert (checked, sorted(folder.iterdir())) == (status, before), (words, complaint)
            # A start says the same.
            assert look(*words)[0] == status, words
        assert look("--check") == (0, "") and not data.exists()
        # What another server holds is not free for a restart of this one.
        words = ["--for-restart", "--check", "--data", folder / "Other"]
        assert look(*words)[0] == 0 and look(*words, "--telnet", busy)[0] == UNAVAILABLE
        assert look("--for-restart")[0] == USAGE


def test_all_that_is_wrong_with_the_settings_is_told_at_once(data, file):
    file.write("doors:\n  telnet: tcp:x\n  metrics: foo:9\nauth: [bar]\nreactor: zz\nlimits:\n  idle: soon\n")
    for words in (["--check"], []):
        result = run_mudd("serve", "--data", data, "--world", TEST_WORLD, *file.options, *words)
        assert result.returncode == CONFIGURATION and not data.exists()
        lines = result.stderr.removeprefix("mudd: ").splitlines()
        assert len(lines) == 5, lines
        for place in ("7:9: limits.idle", "5:10: reactor", "4:7: auth", "3:12: doors.metrics", "2:11: doors.telnet"):
            assert sum(line.startswith(f"{file.path}:{place}: ") for line in lines) == 1, (place, lines)


# Reloading


def test_reload_takes_over_what_can_change(data, file, connect):
    file.write("limits:\n  guests: no\n")
    with Server(data, options=file.options) as server:
        assert server.admin("reload").stdout == "Nothing has changed.\n"
        file.write("limits:\n  guests: yes\nreactor: poll\n")
        assert server.admin("reload").stdout.splitlines() == [
            "reactor: auto \u2192 poll (at the next start)", "limits.guests: no \u2192 yes"]
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line("guest")
        client.read_prompt("> ")
        assert server.admin("status", json_answer=True).answer["reactor"] == "epoll"
        # What waits for the next start is said again each time.
        assert server.admin("reload").stdout.splitlines() == ["reactor: auto \u2192 poll (at the next start)"]


def test_a_broken_file_changes_nothing(data, file, connect):
    file.write("limits:\n  guests: yes\n")
    with Server(data, options=file.options) as server:
        file.write("limits:\n  guests: no\n  idel: 3h\n")
        answer = server.admin("reload")
        assert answer.returncode == 1
        assert f"The configuration stays as it was. {file.path}:3:3: unknown key" in answer.stderr
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line("guest")
        client.read_prompt("> ")


@pytest.mark.parametrize(
    ("line", "text", "key", "value"),
    [
        (1, "world: /nope", "world", "/nope"),
        (2, "doors: {telnet: 'tcp:x'}", "doors.telnet", "'tcp:x'"),
        (2, f"doors: {{telnet: '{ANY_PORT}', metrics: 'foo:9'}}", "doors.metrics", "'foo:9'"),
        (3, "auth: [bar]", "auth", "["), (3, "reactor: zz", "reactor", "zz"),
        (3, "process: {user: nosuchuser}", "process.user", "nosuchuser"),
        (3, "services: {x: {kind: ecko}}", "services.x.kind", "ecko"),
        (3, "services: {x: {kind: echo, options: {lissten: 'tcp:0'}}}", "services.x.options.lissten", "'tcp:0'"),
    ],
)
def test_a_reload_refuses_what_the_next_start_would(data, file, line, text, key, value):
    lines = [f"world: {TEST_WORLD}", f"doors: {{telnet: '{ANY_PORT}'}}", ""]
    file.write("\n".join(lines))
    server = Server(data, telnet=None, options=file.options)
    # What stands on the command line would stand over the file.
    at = server.arguments.index("--world")
    del server.arguments[at : at + 2]
    with server:
        lines[line - 1] = text
        file.write("\n".join([*lines, "limits: {idle: 2h}", ""]))
        answer = server.admin("reload")
        assert answer.returncode == 1, answer.stdout
        assert f"{file.path}:{line}:{text.index(value) + 1}: {key}: " in answer.stderr
        # Of the rest nothing is taken over.
        lines[line - 1] = [f"world: {TEST_WORLD}", f"doors: {{telnet: '{ANY_PORT}'}}", ""][line - 1]
        file.write("\n".join(lines))
        assert server.admin("reload").stdout == "Nothing has changed.\n"


def test_a_file_that_is_gone_or_leads_nowhere_is_not_taken_for_none(data, folder, connect):
    data.mkdir()
    real = folder / "real.yaml"
    real.write_text("limits:\n  guests: no\n")
    (data / "mudd.yaml").symlink_to(real)
    with Server(data) as server:
        for spoil in (lambda: real.rename(folder / "elsewhere"), (data / "mudd.yaml").unlink):
            spoil()
            answer = server.admin("reload")
            assert answer.returncode == 1 and "mudd.yaml" in answer.stderr, answer.stderr
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line("guest")
        client.read_until("Guests are not let in")
    (data / "mudd.yaml").symlink_to(real)
    result = run_mudd("serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off")
    assert result.returncode == CONFIGURATION and "No such file or directory" in result.stderr


def test_a_certificate_that_cannot_be_used_fails_the_reload_and_is_named_once(data, file):
    certificate = file.path.parent / "door.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", certificate.parent / "door.key", "-out",
         certificate, "-subj", "/CN=mud.example", "-days", "2"], check=True, capture_output=True, timeout=PATIENCE)
    # In quotation marks, because of the colons.
    door = f"tls:0:cert={certificate}:key={certificate.parent}/door.key:interface=127.0.0.1"
    file.write(f"doors:\n  telnet: '{door}'\n  metrics: '{door}'\n")
    with Server(data, telnet=None, options=file.options) as server:
        sound = certificate.read_text()
        certificate.write_text("nothing\n")
        answer = server.admin("reload")
        assert answer.returncode == 1 and answer.stderr.count("goes on as it was") == 1, answer.stderr
        assert f"{certificate}: no certificate in it" in answer.stderr
        # The rest is taken over.
        file.write(f"doors:\n  telnet: '{door}'\n  metrics: '{door}'\nlimits:\n  idle: 2h\n")
        certificate.write_text("nothing at all\n")
        answer = server.admin("reload")
        assert answer.returncode == 1 and "limits.idle: 1h \u2192 2h" in answer.stderr
        certificate.write_text(sound)
        assert server.admin("reload").stdout == f"The certificate {certificate} is loaded.\n"


def test_hang_up_reloads_and_the_supervisor_is_told(data, file, folder):
    path = folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(path))
        listener.settimeout(PATIENCE)
        file.write("limits:\n  idle: 1h\n")
        with Server(data, options=file.options, environment={"NOTIFY_SOCKET": str(path)}) as server:
            assert listener.recv(4096).startswith(b"READY=1")
            before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
            file.write("limits:\n  idle: 2h\n")
            server.process.send_signal(signal.SIGHUP)
            told = dict(line.split("=") for line in listener.recv(4096).decode().splitlines())
            assert told["RELOADING"] == "1"
            assert before <= int(told["MONOTONIC_USEC"]) <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
            assert listener.recv(4096) == b"READY=1"
            assert "limits.idle" in (data / "mudd.log").read_text()
            assert server.admin("reload").stdout == "Nothing has changed.\n"


# The log


@pytest.mark.parametrize("how", ["signal", "reload"])
def test_a_log_that_was_moved_is_begun_anew(data, how):
    log, moved = data / "mudd.log", data / "mudd.log.old"
    with Server(data, options=["--log-format", "json"]) as server:
        log.rename(moved)
        if how == "signal":
            server.process.send_signal(signal.SIGHUP)
            wait_for(log.exists, "the new log")
        else:
            assert server.admin("reload").returncode == 0
        server.admin("broadcast", "Hello")
        last = wait_for(lambda: log.read_text(), "a record in the new log")
        assert "broadcast" in last and "broadcast" not in moved.read_text()
        assert server.stop() == 0
    assert records(log)[-1]["message"] == "stopped" and records(moved)[0]["message"] == "world loaded"


@pytest.mark.parametrize(
    ("format", "shape"),
    [
        ("text", r"[-0-9]{10}T[:.0-9]{12}Z info +mudd +listening door=telnet"),
        ("json", r'\{"time":"[-0-9]{10}T[:.0-9]{12}Z","level":"info","subsystem":"mudd","message":"listening","door":"telnet"'),
        ("logfmt", r"time=[-0-9]{10}T[:.0-9]{12}Z level=info subsystem=mudd message=listening door=telnet"),
    ],
)
def test_formats_and_a_named_file(data, folder, format, shape):
    path = folder / "elsewhere.log"
    with Server(data, options=["--log-format", format, "--logfile", str(path)]):
        wait_for(lambda: re.search(shape, path.read_text()), "a record of that shape")
        assert not (data / "mudd.log").exists()


def test_the_log_on_standard_output(data):
    server = Server(data, options=["--logfile", "-", "--log-format", "json"]).start()
    server.process.send_signal(signal.SIGTERM)
    rest = server.process.stdout.read().decode()
    assert server.wait() == 0 and not (data / "mudd.log").exists()
    lines = (server.table + rest).splitlines()
    messages = [json.loads(line)["message"] for line in lines if line.startswith("{")]
    assert messages[0] == "world loaded" and messages[-1] == "stopped"


def test_a_log_does_not_outgrow_its_size(data):
    options = ["--set", "log.size=1K", "--set", "log.keep=2", "--log-level", "debug", "--log-format", "json"]
    with Server(data, options=options) as server:
        for _ in range(40):
            assert server.admin("who").returncode == 0
        wait_for((data / "mudd.log.2").exists, "a log put aside twice")
        assert server.stop() == 0
    sizes = {path.name: path.stat().st_size for path in data.glob("mudd.log*")}
    assert set(sizes) == {"mudd.log", "mudd.log.1", "mudd.log.2"} and max(sizes.values()) <= 1024
    assert records(data / "mudd.log.1")[-1]["time"] <= records(data / "mudd.log")[0]["time"]


def test_levels_of_a_running_server(data):
    with Server(data, options=["--log-format", "json"]) as server:
        assert server.admin("log").stdout.splitlines() == [
            "Levels: info", "  game  info", "  mudd  info", "  reactor  info"]
        changed = server.admin("log", "warning,game=debug").stdout.splitlines()
        assert changed == [
            "Levels: warning,game=debug", "  game  debug", "  mudd  warning", "  reactor  warning"]
        server.admin("who")
        wait_for(lambda: "who" in (data / "mudd.log").read_text(), "a record of level debug")
        refused = server.admin("log", "shout")
        assert refused.returncode == 2 and "no level" in refused.stderr
        refused = server.admin("log", "info,foo=debug")
        assert refused.returncode == 2 and "called foo; there are game, mudd, reactor" in refused.stderr
        assert server.admin("log").stdout.startswith("Levels: warning,game=debug\n")
        # What was changed by hand lasts until the configuration is read again.
        server.admin("reload")
        assert server.admin("log").stdout.startswith("Levels: info\n")
