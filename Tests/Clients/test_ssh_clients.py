"""The SSH door with the clients that people have besides OpenSSH's: PuTTY, dropbear, paramiko, asyncssh; and ssh-audit."""

import asyncio
import io
import itertools
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import time

import asyncssh
import paramiko
import pytest
from conftest import PASSWORD
from harness.server import COMMAND_LIMIT
from harness.ssh import SSHServer
from harness.ssh_wire import Wire
from harness.telnet import PATIENCE
from harness.terminals import SEQUENCE, Pseudoterminal, program

# ML-KEM came to OpenSSL's libcrypto with 3.5, and this interpreter uses the system's as the server does.
HAS_POST_QUANTUM = ssl.OPENSSL_VERSION_INFO >= (3, 5)

HOST_KEYS = {"ed25519": 256, "ecdsa": 256, "ecdsa-384": 384, "ecdsa-521": 521, "rsa": 2048}


@pytest.fixture(scope="module")
def server():
    """A server with a host key of each type, and two players who have passwords and the same key."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="mudd-"))
    keys = path / "Data/ssh"
    keys.mkdir(parents=True)
    for name, bits in HOST_KEYS.items():
        subprocess.run(
            ["ssh-keygen", "-q", "-t", name.split("-")[0], "-b", str(bits), "-N", "", "-f", str(keys / f"ssh_host_{name}_key")],
            check=True, timeout=COMMAND_LIMIT)
    with SSHServer(path / "Data") as running:
        running.make_accounts(["Ada", "Ben"], PASSWORD)
        running.key = asyncssh.generate_private_key("ssh-ed25519")
        for name in ("Ada", "Ben"):
            line = running.key.export_public_key().decode().strip()
            assert running.admin("accounts", "add-key", name, line).returncode == 0
        public = [asyncssh.read_public_key(file) for file in sorted(keys.glob("*.pub"))]
        running.known_hosts = public, [], []
        running.fingerprint = asyncssh.read_public_key(keys / "ssh_host_ed25519_key.pub").get_fingerprint()
        yield running
    shutil.rmtree(path)


@pytest.fixture
def page(folder):
    path = folder / "page.html"
    path.write_bytes(os.urandom(100_000))
    return path


# PuTTY


@pytest.fixture
def putty(server, folder):
    """Runs one of PuTTY's programs, which keep what they know below the home folder."""

    def run(name, *words):
        return subprocess.run(
            [program(name), "-batch", "-P", str(server.ssh_port), "-hostkey", server.fingerprint, *words],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=COMMAND_LIMIT,
            env={**os.environ, "HOME": str(folder)})

    return run


def test_plink_runs_a_command(putty):
    done = putty("plink", "-ssh", "-pw", PASSWORD, "ada@127.0.0.1", "look")
    assert done.returncode == 0, done.stderr
    assert "Great Hall" in done.stdout and "\x1b" not in done.stdout
    assert putty("plink", "-ssh", "-pw", PASSWORD, "ada@127.0.0.1", "frobnicate").returncode == 1
    refused = putty("plink", "-ssh", "-pw", "wrong", "ada@127.0.0.1", "look")
    assert refused.returncode == 1 and "Great Hall" not in refused.stdout


def test_plink_has_a_key_and_a_terminal(server, folder):
    key = folder / "key.ppk"
    (folder / "none").write_text("")
    subprocess.run(
        [program("puttygen"), "-q", "-t", "ed25519", "-o", str(key), "--new-passphrase", str(folder / "none")], check=True,
        timeout=COMMAND_LIMIT)
    line = subprocess.run([program("puttygen"), str(key), "-L"], capture_output=True, text=True, check=True).stdout
    assert server.admin("accounts", "add-key", "Ada", line.strip()).returncode == 0
    client = Pseudoterminal(
        program("plink"), "-ssh", "-no-antispoof", "-i", str(key), "-hostkey", server.fingerprint, "-P", str(server.ssh_port),
        "ada@127.0.0.1", environment={"HOME": str(folder)})
    try:
        client.expect("Great Hall")
        client.type("say by putty")
        client.expect('You say, "by putty')
        client.type("quit")
        client.expect("Goodbye")
        client.child.wait()
        assert client.child.exitstatus == 0
    finally:
        client.close()


