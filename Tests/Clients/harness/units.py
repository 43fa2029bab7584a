"""A small stand-in for systemd: starts what the unit files say, as systemd would, without needing systemd to run.

It knows `ExecStart`, `ExecReload`, `Type=notify`, `WatchdogSec`, `UMask`, `LimitNOFILE`, and socket units, those that the service
requires and those that were enabled, with one `ListenStream` and a `FileDescriptorName`, and what operators add in folders
`UNIT.d`. As a program it is a `systemctl` for the folders of units that the variable UNITS names: `enable`, `disable`, `daemon-reload`, `start`, `stop`, `restart`, `reload`,
`is-active`. What runs is remembered in files in the first of these folders.
"""

import fcntl
import os
import pathlib
import re
import select
import shlex
import signal
import socket
import subprocess
import sys

START_LIMIT = 60
STOP_LIMIT = 60


def with_meanings(text, meanings):
    """A text with what is meant by its parts, which are looked for once: a port that is put in may contain another's digits."""
    table = dict(meanings)
    return re.sub("|".join(map(re.escape, table)), lambda match: table[match[0]], text) if table else text


def read_unit(*paths):
    """The settings of a unit: lists of values by section and name; an empty value forgets those before it."""
    sections, section = {}, None
    for line in "\n".join(pathlib.Path(path).read_text() for path in paths).splitlines():
        line = line.strip()
        if not line or line[0] in "#;":
            continue
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
            continue
        name, value = line.split("=", 1)
        section.setdefault(name, [])
        if value:
            section[name].append(value)
        else:
            section[name].clear()
    return sections


def last(section, name, otherwise=None):
    return section.get(name, [otherwise])[-1]


class Supervisor:
    """Runs one service unit with its socket unit."""

    def __init__(self, *folders, name="mudd", meanings=(), enabled=()):
        """`meanings` are pairs of what stands in the units, and what is meant; `enabled` names further sockets."""
        self.folders = [pathlib.Path(folder) for folder in folders]
        self.folder = self.folders[0]
        self.name = name
        self.meanings = meanings
        unit = self._read(f"{name}.service")
        self.service = unit["Service"]
        units = [*last(unit["Unit"], "Requires", "").split(), *enabled]
        if self._enabled.exists():
            units += self._enabled.read_text().split()
        self.sockets = [self._read(needed)["Socket"] for needed in dict.fromkeys(units) if needed.endswith(".socket")]
        self.messages = []
        self.process = None

    def _read(self, unit):
        own = next(folder / unit for folder in self.folders if (folder / unit).exists())
        return read_unit(own, *(path for folder in self.folders for path in sorted((folder / f"{unit}.d").glob("*.conf"))))

    def _mean(self, text):
        return with_meanings(text, self.meanings)

    def _words(self, name):
        return [self._mean(word) for word in shlex.split(last(self.service, name))]

    @property
    def _state(self):
        return self.folder / f"{self.name}.running"

    @property
    def _enabled(self):
        return self.folder / f"{self.name}.enabled"

    def enable(self, *sockets):
        """Has further sockets opened from the next start on."""
        self._enabled.write_text(" ".join(sockets))

    @property
    def pid(self):
        return int(self._state.read_text()) if self._state.exists() else None

    def open_sockets(self):
        opened = []
        for unit in self.sockets:
            host, port = self._mean(last(unit, "ListenStream")).rsplit(":", 1)
            opened.append((last(unit, "FileDescriptorName"), socket.create_server((host, int(port)), backlog=512)))
        return opened

    def start(self, sockets=None):
        """Starts the service, and waits until it says that it is ready."""
        sockets = self.open_sockets() if sockets is None else sockets
        path = self.folder / f"{self.name}.notify"
        path.unlink(missing_ok=True)
        watchdog = int(last(self.service, "WatchdogSec", "0")) * 1_000_000
        environment = {
            **os.environ, "NOTIFY_SOCKET": str(path), "LISTEN_FDS": str(len(sockets)),
            "LISTEN_FDNAMES": ":".join(name for name, _ in sockets), "WATCHDOG_USEC": str(watchdog)}
        limit, mask = last(self.service, "LimitNOFILE", "1024"), last(self.service, "UMask", "022")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
            listener.bind(str(path))

            # Out of the way of the numbers that they get.
            given = [fcntl.fcntl(each, fcntl.F_DUPFD, 20) for _, each in sockets]
            moves = " ".join(f"{3 + index}<&{number}" for index, number in enumerate(given))
            script = (
                f"exec {moves}; umask {mask}; ulimit -n {limit} 2>/dev/null; export LISTEN_PID=$$ WATCHDOG_PID=$$; "
                'exec "$@"')
            # Whoever waits for this program's output does not wait for the service.
            with open(self.folder / f"{self.name}.complaints", "wb") as complaints:
                process = subprocess.Popen(
                    ["bash", "-c", script, "bash", *self._words("ExecStart")], env=environment,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=complaints, start_new_session=True,
                    pass_fds=given)
            for number in given:
                os.close(number)
            while not any(message.startswith("READY=1") for message in self.messages):
                if not select.select([listener], [], [], 0.1)[0]:
                    if process.poll() is not None:
                        complaint = (self.folder / f"{self.name}.complaints").read_text()
                        raise SystemExit(f"{self.name}.service failed with status {process.returncode}: {complaint}")
                    continue
                self.messages.append(listener.recv(4096).decode())
        for _, each in sockets:
            each.close()
        self._state.write_text(str(process.pid))
        self.process = process

    def stop(self):
        pid = self.pid
        if pid is None:
            return
        descriptor = os.pidfd_open(pid)
        signal.pidfd_send_signal(descriptor, signal.SIGTERM)
        if not select.select([descriptor], [], [], STOP_LIMIT)[0]:
            raise SystemExit(f"{self.name}.service does not stop")
        os.close(descriptor)
        if self.process:
            self.process.wait()
        self._state.unlink()

    def reload(self):
        return subprocess.run(self._words("ExecReload"), stdin=subprocess.DEVNULL).returncode

    def is_active(self):
        try:
            return self.pid is not None and os.kill(self.pid, 0) is None
        except ProcessLookupError:
            return False


def main(words):
    words = [word for word in words if not word.startswith("-")]
    verb, units = words[0], {word.split(".")[0] for word in words[1:]}
    if verb == "daemon-reload" or "mudd" not in units:
        return 0
    supervisor = Supervisor(
        *os.environ["UNITS"].split(os.pathsep),
        meanings=[pair.split("=", 1) for pair in os.environ.get("UNIT_MEANINGS", "").split() if pair])
    match verb:
        case "enable":
            supervisor.enable(*(word for word in words[1:] if word.endswith(".socket")))
            supervisor = Supervisor(*supervisor.folders, meanings=supervisor.meanings)
            supervisor.start()
        case "start":
            supervisor.start()
        case "stop" | "disable":
            supervisor.stop()
        case "restart":
            supervisor.stop()
            supervisor.start()
        case "reload":
            return supervisor.reload()
        case "is-active":
            return 0 if supervisor.is_active() else 3
        case _:
            raise SystemExit(f"this systemctl knows no {verb}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
