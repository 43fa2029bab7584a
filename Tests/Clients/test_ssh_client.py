"""`mudd ssh` against OpenSSH's server, with OpenSSH's agent, and against our own."""

import contextlib
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import time

import pytest
from conftest import PASSWORD
from harness.server import COMMAND_LIMIT, MUDD
from harness.ssh import Person, SSHServer
from harness.telnet import PATIENCE
from harness.terminals import Pseudoterminal

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
USER = pwd.getpwuid(os.getuid()).pw_name

pytestmark = pytest.mark.skipif(not pathlib.Path(SSHD).exists(), reason="there is no sshd")


def keygen(path, *options, passphrase=""):
    subprocess.run(["ssh-keygen", "-q", "-N", passphrase, *options, "-f", str(path)], check=True, capture_output=True)
    return path


class OpenSSH:
    """An sshd of one's own, which lets in this process's user by one key."""

    def __init__(self, folder, *lines):
        self.folder = folder
        self.host_key = keygen(folder / "host", "-t", "ed25519")
        self.key = keygen(folder / "key", "-t", "ed25519")
        self.authorized = folder / "authorized"
        shutil.copy(folder / "key.pub", self.authorized)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        configuration = folder / "sshd_config"
        configuration.write_text("\n".join([
            f"Port {self.port}", "ListenAddress 127.0.0.1", f"HostKey {self.host_key}", "UsePAM no", "StrictModes no",
            f"PidFile {folder / 'pid'}", f"AuthorizedKeysFile {self.authorized}", "PasswordAuthentication no",
            "KbdInteractiveAuthentication no", "PermitRootLogin yes", "Subsystem sftp internal-sftp", *lines, ""]))
        with contextlib.suppress(OSError):
            # sshd wants it to be there; only root can make it.
            pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(configuration)], stderr=(folder / "sshd.log").open("wb"))
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            assert self.process.poll() is None, (folder / "sshd.log").read_text()
            time.sleep(0.05)
        raise AssertionError("sshd does not listen")

    def close(self):
        self.process.terminate()
        self.process.wait()

    def know(self):
        """Writes the host's key to the file of known hosts."""
        key = pathlib.Path(f"{self.host_key}.pub").read_text()
        (self.folder / "known").write_text(f"[127.0.0.1]:{self.port} {key}")

    @property
    def options(self):
        return ["--known-hosts", str(self.folder / "known"), "-p", str(self.port), f"{USER}@127.0.0.1"]

    def run(self, *command, options=(), script=b"", agent=None, key=True):
        """Runs `mudd ssh` without a terminal."""
        environment = {name: value for name, value in os.environ.items() if name != "SSH_AUTH_SOCK"}
        if agent:
            environment["SSH_AUTH_SOCK"] = agent
        identity = ["-i", str(self.key)] if key is True else ["-i", str(key)] if key else ["-i", "/nonexistent"]
        return subprocess.run(
            [str(MUDD), "ssh", *identity, *options, *self.options, *command], input=script, capture_output=True,
            timeout=COMMAND_LIMIT, env=environment, start_new_session=True)


@pytest.fixture
def openssh(folder):
    running = OpenSSH(folder)
    running.know()
    yield running
    running.close()


def test_a_command_with_its_output_and_its_status(openssh):
    done = openssh.run("--", "cat; echo problem >&2; exit 7", script=b"in and out\n")
    assert (done.stdout, done.stderr, done.returncode) == (b"in and out\n", b"problem\n", 7)


def test_much_goes_through_unharmed(openssh):
    octets = os.urandom(5_000_000)
    assert openssh.run("cat", script=octets).stdout == octets


def test_a_command_that_a_signal_ends(openssh):
    done = openssh.run("--", "kill -TERM $$")
    assert done.returncode == 255 and b"TERM" in done.stderr