def test_psftp_copies_files(putty, folder, page):
    script = folder / "script"
    script.write_text(
        f"cd homepage\nput {page} putty.html\nls\nmv putty.html moved.html\nget moved.html {folder}/back.html\nrm moved.html\n")
    done = putty("psftp", "-pw", PASSWORD, "-b", str(script), "ada@127.0.0.1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "putty.html" in done.stdout
    assert (folder / "back.html").read_bytes() == page.read_bytes()


@pytest.mark.parametrize("protocol", ["-sftp", "-scp"])
def test_pscp_copies_files(putty, folder, page, protocol):
    done = putty("pscp", protocol, "-pw", PASSWORD, str(page), "ada@127.0.0.1:homepage/pscp.html")
    assert done.returncode == 0, done.stderr
    done = putty("pscp", protocol, "-pw", PASSWORD, "ada@127.0.0.1:homepage/pscp.html", str(folder / "back"))
    assert done.returncode == 0, done.stderr
    assert (folder / "back").read_bytes() == page.read_bytes()


# dropbear


def test_dbclient_runs_a_command_by_password_and_by_key(server, folder):
    def run(*words, password):
        return subprocess.run(
            [program("dbclient"), "-y", "-y", "-p", str(server.ssh_port), *words], stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=COMMAND_LIMIT, env={**os.environ, "HOME": str(folder), "DROPBEAR_PASSWORD": password})

    done = run("ada@127.0.0.1", "look", password=PASSWORD)
    assert done.returncode == 0 and "Great Hall" in done.stdout, done.stderr
    assert run("ada@127.0.0.1", "frobnicate", password=PASSWORD).returncode == 1
    for kind in ("ed25519", "ecdsa", "rsa"):
        key = folder / kind
        made = subprocess.run(
            [program("dropbearkey"), "-t", kind, "-f", str(key)], capture_output=True, text=True, check=True, timeout=COMMAND_LIMIT)
        line = next(line for line in made.stdout.splitlines() if line.startswith(("ssh-", "ecdsa-")))
        assert server.admin("accounts", "add-key", "Ada", line).returncode == 0
        done = run("-i", str(key), "ada@127.0.0.1", "look", password="wrong")
        assert done.returncode == 0 and "Great Hall" in done.stdout, done.stderr


def test_dbclient_has_a_terminal(server, folder):
    client = Pseudoterminal(
        program("dbclient"), "-y", "-y", "-p", str(server.ssh_port), "guest@127.0.0.1", environment={"HOME": str(folder)})
    try:
        client.expect("Great Hall")
        client.type("say by dropbear")
        client.expect('You say, "by dropbear')
    finally:
        client.close()


# paramiko


@pytest.fixture
def paramiko_client(server):
    client = paramiko.SSHClient()
    kind, blob = server.host_key
    key = paramiko.PKey.from_type_string(kind, asyncssh.import_public_key(f"{kind} {blob}").public_data)
    client.get_host_keys().add(f"[127.0.0.1]:{server.ssh_port}", kind, key)
    client.connect(
        "127.0.0.1", server.ssh_port, "ada", PASSWORD, look_for_keys=False, allow_agent=False, timeout=PATIENCE,
        banner_timeout=PATIENCE, auth_timeout=PATIENCE)
    yield client
    client.close()


def test_paramiko_runs_commands(paramiko_client):
    for _ in range(3):
        _, output, errors = paramiko_client.exec_command("look", timeout=PATIENCE)
        assert "Great Hall" in output.read().decode() and errors.read() == b""
        assert output.channel.recv_exit_status() == 0


def test_paramiko_has_a_terminal(paramiko_client):
    shell = paramiko_client.invoke_shell("xterm", 80, 24)
    shell.settimeout(PATIENCE)
    read_until(shell, "Great Hall")
    shell.send(b"say by paramiko\r")
    read_until(shell, 'You say, "by paramiko')
    shell.send(b"\x04")
    assert shell.recv_exit_status() == 0


def read_until(shell, text):
    seen = ""
    while text not in SEQUENCE.sub("", seen):
        more = shell.recv(65536)
        assert more, f"the end came before {text!r}"
        seen += more.decode(errors="replace")


def test_paramiko_copies_files_and_renews_keys(paramiko_client):
    octets = os.urandom(200_000)
    sftp = paramiko_client.open_sftp()
    sftp.putfo(io.BytesIO(octets), "homepage/paramiko")
    before = paramiko_client.get_transport().H
    paramiko_client.get_transport().renegotiate_keys()
    assert paramiko_client.get_transport().H != before
    back = io.BytesIO()
    sftp.getfo("homepage/paramiko", back)
    assert back.getvalue() == octets
    assert "paramiko" in [entry.filename for entry in sftp.listdir_attr("homepage")]
    assert sftp.stat("homepage/paramiko").st_size == len(octets)
    sftp.posix_rename("homepage/paramiko", "homepage/moved")
    sftp.remove("homepage/moved")
    with pytest.raises(FileNotFoundError):
        sftp.stat("homepage/moved")


# asyncssh


def come_in(server, name="ada", **options):
    return asyncssh.connect(
        "127.0.0.1", server.ssh_port, username=name, client_keys=[server.key], known_hosts=server.known_hosts, config=None,
        agent_path=None, login_timeout=PATIENCE, **options)


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, PATIENCE * 2))


