"""Where settings come from, what a running server takes over, and what becomes of its log."""

import json
import re
import signal
import socket
import subprocess
import time

import pytest
from harness.server import TEST_WORLD, Server, run_mudd

USAGE, CANNOT_CREATE, CONFIGURATION = 64, 73, 78
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
        return run_mudd("serve", "--data", data, "--world", world, *file.options, "--check", *words)

    file.write("limits:\n  guests: no\n")
    result = check()
    assert result.returncode == 0 and "in order" in result.stdout and not data.exists(), result.stderr
    assert check("--telnet", "tcp:99999").returncode == USAGE
    assert check("--reactor", "epol").returncode == USAGE
    assert check(world=folder / "none").returncode in (65, CONFIGURATION)
    with Server(data) as server:
        # Beside a running server it is no trouble either.
        result = check()
        assert result.returncode == 0 and "things" in result.stdout, result.stderr
        assert server.admin("status").returncode == 0 and server.stop() == 0
    before = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    assert check().returncode == 0
    assert {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()} == before
    (data / "world.sqlite").write_bytes(b"This is no database at all.\n" * 300)
    result = check()
    assert result.returncode == 65 and "world.sqlite" in result.stderr
    file.write("limits:\n  guests: 7\n")
    assert check().returncode == CONFIGURATION
    assert run_mudd("echo", "--check").returncode == 0 and run_mudd("echo", "--check", "--listen", "tcp:x").returncode == USAGE


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
        assert answer.returncode == 1 and answer.stderr.count("stays as it was") == 1, answer.stderr
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
        # What was changed by hand lasts until the configuration is read again.
        server.admin("reload")
        assert server.admin("log").stdout.startswith("Levels: info\n")
