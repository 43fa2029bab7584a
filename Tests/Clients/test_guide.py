"""The operator's guide, followed step by step in a temporary folder.

The blocks of Deploy/README.md that are marked `tested` are run in their order, with the paths of the machine moved below the
folder. `sudo`, `systemctl` and what else would change the machine are stand-ins; `systemctl` runs the game by its units.
"""

import os
import re
import socket
import subprocess
import sys

import pytest
from harness.server import MUDD, ROOT, admin
from harness.telnet import TelnetClient
from harness.units import Supervisor, with_meanings

GUIDE = ROOT / "Deploy" / "README.md"
PASSWORD = "correct horse"
LIMIT = 120

STAND_INS = {
    # Who one becomes does not matter below a folder of one's own.
    "sudo": 'if [ "$1" = -u ]; then shift 2; fi\nexec "$@"',
    "systemctl": f'exec {sys.executable} "{ROOT}/Tests/Clients/harness/units.py" "$@"',
    "systemd-sysusers": "exit 0",
    "chown": "exit 0",
    "git": '[ "$1" = pull ]',
    # It is built already, and that as often as it is tested.
    "make": 'if [ "$1" = build ]; then exit 0; fi\nexec /usr/bin/make "$@"',
}


def blocks():
    """The tested blocks, each with the line it begins at."""
    text = GUIDE.read_text()
    for match in re.finditer(r"^```sh tested\n(.*?)^```$", text, re.M | re.S):
        yield text.count("\n", 0, match.start()) + 2, match[1]


class Machine:
    """A folder that stands for the machine."""

    def __init__(self, folder):
        self.folder = folder
        free = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
        self.port, other, self.ssh_port = (each.getsockname()[1] for each in free)
        for each in free:
            each.close()
        tools = folder / "tools"
        tools.mkdir()
        for name, text in STAND_INS.items():
            (tools / name).write_text(f"#!/bin/sh\n{text}\n")
            (tools / name).chmod(0o755)
        self.clone = folder / "clone"
        self.clone.mkdir()
        for entry in ROOT.iterdir():
            if entry.name not in (".git", "Data"):
                (self.clone / entry.name).symlink_to(entry)
        # What StateDirectory= makes.
        (folder / "var/lib/mudd/backups").mkdir(parents=True)
        (folder / "var/lib/mudd").chmod(0o700)
        self.meanings = [("0.0.0.0", "127.0.0.1"), ("4000", str(self.port)), ("4001", str(other)),
                         ("4022", str(self.ssh_port))] + [
            (place, f"{folder}{place}") for place in ("/usr/local", "/etc/mudd", "/etc/systemd", "/var/lib")
        ] + [("file: journal", f"file: {folder}/journal")]
        self.units = [folder / "usr/local/lib/systemd/system", folder / "etc/systemd/system"]
        self.environment = {
            **os.environ, "PATH": f"{tools}:{folder}/usr/local/bin:{os.environ['PATH']}", "DESTDIR": str(folder),
            "BUILT": str(MUDD.parent), "UNITS": ":".join(map(str, self.units)),
            "UNIT_MEANINGS": " ".join(f"{old}={new}" for old, new in self.meanings if " " not in old)}
        # The SSH door is opened as the guide says.
        self.environment.pop("MUDD_DOORS_SSH", None)

    @property
    def data(self):
        return self.folder / "var/lib/mudd"

    def run(self, block):
        return subprocess.run(
            ["sh", "-eu", "-c", with_meanings(block, self.meanings)], input=PASSWORD + "\n", cwd=self.clone, env=self.environment, timeout=LIMIT,
            capture_output=True, text=True)

    def close(self):
        if (self.units[0] / "mudd.service").exists():
            Supervisor(*self.units, meanings=self.meanings).stop()
        subprocess.run([MUDD, "stop", "--data", self.clone / "data", "--kill"], capture_output=True)


@pytest.fixture
def machine(folder):
    made = Machine(folder)
    yield made
    made.close()


def test_the_guide_works(machine):
    seen = []
    for line, block in blocks():
        result = machine.run(block)
        assert result.returncode == 0, f"{GUIDE.name}:{line}: {result.stdout}{result.stderr}"
        seen.append(block)
        if "accounts create" in block:
            client = TelnetClient(machine.port)
            client.log_in("ada", PASSWORD)
            client.quit()
            with socket.create_connection(("127.0.0.1", machine.ssh_port), LIMIT) as door:
                assert door.recv(8) == b"SSH-2.0-"
        if "tee -a" in block:
            assert "limits.idle: 1h \u2192 2h" in result.stdout
        if "mudd stop" in block:
            assert "has stopped" in result.stdout and not (machine.clone / "data/control.sock").exists()
    assert len(seen) == 11, "a block was added or taken away: is it marked, and does it do what it should?"
    # After back-up, restore and upgrade the owner is still there.
    accounts = admin(machine.data, "accounts", "list", json_answer=True).answer["accounts"]
    assert [(row["name"], row["role"]) for row in accounts] == [("Ada", "owner")]
    assert (machine.data / "aside/world.sqlite").exists() and (machine.data / "backups/before-upgrade.sqlite").exists()


def test_no_block_of_the_guide_is_left_out():
    text = GUIDE.read_text()
    guide = text[: text.index("\n## Reference")]
    assert re.findall(r"^```(?!sh tested$)\S.*$", guide, re.M) == []


def test_what_is_installed_needs_no_compiler(machine):
    assert machine.run("make install").returncode == 0
    installed = machine.folder / "usr/local/lib/mudd"
    # Only the libraries of Swift are taken along, those that the program names.
    names = {path.name for path in installed.iterdir()}
    assert {"mudd", "mud-admin", "libswiftCore.so"} <= names
    assert all(name.startswith("lib") and ".so" in name for name in names - {"mudd", "mud-admin"})
    needed = subprocess.run(["ldd", installed / "mudd"], capture_output=True, text=True, check=True).stdout
    swift = set(re.findall(r"(\S+) => \S*/lib/swift/linux/", needed))
    assert swift <= names
    assert os.readlink(machine.folder / "usr/local/bin/mudd") == "../lib/mudd/mudd"
    # A second time is as good as the first.
    assert machine.run("make install").returncode == 0


def test_an_installation_without_programs_is_refused(machine):
    machine.environment["BUILT"] = str(machine.folder)
    result = machine.run("make install")
    assert result.returncode != 0 and "run make build first" in result.stderr
    assert not (machine.folder / "usr").exists()
