"""Starts and stops the programs under test.

`mudd` and `mud-admin` are taken from `.build/release`; the environment variables MUDD_BIN and MUD_ADMIN_BIN name
others.
"""

import json
import os
import pathlib
import re
import selectors
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
MUDD = pathlib.Path(os.environ.get("MUDD_BIN", ROOT / ".build/release/mudd"))
MUD_ADMIN = pathlib.Path(os.environ.get("MUD_ADMIN_BIN", ROOT / ".build/release/mud-admin"))
STARTER_WORLD = ROOT / "World"
TEST_WORLD = pathlib.Path(__file__).resolve().parents[1] / "World"

# Seconds; a busy machine may need most of them, a hung server is told from it all the same.
START_LIMIT = 60
STOP_LIMIT = 30
COMMAND_LIMIT = 60

ANY_PORT = "tcp:0:interface=127.0.0.1"


class ServerFailed(Exception):
    """The server ended before it was ready."""

    def __init__(self, status, complaint):
        super().__init__(f"mudd ended with status {status}: {complaint}")
        self.status = status
        self.complaint = complaint


class Server:
    """One `mudd serve` on a data folder."""

    def __init__(self, data, world=TEST_WORLD, telnet=ANY_PORT, options=(), environment=None):
        self.data = pathlib.Path(data)
        self.arguments = [str(MUDD), "serve", "--data", str(data), "--world", str(world)]
        if telnet:
            self.arguments += ["--telnet", telnet]
        self.arguments += options
        # The tests type faster than any player; those of the limit ask for it.
        self.environment = {"MUDD_LIMITS_LINES": "0", **os.environ, **(environment or {})}
        self.process = None
        self.table = ""
        self.port = None
        self.claim_code = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.end()

    @property
    def pid(self):
        return self.process.pid

    def launch(self):
        """Starts the process and waits for nothing."""
        with open(self._complaints, "wb") as complaints:
            self.process = subprocess.Popen(
                self.arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints,
                env=self.environment)

    def start(self):
        """Starts the server and waits until its table of doors stands there."""
        self.launch()
        try:
            self.table = self._read_table()
        except BaseException:
            self.kill()
            raise
        door = re.search(r"telnet\s+\S+:(\d+)\s", self.table)
        claim = re.search(r"\bclaim ([A-Z0-9]{4}(?:-[A-Z0-9]{4})+)", self.table)
        self.port = int(door[1]) if door else None
        self.claim_code = claim[1] if claim else None
        return self

    @property
    def _complaints(self):
        return self.data.parent / (self.data.name + ".stderr")

    def complaint(self):
        """What the last run wrote to its standard error."""
        return self._complaints.read_text(errors="replace")

    def _read_table(self):
        text = b""
        deadline = time.monotonic() + START_LIMIT
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while b"Ctrl-C stops" not in text:
                if not selector.select(max(0, deadline - time.monotonic())):
                    raise TimeoutError(f"mudd was not ready after {START_LIMIT} s; it printed {text!r}")
                more = os.read(self.process.stdout.fileno(), 65536)
                if not more:
                    status = self.process.wait(STOP_LIMIT)
                    raise ServerFailed(status, self.complaint())
                text += more
        return text.decode()

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def strike(self):
        """Kills the process this instant; `kill` has to follow."""
        os.kill(self.process.pid, signal.SIGKILL)

    def kill(self):
        """Ends the process at once, as a crash of the machine's power would for all it can tell."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(STOP_LIMIT)
        self.process.stdout.close()

    def stop(self, with_signal=signal.SIGTERM):
        """Asks the server to stop and returns its exit status."""
        self.process.send_signal(with_signal)
        return self.wait()

    def wait(self):
        status = self.process.wait(STOP_LIMIT)
        self.process.stdout.close()
        return status

    def end(self):
        """Stops whatever still runs; for the end of a test."""
        if self.is_running():
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.kill()

    def memory(self):
        """Resident memory in octets."""
        pages = int(pathlib.Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE")

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def admin(self, *words, text=None, json_answer=False):
        return admin(self.data, *words, text=text, json_answer=json_answer)

    def make_accounts(self, names, password, role=None):
        for name in names:
            options = ["--role", role] if role else []
            answer = self.admin("accounts", "create", name, "--password-stdin", *options, text=password + "\n")
            assert answer.returncode == 0, answer.stderr


def admin(data, *words, text=None, json_answer=False):
    """Runs `mud-admin`; with `json_answer` the result's `answer` is what it printed."""
    words = [str(MUD_ADMIN), *words, "--data", str(data)] + (["--json"] if json_answer else [])
    result = subprocess.run(
        words, input=text if text is not None else "", capture_output=True, text=True, timeout=COMMAND_LIMIT)
    if json_answer:
        result.answer = json.loads(result.stdout)
    return result


def run_mudd(*words, user=None, folder=None, environment=None):
    """Runs `mudd` to its end: for starts that must fail, for daemons, and for what is done to them."""
    return subprocess.run(
        [str(MUDD), *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=START_LIMIT,
        user=user, cwd=folder, env={**os.environ, **(environment or {})})


def control(name, verb="status", *words, **options):
    """Runs `mudd VERB NAME`; the result of a status has the report as `answer`."""
    result = run_mudd(verb, name, *words, *(["--json"] if verb == "status" else []), **options)
    if verb == "status" and result.stdout:
        result.answer = json.loads(result.stdout)
    return result
