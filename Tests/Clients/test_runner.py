"""What an operator's supervisor sees of the server: pid file, rights, place, and readiness."""

import errno
import os
import pathlib
import re
import select
import signal
import socket
import stat
import subprocess

import pytest
from conftest import PASSWORD
from harness.server import ANY_PORT, MUDD, MUD_ADMIN, START_LIMIT, TEST_WORLD, Server, ServerFailed, run_mudd

USAGE, DAMAGED, NO_USER, CANNOT_CREATE, TRY_AGAIN, NO_PERMISSION = 64, 65, 67, 73, 75, 77
NOBODY = 65534
PATIENCE = 30

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
        # Also of those threads that were made since, such as the one that hashes passwords.
        tasks = os.listdir(f"/proc/{server.pid}/task")
        assert len(tasks) > 1
        for task in tasks:
            privileges, bounds = facts(f"{server.pid}/task/{task}", "NoNewPrivs", "CapBnd")
            assert privileges == ["1"] and set(bounds[0]) == {"0"}
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
    data.parent.chmod(0o755)
    words = ["serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off", "--chroot", "/tmp"]
    result = run_mudd(*words, user="nobody") if os.geteuid() == 0 else run_mudd(*words)
    assert result.returncode == NO_PERMISSION and "cannot become the root" in result.stderr


@pytest.mark.parametrize("number", [signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM])
def test_signals_without_a_meaning_do_no_harm(server, number, connect):
    os.kill(server.pid, number)
    connect(server.port).create("Ada", PASSWORD)
    assert server.is_running()


def log_of_echo(is_terminal, environment):
    """What `mudd echo` writes to standard output, a terminal or a pipe, until a signal stops it."""
    reading, writing = os.openpty() if is_terminal else os.pipe()
    own = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [MUDD, "echo", "--listen", ANY_PORT, "--logfile", "-"], stdin=subprocess.DEVNULL, stdout=writing,
        stderr=subprocess.DEVNULL, env={**own, **environment})
    os.close(writing)
    text, is_stopped = b"", False
    try:
        while select.select([reading], [], [], PATIENCE)[0]:
            try:
                more = os.read(reading, 65536)
            except OSError as failure:
                # How a terminal says that nobody has its other end any more.
                assert failure.errno == errno.EIO
                more = b""
            if not more:
                return text.decode()
            text += more
            if b"listens on" in text and not is_stopped:
                process.terminate()
                is_stopped = True
        raise TimeoutError(f"mudd echo did not end; it printed {text!r}")
    finally:
        process.kill()
        process.wait()
        os.close(reading)


@pytest.mark.parametrize(
    ("is_terminal", "environment", "is_coloured"), [
        (True, {}, True), (True, {"NO_COLOR": ""}, True), (True, {"NO_COLOR": "1"}, False), (False, {}, False),
    ], ids=["terminal", "empty wish", "NO_COLOR", "pipe"])
def test_colours_are_for_terminals_that_want_them(is_terminal, environment, is_coloured):
    text = log_of_echo(is_terminal, environment)
    notice = "\x1b[1mnotice\x1b[0m" if is_coloured else "notice"
    assert re.search(rf"^[-\d]+T[:.\d]+Z {re.escape(notice)} mudd signal number=15\r?$", text, re.M), text
    assert ("\x1b" in text) == is_coloured


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
    assert calls["StreamConnection for TelnetConnection"] >= 20
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


@pytest.mark.parametrize("option", ["--pidfile", "--profile"])
def test_no_file_is_lost_to_an_option(data, option):
    file = data.parent / "precious"
    file.write_text("mine\n")
    words = ["serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off", option, file]
    for more in ([], ["--check"]):
        result = run_mudd(*words, *more)
        assert result.returncode == CANNOT_CREATE and f"{file} cannot be" in result.stderr, result.stderr
        assert "left as it is" in result.stderr and file.read_text() == "mine\n"


def test_an_earlier_profile_is_replaced(data):
    file = data.parent / "profile"
    for _ in range(2):
        with Server(data, options=["--profile", str(file)]) as server:
            assert server.stop() == 0
        head, _ = rows(file.read_text())
        assert file.read_text().count(head) == 1


@pytest.mark.parametrize("option", ["--pidfile", "--profile", "--logfile"])
def test_the_servers_own_files_are_for_nothing_else(data, option):
    with Server(data) as server:
        assert server.stop() == 0
    link, alias, later = (data.parent / name for name in ("link", "alias", "later"))
    link.symlink_to("Data")
    os.link(data / "audit.log", alias)
    (data / "world.sqlite-journal").unlink(missing_ok=True)
    later.symlink_to("Data/world.sqlite-journal")
    before = {path.name: path.read_bytes() for path in data.iterdir() if path.name not in ("lock", "mudd.log")}
    for path, own in [(data / "world.sqlite", "world.sqlite"), (link / "lock", "lock"), (alias, "audit.log"),
                      (later, "world.sqlite-journal"), (data / "control.sock", "control.sock")]:
        words = ["serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off", option, path]
        for more in ([], ["--check"]):
            result = run_mudd(*words, *more)
            assert result.returncode == USAGE, (path, result.stderr)
            assert option in result.stderr and str(path) in result.stderr and str(data / own) in result.stderr
    assert before == {path.name: path.read_bytes() for path in data.iterdir() if path.name not in ("lock", "mudd.log")}


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_a_pipe_in_the_place_of_the_database_is_not_waited_for(data, suffix):
    with Server(data) as server:
        assert server.stop() == 0
    place = data / f"world.sqlite{suffix}"
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    words = ["serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off"]
    for more in ([], ["--check"]):
        result = run_mudd(*words, *more)
        assert result.returncode == DAMAGED and f"{place.name} is no regular file" in result.stderr, result.stderr
    for command in (["check"], ["accounts", "list"]):
        result = subprocess.run(
            [str(MUD_ADMIN), *command, "--data", str(data)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=START_LIMIT)
        assert result.returncode != 0 and f"{place.name} is no regular file" in result.stdout + result.stderr, command


def test_nothing_but_sockets_is_inherited(data, connect):
    reading, writing = os.pipe()
    folder = os.open("/etc", os.O_RDONLY)
    with socket.create_server(("127.0.0.1", 0)) as door, open("/etc/passwd") as file:
        client = connect(door.getsockname()[1])
        server = Server(data, telnet=f"fd:{door.fileno()}")
        server.process = subprocess.Popen(
            server.arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            pass_fds=[reading, writing, folder, file.fileno(), door.fileno()])
        try:
            # It was given the door, and serves there.
            client.create("Ada", PASSWORD)
            found = set()
            for entry in pathlib.Path(f"/proc/{server.pid}/fd").iterdir():
                try:
                    found.add(os.readlink(entry))
                except FileNotFoundError:
                    continue
            assert f"socket:[{os.fstat(door.fileno()).st_ino}]" in found
            assert not found & {"/etc", "/etc/passwd", f"pipe:[{os.fstat(reading).st_ino}]"}
            # Who waits for the end of the pipe need not wait for that of the server.
            os.close(writing)
            assert select.select([reading], [], [], PATIENCE)[0] and os.read(reading, 1) == b""
            assert server.stop() == 0
        finally:
            server.end()
            os.close(reading)
            os.close(folder)
