"""Many starts and stops: nothing may be left of any of them.

MUD_STARTS says how many (20 unless given).
"""

import os
import pathlib
import re

import pytest
from harness.server import ANY_PORT, TEST_WORLD, control, run_mudd

STARTS = int(os.environ.get("MUD_STARTS", 20))


def processes_below(folder):
    """The processes whose words name the folder, or that stand in it."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
            if os.fsencode(folder) in words or os.readlink(entry / "cwd").startswith(str(folder)):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def sockets_below(folder):
    return [line for line in pathlib.Path("/proc/net/unix").read_text().splitlines() if str(folder) in line]


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# Pollers, timers and events: a library's own thread makes some when it first needs them, a moment before or after the game is
# ready. Files, pipes and sockets are the same each time.
LATE = "anon_inode:"


def descriptors(pid):
    """What a process has open, without the numbers that differ each time."""
    links = []
    for entry in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        links.append(re.sub(r"\d+", "", os.readlink(entry)))
    return sorted(link for link in links if not link.startswith(LATE))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("serve", ["--data", "Data", "--world", TEST_WORLD, "--telnet", ANY_PORT, "--pidfile", "pid", "--profile", "profile"]),
        ("echo", ["--listen", ANY_PORT, "--listen", "unix:echo.sock", "--pidfile", "pid"]),
    ],
)
def test_nothing_is_left(folder, name, options):
    left, opened = None, None
    for cycle in range(STARTS):
        started = run_mudd("start", name, *options, folder=folder)
        assert started.returncode == 0, (cycle, started.stderr)
        pid = int((folder / "pid").read_text())
        assert processes_below(folder) == [pid], cycle
        # The first start makes a world, the others read one.
        if cycle > 0:
            now = descriptors(pid)
            opened = opened or now
            assert now == opened, cycle
        words = ["--data", "Data"] if name == "serve" else []
        stopped = control(name, "stop", *words, "--pidfile", "pid", folder=folder)
        assert stopped.returncode == 0 and f"process {pid}" in stopped.stdout, (cycle, stopped.stderr)
        assert processes_below(folder) == [] and sockets_below(folder) == [], cycle
        left = left or files(folder)
        assert files(folder) == left, cycle
    assert not any(path.is_socket() for path in folder.rglob("*")) and not (folder / "pid").exists()
