"""What an operator's supervisor sees of the server: pid file, rights, place, and readiness."""

import os
import pathlib
import re
import signal
import socket
import stat
import subprocess

import pytest
from conftest import PASSWORD
from harness.server import MUDD, TEST_WORLD, Server, ServerFailed, run_mudd

USAGE, NO_USER, TRY_AGAIN, NO_PERMISSION = 64, 67, 75, 77
NOBODY = 65534

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may change rights and root folder")


def facts(pid, *names):
    """Lines of /proc/PID/status by name, as lists of words."""
    lines = dict(
        line.split(":", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    return [lines[name].split() for name in names]


@pytest.fixture
def supervisor(tmp_path):
    """A socket that hears what systemd would."""
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(path))
        listener.settimeout(30)
        yield listener, str(path)


def test_pid_file(data):
    path = data.parent / "mudd.pid"
    with Server(data, options=["--pidfile", str(path)]) as server:
        assert path.read_text() == f"{server.pid}\n"
        # Whatever data it works on, a second server on the same pid file is refused.
        other = ["serve", "--data", data.parent / "Other", "--world", TEST_WORLD, "--telnet", "off", "--pidfile", path]
        second = run_mudd(*other)
        assert second.returncode == TRY_AGAIN
        assert f"process {server.pid}" in second.stderr and not (data.parent / "Other").exists()
        assert server.stop() == 0
    assert not path.exists()


def test_pid_file_of_a_crash_is_taken_over(data):
    path = data.parent / "mudd.pid"
    with Server(data, options=["--pidfile", str(path)]) as server:
        server.kill()
        assert path.exists()
    with Server(data, options=["--pidfile", str(path)]) as server:
        assert path.read_text() == f"{server.pid}\n"


def test_readiness_watchdog_and_end_are_told(data, supervisor):
    listener, path = supervisor
    environment = {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "200000"}
    with Server(data, environment=environment) as server:
        first = listener.recv(4096).decode()
        assert first.startswith("READY=1\nSTATUS=")
        assert [listener.recv(4096) for _ in range(3)] == [b"WATCHDOG=1"] * 3
        assert server.stop() == 0
        last = b"WATCHDOG=1"
        while last == b"WATCHDOG=1":
            last = listener.recv(4096)
        assert last == b"STOPPING=1"


def test_mask(data):
    with Server(data, options=["--umask", "027"]) as server:
        assert facts(server.pid, "Umask") == [["0027"]]
    assert run_mudd("serve", "--data", data, "--umask", "8").returncode == USAGE


def test_run_folder(data):
    folder = data.parent / "run"
    folder.mkdir()
    with Server("there", options=["--rundir", str(folder), "--world", str(TEST_WORLD)]) as server:
        assert os.readlink(f"/proc/{server.pid}/cwd") == str(folder)
        assert (folder / "there" / "world.sqlite").exists()
    pathlib.Path("there.stderr").unlink()


@needs_root
@pytest.mark.parametrize("group", [None, "daemon"])
def test_rights_are_given_up_once_the_door_is_bound(data, connect, group):
    options = ["--user", "nobody"] + (["--group", group] if group else [])
    data.parent.chmod(0o755)
    with Server(data, telnet="tcp:1:interface=127.0.0.1", options=options) as server:
        gid = NOBODY if group is None else 1
        uids, gids, capabilities = facts(server.pid, "Uid", "Gid", "CapEff")
        assert uids == [str(NOBODY)] * 4 and gids == [str(gid)] * 4 and set(capabilities[0]) == {"0"}
        assert server.port == 1
        assert (data.stat().st_uid, stat.S_IMODE(data.stat().st_mode)) == (NOBODY, 0o700)
        connect(1).create("Ada", PASSWORD)
        assert server.stop() == 0
    with Server(data, options=options) as server:
        connect(server.port).log_in("Ada", PASSWORD)


@needs_root
def test_unknown_users_are_refused(data):
    words = ["serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off"]
    for options in (["--user", "no-such-user"], ["--group", "no-such-group"], ["--user", "123456"]):
        result = run_mudd(*words, *options)
        assert result.returncode == NO_USER and not data.exists(), result.stderr


@needs_root
def test_root_folder(data, connect):
    root = data.parent / "root"
    (root / "tmp").mkdir(parents=True)
    subprocess.run(["cp", "-r", str(TEST_WORLD), str(root / "World")], check=True)
    with Server(data, world="/World", options=["--chroot", str(root), "--user", "nobody", "--data", "/tmp/Data"]) as server:
        assert os.readlink(f"/proc/{server.pid}/root") == str(root)
        connect(server.port).create("Ada", PASSWORD)
        assert (root / "tmp" / "Data" / "world.sqlite").exists()
        assert server.stop() == 0


def test_only_root_may_change_the_root(data):
    words = ["serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off", "--chroot", "/tmp"]
    result = run_mudd(*words, user="nobody") if os.geteuid() == 0 else run_mudd(*words)
    assert result.returncode == NO_PERMISSION and "cannot become the root" in result.stderr


@pytest.mark.parametrize("number", [signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM])
def test_signals_without_a_meaning_do_no_harm(server, number, connect):
    os.kill(server.pid, number)
    connect(server.port).create("Ada", PASSWORD)
    assert server.is_running()


def rows(report):
    """The table of a profile, and the line above it."""
    head, titles, *lines = report.splitlines()
    assert re.split(r"\s{2,}", titles.strip()) == ["calls", "total ms", "mean ms", "longest ms", "what was called"]
    return head, [line.split(maxsplit=4) for line in lines]


@pytest.mark.parametrize("where", ["file", "standard error"])
def test_profile(data, connect, where):
    file = data.parent / "profile"
    with Server(data, options=[f"--profile={file}" if where == "file" else "--profile"]) as server:
        client = connect(server.port)
        client.create("Ada", PASSWORD)
        for _ in range(20):
            client.do("look")
        assert server.stop() == 0
        head, table = rows(file.read_text() if where == "file" else server.complaint())
    assert re.fullmatch(r"The loop was watched for \d+\.\d{3} ms, and busy .*", head)
    # Those first that took the most.
    totals = [float(row[1]) for row in table]
    assert totals == sorted(totals, reverse=True) and totals[0] > 0
    calls = {row[4]: int(row[0]) for row in table}
    assert calls["StreamConnection for TelnetDoor"] >= 20
    for count, total, mean, longest, _ in table:
        assert float(mean) <= float(longest) <= float(total) + 0.001
        assert abs(float(mean) * int(count) - float(total)) <= 0.001 * int(count) + 0.001


def test_profile_of_a_start_that_fails(data):
    result = run_mudd("serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off", "--profile", "/nonexistent/file")
    assert result.returncode == 73 and "The profile /nonexistent/file cannot be opened" in result.stderr
    assert not data.exists()


@pytest.mark.parametrize("words", [["serve"], ["echo"]])
def test_every_option_of_the_runner_is_there(words):
    text = run_mudd(*words, "--help").stdout
    for option in (
        "daemon pidfile logfile log-level log-format user group chroot umask rundir reactor help-reactors profile check"
    ).split():
        assert f"--{option}" in text, option
