"""Servers in the background, and what is done to them: start, stop, restart, reload, status."""

import contextlib
import fcntl
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import subprocess
import time

import pytest
from conftest import PASSWORD
from harness.server import ANY_PORT, MUDD, START_LIMIT, STARTER_WORLD, TEST_WORLD, control, run_mudd

USAGE, DAMAGED, NO_USER, UNAVAILABLE, CANNOT_CREATE, TRY_AGAIN, NO_PERMISSION, CONFIGURATION = (
    64, 65, 67, 69, 73, 75, 77, 78)
NOT_RUNNING, UNKNOWN = 3, 4
NOBODY = 65534
PATIENCE = 30

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may change rights and root folder")


class Process:
    """A process that is nobody's child here, and cannot be taken for another."""

    def __init__(self, pid):
        self.pid = pid
        self.descriptor = os.pidfd_open(pid)

    def signal(self, number):
        signal.pidfd_send_signal(self.descriptor, number)

    def is_gone(self, limit=PATIENCE):
        return bool(select.select([self.descriptor], [], [], limit)[0])

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            self.signal(signal.SIGKILL)
        self.is_gone()
        os.close(self.descriptor)


@pytest.fixture
def watch():
    """Makes processes of numbers, and kills at the end what is left of them."""
    processes = []

    def make(pid):
        processes.append(Process(int(pid)))
        return processes[-1]

    yield make
    for process in processes:
        process.close()


@pytest.fixture
def start(data, watch):
    """Starts the game in the background; gives its process and its port."""

    def make(*options, **keywords):
        words = ["start", "serve", "--data", data, "--world", TEST_WORLD, "--telnet", ANY_PORT, *options]
        result = run_mudd(*words, **keywords)
        assert result.returncode == 0, result.stderr
        assert result.stderr == "" and "stops the server" in result.stdout
        process = watch(re.search(r"process (\d+)", result.stdout)[1])
        process.port = int(re.search(r"telnet\s+\S+:(\d+)\s", result.stdout)[1])
        return process

    return make


def session(pid):
    """Parent, group, session and terminal of a process."""
    text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    return [int(word) for word in text[text.rindex(")") + 2 :].split()[1:5]]


# Going to the background


def test_a_daemon_belongs_to_nobody(start, data, connect):
    process = start()
    parent, group, leader, terminal = session(process.pid)
    assert parent != os.getpid() and process.pid not in (group, leader) and terminal == 0
    # Nobody leads the session, so that no terminal can ever become the daemon's.
    with pytest.raises(ProcessLookupError):
        os.kill(leader, 0)
    assert [os.readlink(f"/proc/{process.pid}/fd/{number}") for number in range(3)] == ["/dev/null"] * 3
    client = connect(process.port)
    client.create("Ada", PASSWORD)
    assert control("serve", "status", "--data", data).returncode == 0
    stopped = control("serve", "stop", "--data", data)
    assert (stopped.returncode, stopped.stdout) == (0, f"mudd serve has stopped (process {process.pid}).\n")
    assert process.is_gone(0)
    assert "stopped" in (data / "mudd.log").read_text()
    assert not any(path.is_socket() for path in data.iterdir())


def test_the_configuration_can_say_it(folder, watch):
    file = folder / "mudd.yaml"
    file.write_text(
        f"data: {folder}/Data\nworld: {TEST_WORLD}\ndoors:\n  telnet: {ANY_PORT}\nprocess:\n  daemon: yes\n"
        f"  pidfile: {folder}/mudd.pid\n")
    result = run_mudd("serve", "--config", file)
    assert result.returncode == 0, result.stderr
    pid = int((folder / "mudd.pid").read_text())
    watch(pid)
    report = control("serve", "status", "--config", file)
    assert report.returncode == 0 and report.answer["pid"] == pid == report.answer["game"]["pid"]
    assert control("serve", "stop", "--config", file).returncode == 0
    assert not (folder / "mudd.pid").exists()