def test_asyncssh_runs_commands_and_a_terminal_that_is_resized(server):
    async def play():
        async with come_in(server) as connection:
            done = await connection.run("look")
            assert done.exit_status == 0 and "Great Hall" in done.stdout
            assert (await connection.run("frobnicate")).exit_status == 1
            process = await connection.create_process(term_type="xterm", term_size=(120, 40))

            async def widest():
                process.stdin.write("look\r")
                await process.stdout.readuntil("Pale stone")
                text = SEQUENCE.sub("", "Pale stone" + await process.stdout.readuntil("You can go"))
                return max(map(len, text.replace("\r", "").split("\n")))

            assert 80 < await widest() <= 120
            process.change_terminal_size(40, 24)
            # It is followed a moment later.
            deadline = time.monotonic() + PATIENCE
            while await widest() > 40:
                assert time.monotonic() < deadline
            process.stdin.write("quit\r")
            assert (await process.wait()).exit_status == 0

    run(play())


def test_asyncssh_copies_lists_and_renames(server, folder, page):
    async def play():
        async with come_in(server) as connection, connection.start_sftp_client() as sftp:
            await sftp.put(str(page), "homepage/async.html")
            await sftp.mkdir("homepage/drawer")
            assert {"async.html", "drawer"} <= {entry.filename for entry in await sftp.readdir("homepage")}
            await sftp.rename("homepage/async.html", "homepage/drawer/one.html")
            await sftp.put(str(page), "homepage/drawer/two.html")
            await sftp.posix_rename("homepage/drawer/two.html", "homepage/drawer/one.html")
            await sftp.get("homepage/drawer/one.html", str(folder / "back"))
            assert (folder / "back").read_bytes() == page.read_bytes()
            assert (await sftp.stat("homepage/drawer/one.html")).size == 100_000
            assert await sftp.realpath("homepage/../notes/.") == "/notes"
            await sftp.remove("homepage/drawer/one.html")
            await sftp.rmdir("homepage/drawer")
            with pytest.raises(asyncssh.SFTPNoSuchFile):
                await sftp.stat("homepage/drawer")

    run(play())


def offers(server):
    """What the server offers of each kind: key exchanges, host keys, ciphers, MACs."""
    with Wire(server.ssh_port) as wire:
        wire.offer()
        lists = wire.take_offer()
    assert lists[2] == lists[3] and lists[4] == lists[5]
    return [name for name in lists[0] if not name.startswith(("ext-info", "kex-strict"))], lists[1], lists[2], lists[4]


def test_every_algorithm_with_every_other(server):
    exchanges, host_keys, ciphers, macs = offers(server)
    assert ("mlkem768x25519-sha256" in exchanges) == HAS_POST_QUANTUM
    # An RSA key signs in two ways.
    assert len(host_keys) == len(HOST_KEYS) + 1 and len(ciphers) == 6 and len(macs) == 2
    sealed = [(cipher, macs[0]) for cipher in ciphers if "ctr" not in cipher]
    sealed += itertools.product([cipher for cipher in ciphers if "ctr" in cipher], macs)

    async def play():
        for exchange, host_key, (cipher, mac) in itertools.product(exchanges, host_keys, sealed):
            async with come_in(
                    server, kex_algs=[exchange], server_host_key_algs=[host_key], encryption_algs=[cipher],
                    mac_algs=[mac]) as connection:
                used = [connection.get_extra_info(f"{way}_{what}") for way in ("send", "recv") for what in ("cipher", "mac")]
                assert used[0] == used[2] == cipher and used[1] == used[3] and used[1] in (mac, cipher)
                assert "Great Hall" in (await connection.run("look")).stdout

    run(play())


