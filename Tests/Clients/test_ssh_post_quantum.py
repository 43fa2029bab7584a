"""The SSH door where libcrypto has ML-KEM: the server runs with OpenSSL 3.5, which a wheel brings, on systems whose own is older."""

import asyncio
import ctypes
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys

import asyncssh
import pytest
from conftest import PASSWORD
from harness.server import COMMAND_LIMIT
from harness.ssh import SSHServer
from harness.ssh_wire import Wire
from harness.telnet import TelnetClient

METHOD = "mlkem768x25519-sha256"


@pytest.fixture(scope="module")
def later_openssl(tmp_path_factory):
    """What the server's loader is told to look in: libssl and libcrypto of the wheel under the names of the system's."""
    package = pathlib.Path(importlib.util.find_spec("psycopg_binary").origin).parent
    libraries = package.parent / "psycopg_binary.libs"
    folder = tmp_path_factory.mktemp("openssl")
    for library in libraries.glob("lib*.so*"):
        shutil.copy(library, folder)
        plain = re.fullmatch(r"(lib(?:ssl|crypto))-[0-9a-f]+(\.so\.3)", library.name)
        if plain:
            (folder / (plain[1] + plain[2])).symlink_to(library.name)
    return {"LD_LIBRARY_PATH": str(folder)}


@pytest.fixture(scope="module")
def server(later_openssl, tmp_path_factory):
    """Offers the hybrid alone."""
    data = tmp_path_factory.mktemp("post-quantum") / "Data"
    with SSHServer(data, options=["--set", f"ssh.keyexchange={METHOD}"], environment=later_openssl) as server:
        with TelnetClient(server.port) as client:
            client.create("Ada", PASSWORD)
        yield server


def offered(server):
    with Wire(server.ssh_port) as wire:
        wire.offer()
        return [name for name in wire.take_offer()[0] if not name.startswith(("ext-info", "kex-strict"))]


def test_it_comes_first_where_it_can_be_had(later_openssl, folder):
    with SSHServer(folder / "Data", environment=later_openssl) as server:
        assert offered(server)[0] == METHOD
        assert "curve25519-sha256" in offered(server)


def test_an_audit_finds_nothing_when_it_is_all_that_is_offered(server):
    assert offered(server) == [METHOD]
    done = subprocess.run(
        [str(pathlib.Path(sys.executable).with_name("ssh-audit")), "-n", "-j", "--skip-rate-test",
         f"127.0.0.1:{server.ssh_port}"], capture_output=True, text=True, timeout=COMMAND_LIMIT)
    report = json.loads(done.stdout)
    assert [row["algorithm"] for row in report["kex"] if row["algorithm"].startswith("mlkem")] == [METHOD]
    for kind in ("kex", "key", "enc", "mac"):
        assert report[kind], kind
        for row in report[kind]:
            assert not row.get("notes", {}).get("fail") and not row.get("notes", {}).get("warn"), row
    assert report["cves"] == [] and done.returncode == 0


def test_another_implementation_agrees_on_the_keys(server):
    async def play():
        async with asyncssh.connect(
                "127.0.0.1", server.ssh_port, username="ada", password=PASSWORD, known_hosts=None, config=None,
                client_keys=None, agent_path=None, kex_algs=[METHOD], rekey_bytes=20_000) as connection:
            assert "Great Hall" in (await connection.run("look")).stdout
            # Enough for the keys to be renewed some times.
            async with connection.start_sftp_client() as sftp:
                async with sftp.open("homepage/long.txt", "wb") as file:
                    await file.write(b"x" * 100_000)
                assert (await sftp.stat("homepage/long.txt")).size == 100_000

    asyncio.run(asyncio.wait_for(play(), COMMAND_LIMIT))