def test_relative_paths_count_from_where_it_was_started(folder, watch):
    shutil.copytree(TEST_WORLD, folder / "World")
    words = ["--telnet", ANY_PORT, "--pidfile", "pid", "--logfile", "log"]
    result = run_mudd("start", *words, folder=folder)
    assert result.returncode == 0, result.stderr
    process = watch((folder / "pid").read_text())
    assert os.readlink(f"/proc/{process.pid}/cwd") == str(folder)
    assert (folder / "Data" / "world.sqlite").exists() and "listening" in (folder / "log").read_text()
    assert control("serve", "status", "--pidfile", "pid", folder=folder).returncode == 0
    assert control("serve", "stop", "--pidfile", "pid", folder=folder).returncode == 0
    assert not (folder / "pid").exists()


def test_the_run_folder_keeps_the_pid_file_in_reach(folder, watch):
    run = folder / "run"
    run.mkdir()
    result = run_mudd("start", "serve", "--world", TEST_WORLD, "--telnet", "off", "--rundir", "run", "--pidfile", "pid",
                      folder=folder)
    assert result.returncode == 0, result.stderr
    process = watch((folder / "pid").read_text())
    assert os.readlink(f"/proc/{process.pid}/cwd") == str(run) and (run / "Data").is_dir()
    # Found by the lock of the data folder alone, too.
    assert control("serve", "status", "--rundir", run).answer["pid"] == process.pid
    assert control("serve", "stop", "--rundir", "run", folder=folder).returncode == 0
    assert not (folder / "pid").exists()


def failures(data, folder):
    """Starts that fail, by what they fail of: their options and status."""
    taken = socket.create_server(("127.0.0.1", 0))
    other = folder / "a file"
    other.write_text("")
    (folder / "wrong.yaml").write_text("limits:\n  idle: soon\n")
    broken = folder / "World"
    broken.mkdir()
    (broken / "broken.yaml").write_text("rooms:\n  - [\n")
    yield taken, ["--telnet", f"tcp:{taken.getsockname()[1]}:interface=127.0.0.1"], UNAVAILABLE
    yield taken, ["--telnet", "udp:7"], USAGE
    yield taken, ["--config", folder / "wrong.yaml"], CONFIGURATION
    yield taken, ["--world", broken], DAMAGED
    yield taken, ["--data", other], CANNOT_CREATE
    yield taken, ["--logfile", "/nonexistent/log"], CANNOT_CREATE
    yield taken, ["--profile", "/nonexistent/profile"], CANNOT_CREATE
    yield taken, ["--pidfile", "/nonexistent/pid"], CANNOT_CREATE
    yield taken, ["--user", "no-such-user"], NO_USER


def test_a_start_that_fails_says_why_as_in_the_foreground(data, folder):
    for taken, options, status in failures(data, folder):
        words = ["serve", "--data", data, "--world", TEST_WORLD, "--telnet", "off", *options]
        foreground = run_mudd(*words)
        background = run_mudd(*words, "--daemon")
        assert foreground.returncode == background.returncode == status, (options, background.stderr)
        assert background.stderr == foreground.stderr != "" and background.stdout == "", options
        started = run_mudd("start", *words)
        assert (started.returncode, started.stderr) == (status, foreground.stderr)
        assert not data.exists()
        taken.close() if options[0] == "--user" else None


def test_a_second_start_is_refused(start, data):
    process = start()
    result = run_mudd("start", "--data", data, "--world", TEST_WORLD, "--telnet", ANY_PORT)
    assert result.returncode == TRY_AGAIN and f"process {process.pid}" in result.stderr


@pytest.mark.parametrize(("option", "key"), [("--logfile", "log:\n  file"), ("--profile", "process:\n  profile")])
def test_a_daemon_has_no_output_to_write_to(data, folder, option, key):
    words = ["serve", "--daemon", "--data", data, "--world", TEST_WORLD, "--telnet", "off"]
    result = run_mudd(*words, f"{option}=-")
    assert result.returncode == USAGE and "no standard output" in result.stderr
    (folder / "mudd.yaml").write_text(f"{key}: \"-\"\n")
    result = run_mudd(*words, "--config", folder / "mudd.yaml")
    assert result.returncode == CONFIGURATION and "mudd.yaml:2:" in result.stderr
    assert not data.exists()


