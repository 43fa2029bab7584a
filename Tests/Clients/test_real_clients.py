"""Programs that others wrote play a short game: Debian's telnet, tintin++, telnetlib3."""

import json
import subprocess
import sys
import pathlib

import pytest
from harness.server import STARTER_WORLD, Server
from harness.telnet import PATIENCE
from harness.terminals import DebianTelnet, Telnetlib3, TinTin

SECRET = "opensesame42"


@pytest.fixture
def open_client():
    clients = []

    def make(kind, port):
        clients.append(kind(port))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.mark.parametrize("kind", [DebianTelnet, TinTin, Telnetlib3])
def test_first_evening_and_the_next_day(kind, server, open_client):
    client = open_client(kind, server.port)
    client.expect("Name: ")
    client.type("Tessa")
    client.expect("Yes or no: ")
    client.type("yes")
    client.expect("New password: ")
    client.type_secret(SECRET)
    client.expect("The same again: ")
    client.type_secret(SECRET)
    client.expect(r"Yes or no \(Enter is no\): ")
    client.type("no")
    client.expect(r"Welcome, Tessa\.")
    client.expect("Great Hall")
    client.type("n")
    client.expect("Walled Garden")
    client.type("get rope")
    client.expect("You take the rope")
    client.type("south")
    client.expect("Great Hall")
    client.type("drop rope")
    client.expect("You drop the rope")
    client.type("take lamp")
    client.expect("You take the lamp")
    client.type("say Good evening.")
    client.expect('You say, "Good evening')
    client.type("quit")
    client.expect_end()
    assert SECRET not in client.seen()

    client = open_client(kind, server.port)
    client.expect("Name: ")
    client.type("tessa")
    client.expect("Password: ")
    client.type_secret(SECRET)
    client.expect("Great Hall")
    client.type("look")
    client.expect("rope")
    client.type("inventory")
    client.expect("lamp")
    client.type("quit")
    client.expect_end()
    assert SECRET not in client.seen()


def test_debian_telnet_shows_what_is_typed_but_not_the_password(server, open_client):
    server.make_accounts(["Tessa"], SECRET)
    client = open_client(DebianTelnet, server.port)
    client.expect("Name: ")
    assert client.child.getecho(), "the name is not shown while it is typed"
    client.type("Tessa")
    client.expect("Password: ")
    client.type_secret(SECRET)
    client.expect("Great Hall")
    client.type("say seen")
    client.expect('You say, "seen')
    assert "say seen" in client.seen()
    assert SECRET not in client.seen()
    assert client.child.getecho(), "play is not shown while it is typed"


def test_fingerprint_finds_offers_and_no_loop(shared_server, folder):
    report = folder / "fingerprint.json"
    tool = pathlib.Path(sys.executable).with_name("telnetlib3-fingerprint")
    subprocess.run(
        [tool, "--silent", "--scan-type", "quick", "--save-json", report, "127.0.0.1", str(shared_server.port)],
        check=True, timeout=PATIENCE, cwd=folder)
    found = json.loads(report.read_text())["server-probe"]["fingerprint-data"]
    assert found["offered-options"] == ["BINARY", "EOR"]
    assert found["requested-options"] == ["NAWS", "TTYPE"]
    assert {"ECHO", "SGA", "MCCP2"} <= set(found["refused-options"])
    assert found["looped-negotiation"] == []
    assert found["wrong-direction-offered"] == []


def test_the_starter_world_can_be_walked(data, open_client):
    with Server(data, world=STARTER_WORLD) as server:
        client = open_client(Telnetlib3, server.port)
        client.expect("Name: ")
        client.type("guest")
        client.expect("> ")
        client.type("look")
        client.expect(r"You can go (\w+)")
        client.type("s")
        client.expect(r"You can go|only way")
        client.type("quit")
        client.expect_end()
