"""Logins by PAM, by a directory and by accounts of the machine: a real server, and what it asks."""

import os
import socket
import subprocess
import time
import uuid

import pytest
from conftest import PASSWORD
from harness.server import ROOT, Server

# PAM and LDAP are package traits; `make test-swift`, which comes first, builds with them.
DEBUG_MUDD = ROOT / ".build/debug/mudd"
BASE = "dc=example,dc=org"
PATIENCE = 30

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root's rights")


@pytest.fixture
def mudd():
    """A program with both traits."""
    if not DEBUG_MUDD.exists():
        pytest.skip("no debug build; make test-swift makes it")
    listing = subprocess.run([DEBUG_MUDD, "serve", "--help-auth"], capture_output=True, text=True, check=True).stdout
    if "not in this build" in listing:
        pytest.skip("the debug build has no PAM and LDAP; make test-swift makes one that has")
    return DEBUG_MUDD


def serve(data, auth, program=None):
    server = Server(data, options=["--auth", auth])
    if program:
        server.arguments[0] = str(program)
    return server


def check(server, connect, name, password):
    """The right password opens, and nothing else does."""
    for wrong in ("wrong", "*", password + "x"):
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line(name)
        client.read_prompt("Password: ")
        client.line(wrong)
        assert "not the password" in client.read_prompt("Name: ")
        client.close()
    assert f"Welcome, {name.capitalize()}." in connect(server.port).log_in(name, password)
    log = (server.data / "mudd.log").read_text() + (server.data / "audit.log").read_text()
    assert password not in log


def test_a_player_whom_pam_knows_comes_in(data, folder, connect, mudd):
    script = folder / "judge"
    script.write_text(f'#!/bin/sh\nread -r typed\n[ "$PAM_USER" = ada ] && [ "$typed" = "{PASSWORD}" ]\n')
    script.chmod(0o755)
    (folder / "pam").mkdir()
    (folder / "pam/mudd").write_text(
        f"auth required pam_exec.so quiet expose_authtok {script}\naccount required pam_permit.so\n")
    with serve(data, f"pam:mudd:confdir={folder}/pam", mudd) as server:
        check(server, connect, "ada", PASSWORD)


@as_root
def test_a_player_with_an_account_of_the_machine_comes_in(data, connect):
    name = "mt" + "".join(chr(ord("a") + int(digit, 16)) for digit in uuid.uuid4().hex[:8])
    subprocess.run(["useradd", "--no-create-home", "--shell", "/usr/sbin/nologin", name], check=True)
    try:
        subprocess.run(["chpasswd"], input=f"{name}:{PASSWORD}", text=True, check=True)
        with serve(data, "unix") as server:
            check(server, connect, name, PASSWORD)
    finally:
        subprocess.run(["userdel", name], check=True, capture_output=True)


@pytest.fixture
def directory(folder):
    """A slapd on loopback with one person in it; gives its port."""
    (folder / "ldap").mkdir()
    (folder / "slapd.conf").write_text(f"""\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
database mdb
suffix "{BASE}"
directory {folder}/ldap
access to attrs=userPassword by anonymous auth by * none
access to * by * read
""")
    (folder / "entries.ldif").write_text(f"""\
dn: {BASE}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: uid=ada,{BASE}
objectClass: inetOrgPerson
uid: ada
cn: Ada
sn: Ada
userPassword: {PASSWORD}
""")
    subprocess.run(
        ["/usr/sbin/slapadd", "-f", folder / "slapd.conf", "-l", folder / "entries.ldif"], check=True,
        capture_output=True)
    process = None
    # Another may take the port between the look and the start.
    for _ in range(5):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with open(folder / "slapd.log", "wb") as log:
            process = subprocess.Popen(
                ["/usr/sbin/slapd", "-d", "stats", "-h", f"ldap://127.0.0.1:{port}/", "-f", folder / "slapd.conf"],
                stderr=log)
        end = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        if process.poll() is None:
            break
    assert process.poll() is None, (folder / "slapd.log").read_text()
    yield port, process
    process.kill()
    process.wait()


def test_a_player_of_a_directory_comes_in(data, connect, mudd, directory):
    port, process = directory
    with serve(data, f"ldap:127.0.0.1:{port}:base={BASE}:tls=off", mudd) as server:
        check(server, connect, "ada", PASSWORD)
        # Without the directory nobody comes in, and the game goes on.
        process.kill()
        process.wait()
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line("ada")
        client.read_prompt("Password: ")
        client.line(PASSWORD)
        client.read_until("cannot be checked")
        assert server.process.poll() is None