@pytest.fixture(scope="session")
def hold(tmp_path_factory):
    """A library that makes starts slow."""
    library = tmp_path_factory.mktemp("hold") / "hold.so"
    source = pathlib.Path(__file__).parent / "harness/hold.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True, timeout=START_LIMIT)
    return library


class SlowStart:
    """A start that does not get at the world's file until it may go on."""

    def __init__(self, folder, data, hold):
        pipe = folder / "hold"
        os.mkfifo(pipe)
        self.launcher = subprocess.Popen(
            [str(MUDD), "start", "--data", str(data), "--world", str(TEST_WORLD), "--telnet", "off"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "LD_PRELOAD": str(hold), "HOLD": str(pipe)})
        # The pipe opens for writing when the daemon has opened it for reading.
        self.writer = os.open(pipe, os.O_WRONLY)
        children = pathlib.Path(f"/proc/{self.launcher.pid}/task/{self.launcher.pid}/children").read_text().split()
        self.daemon = int(children[0])

    def go_on(self):
        os.close(self.writer)

    def end(self):
        output = self.launcher.communicate(timeout=START_LIMIT)
        return self.launcher.returncode, *output


def test_the_launcher_waits(folder, data, watch, hold):
    slow = SlowStart(folder, data, hold)
    process = watch(slow.daemon)
    # As long as the daemon waits, so does the launcher.
    assert slow.launcher.poll() is None
    slow.go_on()
    status, output, complaint = slow.end()
    assert status == 0 and f"process {slow.daemon}" in output, complaint
    assert control("serve", "stop", "--data", data).returncode == 0 and process.is_gone()


def test_a_daemon_that_dies_early_is_told(folder, data, watch, hold):
    slow = SlowStart(folder, data, hold)
    watch(slow.daemon).signal(signal.SIGKILL)
    os.close(slow.writer)
    status, output, complaint = slow.end()
    assert (status, output) == (128 + 9, "") and "killed by signal 9 before it was ready" in complaint