@pytest.mark.parametrize("cipher", ["chacha20-poly1305@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr"])
def test_keys_are_renewed_in_the_middle_of_files_and_talk(server, monkeypatch, cipher):
    renewals = []
    send_keys = asyncssh.connection.SSHConnection.send_newkeys

    def count(self, *words):
        renewals.append(1)
        send_keys(self, *words)

    monkeypatch.setattr(asyncssh.connection.SSHConnection, "send_newkeys", count)
    octets = os.urandom(250_000)

    async def talk(connection):
        process = await connection.create_process()
        for number in range(100):
            process.stdin.write(f"say {number} {'x' * 400}\n")
        process.stdin.write("quit\n")
        process.stdin.write_eof()
        return (await process.wait()).stdout

    async def play():
        async with come_in(server, rekey_bytes=64_000, encryption_algs=[cipher]) as connection:
            async with connection.start_sftp_client() as sftp:
                async with sftp.open("homepage/bulk", "wb") as file:
                    _, seen = await asyncio.gather(file.write(octets), talk(connection))
                async with sftp.open("homepage/bulk", "rb") as file:
                    back, again = await asyncio.gather(file.read(), talk(connection))
                await sftp.remove("homepage/bulk")
        assert back == octets
        for text in (seen, again):
            said = [line.split()[2].strip('"') for line in text.split("\n") if "You say" in line]
            assert said == [str(number) for number in range(100)]

    run(play())
    assert len(renewals) >= 4


def test_twenty_log_in_at_once(server):
    async def visit(name):
        async with come_in(server, name) as connection:
            return (await connection.run("look")).stdout

    async def play():
        return await asyncio.gather(*(visit(name) for name in ["ada", "ben"] * 10))

    assert all("Great Hall" in text for text in run(play()))


def test_a_connection_has_ten_channels(server):
    async def play():
        async with come_in(server) as connection:
            # As many shells as a character has, a command, and files.
            shells = [await connection.create_process() for _ in range(7)]
            for number, shell in enumerate(shells):
                shell.stdin.write(f"say on channel {number}\n")
            for number, shell in enumerate(shells):
                await shell.stdout.readuntil(f"on channel {number}")
            assert "Great Hall" in (await connection.run("look")).stdout
            for _ in range(3):
                sftp = await connection.start_sftp_client()
                assert "homepage" in await sftp.listdir("/")
            with pytest.raises(asyncssh.ChannelOpenError):
                await connection.run("look")
            shells[0].stdin.write("quit\n")
            await shells[0].wait()
            assert "Great Hall" in (await connection.run("look")).stdout

    run(play())


def test_a_player_has_sixteen_connections(server):
    async def play():
        connections = [await come_in(server) for _ in range(16)]
        try:
            with pytest.raises(asyncssh.DisconnectError, match="16 connections"):
                await come_in(server)
            # Which is nothing to others.
            async with come_in(server, "ben") as connection:
                assert "Great Hall" in (await connection.run("look")).stdout
        finally:
            for connection in connections:
                connection.close()
                await connection.wait_closed()

    run(play())


# ssh-audit


def test_an_audit_finds_no_more_than_that_older_clients_may_come(folder):
    """With the host keys that the first start makes."""
    with SSHServer(folder / "Data") as server:
        done = subprocess.run(
            [str(pathlib.Path(sys.executable).with_name("ssh-audit")), "-n", "-j", "--skip-rate-test",
             f"127.0.0.1:{server.ssh_port}"], capture_output=True, text=True, timeout=COMMAND_LIMIT)
        exchanges = offers(server)[0]
    report = json.loads(done.stdout)
    found = {"fail": set(), "warn": set()}
    for kind in ("kex", "key", "enc", "mac"):
        assert report[kind], kind
        for row in report[kind]:
            for level, notes in found.items():
                notes |= {(kind, row["algorithm"], note) for note in row.get("notes", {}).get(level, [])}
    assert report["cves"] == [] and found["fail"] == set()
    # For clients that know nothing newer; the one that it is content with comes first wherever libcrypto has it.
    older = [name for name in exchanges if name != "mlkem768x25519-sha256"]
    assert found["warn"] == {("kex", name, "does not provide protection against post-quantum attacks") for name in older}
    assert (exchanges[0] == "mlkem768x25519-sha256") == HAS_POST_QUANTUM