def test_a_subsystem(openssh):
    # sftp-server forgets its answers at the end of its input, so that this stays open.
    client = subprocess.Popen(
        [str(MUDD), "ssh", "-i", str(openssh.key), "-s", *openssh.options, "sftp"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE)
    try:
        # SSH_FXP_INIT of version 3, and SSH_FXP_VERSION.
        client.stdin.write(bytes([0, 0, 0, 5, 1, 0, 0, 0, 3]))
        client.stdin.flush()
        assert client.stdout.read(9)[4:] == bytes([2, 0, 0, 0, 3])
        client.stdin.close()
        assert client.wait(PATIENCE) == 0
    finally:
        client.kill()
        client.stdout.close()


def test_a_host_reached_through_the_server(openssh):
    done = openssh.run(options=["-W", f"127.0.0.1:{openssh.port}"])
    assert done.stdout.startswith(b"SSH-2.0-OpenSSH")


@pytest.mark.parametrize("kind", [["-t", "rsa", "-b", "2048"], ["-t", "ecdsa", "-b", "521"], ["-t", "ed25519"]])
def test_keys_of_an_agent(openssh, kind):
    key = keygen(openssh.folder / "other", *kind)
    shutil.copy(f"{key}.pub", openssh.authorized)
    socket_path = str(openssh.folder / "agent")
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", socket_path], stdout=subprocess.DEVNULL)
    try:
        while not pathlib.Path(socket_path).exists():
            time.sleep(0.02)
        subprocess.run(
            ["ssh-add", "-q", str(key)], check=True, env={**os.environ, "SSH_AUTH_SOCK": socket_path}, capture_output=True)
        assert openssh.run("echo in", agent=socket_path, key=None).stdout == b"in\n"
    finally:
        agent.terminate()
        agent.wait()


@pytest.mark.parametrize("kind", [["-t", "rsa", "-b", "3072"], ["-t", "rsa", "-b", "2048", "-m", "PEM"], ["-t", "ecdsa"]])
def test_key_files(openssh, kind):
    key = keygen(openssh.folder / "other", *kind)
    shutil.copy(f"{key}.pub", openssh.authorized)
    assert openssh.run("echo in", key=key).stdout == b"in\n"


def test_a_host_that_is_not_known_is_refused_without_a_terminal(openssh):
    (openssh.folder / "known").unlink()
    done = openssh.run("echo in")
    assert done.returncode == 255 and b"not known" in done.stderr and not done.stdout
    assert openssh.run("echo in", options=["--unknown", "trust"]).stdout == b"in\n"
    assert openssh.run("echo in").stdout == b"in\n"
    found = subprocess.run(
        ["ssh-keygen", "-F", f"[127.0.0.1]:{openssh.port}", "-f", str(openssh.folder / "known")], capture_output=True)
    assert found.returncode == 0


def test_a_host_whose_key_has_changed_is_refused_with_the_line(openssh):
    other = keygen(openssh.folder / "other", "-t", "ed25519")
    key = pathlib.Path(f"{other}.pub").read_text()
    (openssh.folder / "known").write_text(f"# mine\n[127.0.0.1]:{openssh.port} {key}")
    done = openssh.run("echo in", options=["--unknown", "trust"])
    assert done.returncode == 255 and not done.stdout
    assert b"known:2" in done.stderr and b"listening in" in done.stderr


def test_whoever_has_no_key_is_told_what_would_be_taken(openssh):
    done = openssh.run("echo in", key=None)
    assert done.returncode == 255 and b"publickey" in done.stderr and not done.stdout
    assert b"/nonexistent: there is no such file" in done.stderr


def test_a_public_key_is_no_private_one(openssh):
    done = openssh.run("echo in", key=f"{openssh.key}.pub")
    assert done.returncode == 255 and b"this is a public key" in done.stderr and not done.stdout


@pytest.mark.parametrize(("says", "answer"), [
    (b"\xff\xfd\x18\xff\xfb\x01", b"speaks Telnet"), (b"220 mail.example\r\n", "it says \u201c220 mail.example\u201d".encode())])
def test_a_server_of_another_kind_is_left_with_what_it_said(says, answer):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        running = subprocess.Popen(
            [str(MUDD), "ssh", "-p", str(port), "127.0.0.1"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        with listener.accept()[0] as client:
            client.sendall(says)
            _, errors = running.communicate(timeout=COMMAND_LIMIT)
    assert running.returncode == 255 and answer in errors


def test_nobody_is_there():
    done = subprocess.run(
        [str(MUDD), "ssh", "-p", "1", "127.0.0.1"], capture_output=True, timeout=COMMAND_LIMIT, stdin=subprocess.DEVNULL)
    assert done.returncode == 255 and done.stderr


def test_keys_are_renewed_on_the_way(folder):
    running = OpenSSH(folder, "RekeyLimit 1M")
    try:
        running.know()
        octets = os.urandom(6_000_000)
        assert running.run("cat", script=octets).stdout == octets
    finally:
        running.close()


@pytest.mark.parametrize("line", [
    "KexAlgorithms curve25519-sha256", "KexAlgorithms ecdh-sha2-nistp521", "Ciphers aes256-gcm@openssh.com",
    "Ciphers aes128-ctr\nMACs hmac-sha2-512-etm@openssh.com", "Ciphers chacha20-poly1305@openssh.com"])
def test_algorithms(folder, line):
    running = OpenSSH(folder, line)
    try:
        running.know()
        assert running.run("echo in").stdout == b"in\n"
    finally:
        running.close()


def test_a_shell_at_a_terminal(openssh):
    (openssh.folder / "known").unlink()
    locked = keygen(openssh.folder / "locked", "-t", "ed25519", passphrase="open sesame")
    shutil.copy(f"{locked}.pub", openssh.authorized)
    client = Pseudoterminal(
        str(MUDD), "ssh", "-i", str(locked), *openssh.options, environment={"TERM": "vt100", "SSH_AUTH_SOCK": ""})
    try:
        client.expect("fingerprint:")
        client.type("perhaps")
        client.expect("fingerprint:")
        client.type("yes")
        client.expect("Passphrase of")
        assert client.child.waitnoecho(PATIENCE)
        client.type("wrong")
        client.expect("not right")
        client.type("open sesame")
        client.type("PS1='here> '; stty size; echo $TERM")
        client.expect("vt100")
        client.child.setwinsize(30, 100)
        # It comes to the shell a moment later.
        client.type("until stty size | grep -x '30 100'; do :; done")
        client.expect(r"[\r\n]30 100")
        client.type("~?")
        client.expect("renew the keys")
        client.type("~Recho still here")
        client.expect("still here")
        client.type("exit 5")
        client.child.wait()
        assert client.child.exitstatus == 5
        assert "open sesame" not in client.raw
    finally:
        client.close()


def test_the_connection_can_be_ended_at_a_terminal(openssh):
    client = Pseudoterminal(
        str(MUDD), "ssh", "-i", str(openssh.key), *openssh.options, environment={"TERM": "vt100", "SSH_AUTH_SOCK": ""})
    try:
        client.type("PS1='here> '; echo 'be'gun")
        client.expect("begun")
        client.type("~.")
        client.expect("The connection is closed")
        client.child.wait()
        assert client.child.exitstatus == 255
    finally:
        client.close()


def test_a_server_behind_another(openssh, folder):
    (folder / "second").mkdir()
    second = OpenSSH(folder / "second")
    try:
        keys = [pathlib.Path(f"{one.host_key}.pub").read_text() for one in (openssh, second)]
        (folder / "known").write_text(
            f"[127.0.0.1]:{openssh.port} {keys[0]}[127.0.0.1]:{second.port} {keys[1]}")
        shutil.copy(f"{openssh.key}.pub", second.authorized)
        octets = os.urandom(1_000_000)
        second.folder = folder
        done = second.run(
            "cat", options=["-J", f"{USER}@127.0.0.1:{openssh.port}"], script=octets, key=openssh.key)
        assert done.stdout == octets
    finally:
        second.close()


# Our own server


class OurSSH(Pseudoterminal):
    """`mudd ssh` at our server, under a terminal."""

    def __init__(self, person, *options):
        super().__init__(
            str(MUDD), "ssh", "-i", str(person.key), "--known-hosts", str(person.known_hosts), *options, "-p",
            str(person.server.ssh_port), f"{person.name}@127.0.0.1", environment={"SSH_AUTH_SOCK": ""})


@pytest.fixture
def ada(data, folder):
    with SSHServer(data) as running:
        running.make_accounts(["Ada"], PASSWORD)
        yield Person(running, folder, "ada")


def test_a_player_comes_in_by_password(ada):
    client = OurSSH(ada)
    try:
        client.expect("(Password|password)[^:]*:")
        assert client.child.waitnoecho(PATIENCE)
        client.type(PASSWORD)
        client.expect("Great Hall")
        client.type("say hello")
        client.expect('You say, "hello')
        client.type("quit")
        client.expect("Goodbye")
        client.child.wait()
        assert client.child.exitstatus == 0
        assert PASSWORD not in client.raw
    finally:
        client.close()


def test_a_player_comes_in_by_key_and_runs_one_command(ada):
    line = ada.make_key()
    assert ada.server.admin("accounts", "add-key", "Ada", line).returncode == 0
    done = subprocess.run(
        [str(MUDD), "ssh", "-i", str(ada.key), "--known-hosts", str(ada.known_hosts), "-p", str(ada.server.ssh_port),
         "ada@127.0.0.1", "look"], capture_output=True, timeout=COMMAND_LIMIT, stdin=subprocess.DEVNULL,
        start_new_session=True)
    assert done.returncode == 0 and b"Great Hall" in done.stdout
    # The keys that the server announced were proven and written down.
    assert "ssh-rsa" in ada.known_hosts.read_text()
