"""OpenSSH's programs against a server of ours, each with files of its own and nothing of the user's."""

import pathlib
import re
import subprocess

from harness.server import ANY_PORT, COMMAND_LIMIT, Server
from harness.terminals import Pseudoterminal, program


class SSHServer(Server):
    """A server whose SSH door is open on a free port."""

    def __init__(self, data, options=(), door=ANY_PORT, **others):
        super().__init__(data, options=["--ssh", door, *options], **others)
        self.ssh_port = None

    def start(self):
        super().start()
        self.ssh_port = int(re.search(r"\bssh\s+\S+:(\d+)\s", self.table)[1])
        return self

    @property
    def host_key(self):
        return (self.data / "ssh/ssh_host_ed25519_key.pub").read_text().split()[:2]


class Person:
    """Somebody with a folder for keys and known hosts; `name` is whom they log in as."""

    def __init__(self, server, folder, name):
        self.server = server
        self.folder = pathlib.Path(folder)
        self.name = name
        self.known_hosts = self.folder / "known_hosts"
        self.key = self.folder / f"id_{name}"
        kind, blob = server.host_key
        self.known_hosts.write_text(f"[127.0.0.1]:{server.ssh_port} {kind} {blob}\n")

    def make_key(self, kind="ed25519"):
        """Makes a key and returns its public line."""
        subprocess.run(
            ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", f"{self.name}'s", "-f", str(self.key)], check=True,
            timeout=COMMAND_LIMIT)
        return self.key.with_name(self.key.name + ".pub").read_text().strip()

    def options(self, *more):
        words = ["-F", "/dev/null", "-o", f"UserKnownHostsFile={self.known_hosts}", "-o", "GlobalKnownHostsFile=/dev/null",
                 "-o", "StrictHostKeyChecking=yes", "-o", "IdentityAgent=none", *more]
        if self.key.exists():
            words += ["-i", str(self.key), "-o", "IdentitiesOnly=yes"]
        return words

    def run(self, *command, options=(), text="", batch=True):
        """Runs `ssh` without a terminal and returns what came of it."""
        words = [program("ssh"), *self.options(*options), "-p", str(self.server.ssh_port)]
        if batch:
            words += ["-o", "BatchMode=yes"]
        return subprocess.run(
            [*words, f"{self.name}@127.0.0.1", *command], input=text, capture_output=True, text=True,
            timeout=COMMAND_LIMIT)

    def terminal(self, *options, environment=None):
        """`ssh` under a terminal."""
        return Pseudoterminal(
            program("ssh"), *self.options(*options), "-p", str(self.server.ssh_port), f"{self.name}@127.0.0.1",
            environment=environment)

    def sftp(self, *lines):
        """Runs `sftp` with a script; the first line that fails ends it."""
        return subprocess.run(
            [program("sftp"), *self.options("-o", "BatchMode=yes"), "-b", "-", "-P", str(self.server.ssh_port),
             f"{self.name}@127.0.0.1"], input="\n".join(lines) + "\n", capture_output=True, text=True,
            timeout=COMMAND_LIMIT)

    def scp(self, source, target, *options):
        return subprocess.run(
            [program("scp"), *self.options("-o", "BatchMode=yes"), *options, "-P", str(self.server.ssh_port), source,
             target], capture_output=True, text=True, timeout=COMMAND_LIMIT)

    def remote(self, path):
        return f"{self.name}@127.0.0.1:{path}"