def test_who_gives_up_waiting_ends_the_start(folder, data, watch, hold):
    slow = SlowStart(folder, data, hold)
    process = watch(slow.daemon)

    def switches():
        """How often the daemon has gone to sleep, once it sleeps."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            facts = pathlib.Path(f"/proc/{slow.daemon}/status").read_text()
            if re.search(r"^State:\s*S", facts, re.M):
                return re.search(r"^voluntary_ctxt_switches:\s*(\d+)", facts, re.M)[1]
        raise AssertionError("it does not go to sleep")

    before = switches()
    slow.launcher.send_signal(signal.SIGINT)
    # It wakes up for the signal that the launcher has passed on, and waits on.
    limit = time.monotonic() + PATIENCE
    while switches() == before:
        assert time.monotonic() < limit
    slow.go_on()
    status, output, complaint = slow.end()
    assert process.is_gone()
    assert status == TRY_AGAIN and "stopped before it was ready" in complaint and "Door" not in output


# Supervisors


def supervised(words, environment, inherited=()):
    """Runs `mudd` with variables that name its process, as a supervisor sets them."""
    script = " ".join(f'{name}="{value}"' for name, value in environment.items())
    line = " ".join(f"'{word}'" for word in [MUDD, *words])
    redirections = " ".join(f"{3 + index}<&{number}" for index, number in enumerate(inherited))
    return subprocess.Popen(
        ["bash", "-c", f"exec {redirections}; {script} exec {line}"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, pass_fds=inherited)


def test_a_supervisor_is_told_whom_to_look_after(folder, data, connect, watch):
    path = folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener, socket.create_server(("127.0.0.1", 0)) as door:
        listener.bind(str(path))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        listener.settimeout(PATIENCE)

        def hear():
            """A message and the process that it comes from."""
            text, ancillary, *_ = listener.recvmsg(4096, socket.CMSG_SPACE(12))
            return text.decode(), int.from_bytes(ancillary[0][2][:4], "little")

        given = fcntl.fcntl(door, fcntl.F_DUPFD, 10)
        launcher = supervised(
            ["start", "serve", "--data", data, "--world", TEST_WORLD, "--telnet", "systemd:name=telnet"],
            {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "200000", "WATCHDOG_PID": "$$", "LISTEN_PID": "$$",
             "LISTEN_FDS": "1", "LISTEN_FDNAMES": "telnet"}, (given,))
        os.close(given)
        output, complaint = launcher.communicate(timeout=START_LIMIT)
        assert launcher.returncode == 0, complaint
        pid = int(re.search(r"process (\d+)", output)[1])
        watch(pid)
        assert hear() == (f"MAINPID={pid}", launcher.pid)
        text, sender = hear()
        assert text.startswith("READY=1\n") and sender == pid
        assert hear() == ("WATCHDOG=1", pid)
        connect(door.getsockname()[1]).create("Ada", PASSWORD)
        assert control("serve", "stop", "--data", data).returncode == 0


# Rights


@needs_root
def test_a_daemon_of_root_gives_its_rights_up(folder, connect, watch):
    root = folder / "root"
    (root / "tmp").mkdir(parents=True)
    (root / "tmp").chmod(0o777)
    folder.chmod(0o755)
    shutil.copytree(TEST_WORLD, root / "World")
    file = folder / "mudd.yaml"
    file.write_text(
        f"data: /tmp/Data\nworld: /World\ndoors:\n  telnet: tcp:1:interface=127.0.0.1\nprocess:\n"
        f"  pidfile: {folder}/mudd.pid\n  user: nobody\n  chroot: {root}\n")
    result = run_mudd("start", "serve", "--config", file)
    assert result.returncode == 0, result.stderr
    process = watch((folder / "mudd.pid").read_text())
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    assert re.search(r"Uid:\s+65534\s+65534\s+65534\s+65534", status) and re.search(r"CapEff:\s+0+\n", status)
    assert os.readlink(f"/proc/{process.pid}/root") == str(root)
    assert [os.readlink(f"/proc/{process.pid}/fd/{number}") for number in range(3)] == ["/dev/null"] * 3
    connect(1).create("Ada", PASSWORD)
    # What is inside the new root is found from outside.
    report = control("serve", "status", "--config", file)
    assert report.returncode == 0 and report.answer["game"]["pid"] == process.pid
    # Root takes over no options of another user's process, but those given here.
    again = control("serve", "restart", "--config", file)
    assert again.returncode == 0 and f"mudd start serve --config {file}" in again.stdout, again.stderr
    assert process.is_gone(0)
    second = watch((folder / "mudd.pid").read_text())
    assert control("serve", "stop", "--config", file).returncode == 0 and second.is_gone(0)
    # It cannot be removed from inside the new root; an empty file is nobody's.
    report = control("serve", "status", "--config", file)
    assert (folder / "mudd.pid").read_text() == "" and report.returncode == NOT_RUNNING
    assert "stale_pid" not in report.answer
    assert (root / "tmp" / "Data").stat().st_uid == NOBODY


# Status


def test_status_of_what_runs(start, data):
    process = start()
    report = control("serve", "status", "--data", data)
    assert report.returncode == 0 and report.answer["state"] == "running" and report.answer["pid"] == process.pid
    assert report.answer["game"]["doors"] == [{"name": "telnet", "host": "127.0.0.1", "port": process.port}]
    text = run_mudd("status", "--data", data).stdout
    assert f"process {process.pid}" in text and f"127.0.0.1:{process.port}" in text


def test_status_of_what_does_not_run(folder, data):
    report = control("serve", "status", "--data", data)
    assert (report.returncode, report.answer) == (NOT_RUNNING, {"name": "serve", "state": "stopped", "v": 1})
    assert control("echo", "status", folder=folder).returncode == NOT_RUNNING
    assert control("serve", "stop", "--data", data).returncode == 0
    assert control("serve", "reload", "--data", data).returncode == UNAVAILABLE
    assert control("nonsense").returncode == USAGE


def test_a_pid_file_without_a_lock_is_believed_nothing(data, folder):
    pid_file = folder / "mudd.pid"
    # A stranger has the number now: this very process, which must not be told to stop.
    pid_file.write_text(f"{os.getpid()}\n")
    report = control("serve", "status", "--data", data, "--pidfile", pid_file)
    assert report.returncode == NOT_RUNNING and report.answer["stale_pid"] == os.getpid()
    assert "left by a crash" in run_mudd("status", "--data", data, "--pidfile", pid_file).stdout
    stopped = control("serve", "stop", "--data", data, "--pidfile", pid_file)
    assert (stopped.returncode, stopped.stdout) == (0, "mudd serve is not running.\n")


def test_a_crash_is_seen(start, data, folder):
    pid_file = folder / "mudd.pid"
    process = start("--pidfile", str(pid_file))
    process.signal(signal.SIGKILL)
    assert process.is_gone()
    report = control("serve", "status", "--data", data, "--pidfile", pid_file)
    assert report.returncode == NOT_RUNNING and report.answer["stale_pid"] == process.pid
    second = start("--pidfile", str(pid_file))
    assert pid_file.read_text() == f"{second.pid}\n"


def test_status_that_cannot_be_known(data, folder):
    data.mkdir()
    lock = data / "lock"
    lock.write_text(f"{os.getpid()}\n")
    with open(lock) as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        report = control("serve", "status", "--data", data)
        assert (report.returncode, report.answer["state"]) == (UNKNOWN, "unknown")
        assert f"Process {os.getpid()} holds the lock and does not answer" in report.answer["message"]
        # A lock whose holder is not there, as one in another container.
        lock.write_text("4194305\n")
        assert control("serve", "status", "--data", data).returncode == UNKNOWN
        assert control("serve", "stop", "--data", data).returncode == TRY_AGAIN


def test_a_server_whose_lock_was_removed_is_still_found(start, data):
    process = start()
    (data / "lock").unlink()
    report = control("serve", "status", "--data", data)
    assert (report.returncode, report.answer["state"], report.answer["pid"]) == (0, "running", process.pid)
    assert f"nobody holds {data}/lock" in report.answer["message"]
    for verb in ("stop", "reload", "restart"):
        result = control("serve", verb, "--data", data)
        assert result.returncode == TRY_AGAIN and f"Process {process.pid} answers" in result.stderr
    assert not process.is_gone(0)


def test_nobody_is_stopped_in_anothers_place(data):
    data.mkdir()
    lock = data / "lock"
    with subprocess.Popen(["sleep", "600"]) as stranger, open(lock, "w") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        # Who holds the lock may write into it what it likes.
        lock.write_text(f"{stranger.pid}\n")
        stopped = control("serve", "stop", "--data", data)
        assert stopped.returncode == NO_PERMISSION and f"not the process {stranger.pid}" in stopped.stderr
        assert control("serve", "status", "--data", data).returncode == UNKNOWN
        assert stranger.poll() is None
        stranger.kill()


@needs_root
def test_status_that_may_not_be_known(start, data):
    process = start()
    data.parent.chmod(0o755)
    report = control("serve", "status", "--data", data, user="nobody")
    assert report.returncode == UNKNOWN and "Permission denied" in report.answer["message"]
    assert control("serve", "stop", "--data", data, user="nobody").returncode == NO_PERMISSION
    assert not process.is_gone(0)


def test_a_pid_file_alone_leads_to_its_own_data(folder, start, watch):
    # In the default data folder of the place where the commands are given another server runs.
    first = start()
    pid_file, configuration = folder / "b.pid", folder / "b.yaml"
    configuration.write_text("limits: {idle: 1h}\n")
    started = run_mudd(
        "start", "--data", folder / "b", "--world", TEST_WORLD, "--telnet", ANY_PORT, "--pidfile", pid_file, "--config",
        configuration)
    assert started.returncode == 0, started.stderr
    second = watch(pid_file.read_text())
    report = control("serve", "status", "--pidfile", pid_file, folder=folder)
    assert report.returncode == 0 and report.answer["pid"] == report.answer["game"]["pid"] == second.pid
    configuration.write_text("limits: {idle: 2h}\n")
    result = control("serve", "reload", "--pidfile", pid_file, folder=folder)
    assert (result.returncode, result.stdout) == (0, "limits.idle: 1h \u2192 2h\n")
    # Who names both has to name what belongs together.
    result = control("serve", "reload", "--pidfile", pid_file, "--data", folder / "Data")
    assert result.returncode == USAGE and "say with --data which one it has" in result.stderr
    assert f"Process {second.pid}" in result.stderr and f"process {first.pid} works" in result.stderr
    report = control("serve", "status", "--pidfile", pid_file, "--data", folder / "Data")
    assert report.returncode == UNKNOWN and "game" not in report.answer
    assert control("serve", "stop", "--pidfile", pid_file, folder=folder).returncode == 0
    assert second.is_gone(0) and not first.is_gone(0)


# Stopping


def test_a_server_that_does_not_stop_is_told(start, data):
    process = start()
    process.signal(signal.SIGSTOP)
    stopped = control("serve", "stop", "--data", data, "--timeout", "1s")
    assert stopped.returncode == TRY_AGAIN and "still runs after 1s" in stopped.stderr
    stopped = control("serve", "stop", "--data", data, "--timeout", "1s", "--kill")
    assert stopped.returncode == 0 and "was killed" in stopped.stdout and process.is_gone(0)


def test_a_server_that_hangs_at_its_end_is_still_found(start, data, folder):
    # The profile is written last of all, and goes to a full pipe here.
    pipe = folder / "profile"
    os.mkfifo(pipe)
    descriptor = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(descriptor, bytes(4096))
    process = start("--profile", str(pipe))
    stopped = control("serve", "stop", "--data", data, "--timeout", "2s")
    assert stopped.returncode == TRY_AGAIN and "world folded" in (data / "mudd.log").read_text()
    report = control("serve", "status", "--data", data)
    assert (report.returncode, report.answer["pid"]) == (UNKNOWN, process.pid)
    again = run_mudd("start", "--data", data, "--world", TEST_WORLD, "--telnet", ANY_PORT)
    assert again.returncode == TRY_AGAIN and f"process {process.pid}" in again.stderr
    stopped = control("serve", "stop", "--data", data, "--timeout", "1s", "--kill")
    assert stopped.returncode == 0 and "was killed" in stopped.stdout and process.is_gone(0)
    os.close(descriptor)


# Reloading


def test_reload_tells_what_has_changed(folder, data, start):
    file = folder / "mudd.yaml"
    file.write_text("limits:\n  idle: 1h\n")
    start("--config", file)
    file.write_text("limits:\n  idle: 2h\n")
    result = control("serve", "reload", "--data", data)
    assert (result.returncode, result.stdout) == (0, "limits.idle: 1h \u2192 2h\n")
    file.write_text("limits:\n  idle: soon\n")
    result = control("serve", "reload", "--data", data)
    assert result.returncode == CONFIGURATION and "mudd.yaml:2:9" in result.stderr


# Restarting


def test_restart_keeps_what_it_was_started_with(folder, data, connect, watch):
    shutil.copytree(TEST_WORLD, folder / "World")
    started = run_mudd(
        "serve", "--daemon", "--data", data, "--telnet", ANY_PORT, "--pidfile", "pid", folder=folder,
        environment={"MUDD_LIMITS_IDLE": "3h"})
    assert started.returncode == 0, started.stderr
    first = watch((folder / "pid").read_text())
    connect(int(re.search(r"telnet\s+\S+:(\d+)\s", started.stdout)[1])).create("Ada", PASSWORD)
    # From another folder, with other variables.
    result = control("serve", "restart", "--data", data, environment={"MUDD_LIMITS_IDLE": "5h"})
    assert result.returncode == 0, result.stderr
    assert f"mudd start serve --data {data} --telnet {ANY_PORT} --pidfile pid, in the folder {folder}" in result.stdout
    assert first.is_gone(0)
    second = watch((folder / "pid").read_text())
    assert os.readlink(f"/proc/{second.pid}/cwd") == str(folder)
    assert b"MUDD_LIMITS_IDLE=3h" in pathlib.Path(f"/proc/{second.pid}/environ").read_bytes().split(b"\0")
    connect(int(re.search(r"telnet\s+\S+:(\d+)\s", result.stdout)[1])).log_in("Ada", PASSWORD)
    # Once more, because the words of the process are others now.
    result = control("serve", "restart", "--data", data)
    assert result.returncode == 0 and second.is_gone(0), result.stderr
    watch((folder / "pid").read_text())
    assert control("serve", "stop", "--data", data).returncode == 0


def test_restart_leaves_a_server_alone_that_could_not_start_again(folder, data, start):
    file = folder / "mudd.yaml"
    file.write_text("")
    process = start("--config", file)
    file.write_text("limits:\n  idle: soon\n")
    # The file is not needed to find the server.
    result = control("serve", "restart", "--data", data)
    assert result.returncode == CONFIGURATION, result.stderr
    assert "mudd.yaml:2:9" in result.stderr and "goes on as it was" in result.stderr
    assert not process.is_gone(0)


def test_restart_tries_what_a_start_would_fail_by(folder, data, watch):
    with socket.create_server(("127.0.0.1", 0)) as free:
        own = f"tcp:{free.getsockname()[1]}:interface=127.0.0.1"
    file = folder / "mudd.yaml"

    def write(telnet=own, process="{}", log="{}"):
        file.write_text(f"world: {TEST_WORLD}\ndoors: {{telnet: '{telnet}'}}\nprocess: {process}\nlog: {log}\n")

    write()
    started = run_mudd("start", "--data", data, "--config", file)
    assert started.returncode == 0, started.stderr
    process = watch(re.search(r"process (\d+)", started.stdout)[1])
    with socket.create_server(("127.0.0.1", 0)) as other:
        for change, reason in (
            ({"telnet": f"tcp:{other.getsockname()[1]}:interface=127.0.0.1"}, "in use by another program"),
            ({"process": f"{{pidfile: {folder}/no/pid}}"}, f"The pid file {folder}/no/pid cannot be written"),
            ({"log": f"{{file: {folder}/no/log}}"}, f"The log {folder}/no/log cannot be opened"),
        ):
            write(**change)
            result = control("serve", "restart", "--data", data)
            assert result.returncode == CONFIGURATION and "goes on as it was" in result.stderr
            assert reason in result.stderr and not process.is_gone(0)
    # Its own port and lock are no obstacle.
    write()
    result = control("serve", "restart", "--data", data)
    assert result.returncode == 0 and process.is_gone(0), result.stderr
    watch(re.search(r"process (\d+)\.\n\n", result.stdout)[1])
    assert control("serve", "stop", "--data", data).returncode == 0


@needs_root
def test_restart_brings_nobody_back_as_root(folder, data, start):
    folder.chmod(0o755)
    process = start("--user", "nobody")
    file = folder / "mudd.yaml"
    file.write_text("limits: {idle: 2h}\n")
    for words, reason in (
        (["--data", data], "give --config FILE"), (["--data", data, "--config", file], "would come back as root"),
    ):
        result = control("serve", "restart", *words)
        assert result.returncode == USAGE and reason in result.stderr and not process.is_gone(0), result.stdout


def test_restart_leaves_the_foreground_to_others(server):
    result = control("serve", "restart", "--data", server.data)
    assert result.returncode == UNAVAILABLE and "does not run in the background" in result.stderr
    assert server.is_running()
    # To be stopped is no trouble.
    assert control("serve", "stop", "--data", server.data).returncode == 0
    assert server.wait() == 0


def test_restart_of_what_does_not_run_starts_it(folder, watch):
    shutil.copytree(TEST_WORLD, folder / "World")
    file = folder / "mudd.yaml"
    file.write_text(f"doors:\n  telnet: off\nprocess:\n  pidfile: {folder}/pid\n")
    result = control("serve", "restart", "--config", file, folder=folder)
    assert result.returncode == 0 and "it was not running" in result.stdout, result.stderr
    watch((folder / "pid").read_text())
    assert control("serve", "stop", "--config", file, folder=folder).returncode == 0


# Services


def test_a_service_in_the_background(folder, watch):
    result = run_mudd("start", "echo", "--listen", ANY_PORT, folder=folder)
    assert result.returncode == 0 and "mudd stop echo" in result.stdout, result.stderr
    process = watch((folder / "mudd-echo.pid").read_text())
    port = int(re.search(r"127\.0\.0\.1:(\d+)", result.stdout)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(b"hello")
        assert connection.recv(5) == b"hello"
    report = control("echo", "status", folder=folder)
    assert report.returncode == 0 and report.answer["pid"] == process.pid and report.answer["uptime_s"] >= 0
    (folder / "mudd-echo.log").rename(folder / "old.log")
    assert control("echo", "reload", folder=folder).returncode == 0
    result = control("echo", "restart", folder=folder)
    assert result.returncode == 0 and process.is_gone(0), result.stderr
    second = watch((folder / "mudd-echo.pid").read_text())
    assert control("echo", "stop", folder=folder).returncode == 0 and second.is_gone(0)
    assert sorted(path.name for path in folder.iterdir()) == ["mudd-echo.log", "old.log"]
    assert "stopped" in (folder / "mudd-echo.log").read_text()


def test_services_of_a_file_in_the_background(folder, watch):
    (folder / "services.yaml").write_text(
        f'services:\n  mirror:\n    kind: echo\n    options:\n      listen: "{ANY_PORT}"\n')
    result = run_mudd("start", "run", "services.yaml", folder=folder)
    assert result.returncode == 0 and "mudd stop run" in result.stdout, result.stderr
    process = watch((folder / "mudd-run.pid").read_text())
    assert control("run", "status", folder=folder).answer["pid"] == process.pid
    result = control("run", "restart", folder=folder)
    assert result.returncode == 0 and "mudd start run services.yaml, in" in result.stdout, result.stderr
    second = watch((folder / "mudd-run.pid").read_text())
    assert control("run", "stop", folder=folder).returncode == 0 and second.is_gone(0)


def test_a_daemon_hears_signals_that_its_starter_ignored(folder, watch):
    started = subprocess.run(
        ["nohup", MUDD, "start", "echo", "--listen", ANY_PORT], cwd=folder, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=START_LIMIT)
    assert started.returncode == 0, started.stderr
    process = watch((folder / "mudd-echo.pid").read_text())
    ignored = re.search(r"SigIgn:\s*(\w+)", pathlib.Path(f"/proc/{process.pid}/status").read_text())[1]
    assert int(ignored, 16) & (1 << signal.SIGHUP - 1) == 0
    assert control("echo", "stop", folder=folder).returncode == 0


def test_what_is_no_server_is_not_started(folder):
    for name in ("config", "nonsense", "start"):
        result = run_mudd("start", name, folder=folder)
        assert result.returncode == USAGE and name in result.stderr
    assert run_mudd("start", "echo", "--nonsense", folder=folder).returncode == USAGE
    help = run_mudd("start", "--help")
    assert help.returncode == 0 and "in the background" in help.stdout
    assert list(folder.iterdir()) == []
