"""Programs that others wrote play a short game: Debian's telnet, tintin++, telnetlib3."""

import json
import pathlib
import re
import subprocess
import sys

import pytest
from harness.server import STARTER_WORLD, Server
from harness.telnet import PATIENCE
from harness.terminals import DebianTelnet, Telnetlib3, Telnetlib3Program, TinTin

SECRET = "opensesame42"


@pytest.fixture
def open_client():
    clients = []

    def make(kind, port, *options):
        clients.append(kind(port, *options))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.mark.parametrize("kind", [DebianTelnet, TinTin, Telnetlib3, Telnetlib3Program])
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
    assert not client.child.getecho(), "a plain terminal is not asked for each key in play"


def test_debian_telnet_edits_its_line_at_the_server(server, open_client):
    server.make_accounts(["Tessa"], SECRET)
    client = open_client(DebianTelnet, server.port)
    client.expect("Name: ")
    client.type("Tessa")
    client.expect("Password: ")
    client.type_secret(SECRET)
    client.expect("Great Hall")
    client.expect("> ")
    # ^A goes to the beginning of the line, Tab completes, and Up brings a line back.
    client.type("ay hello\x01s")
    client.expect('You say, "hello"')
    client.type("inv\t")
    client.expect("You (carry|are carrying)|nothing")
    client.type("\x1b[A\x1b[A")
    client.expect('You say, "hello"')
    client.type("set charmode off")
    client.expect("charmode")
    client.type("say whole lines")
    client.expect('You say, "whole lines"')
    assert client.child.getecho(), "the client does not show lines again"


def log_in(client):
    client.expect("Name: ")
    client.type("Tessa")
    client.expect("Password: ")
    client.type_secret(SECRET)
    client.expect("Great Hall")
    client.expect("> ")


def test_keys_at_debian_telnet(server, open_client, guest):
    """Each key comes back once; lines of others stand above the one that is being typed."""
    server.make_accounts(["Tessa"], SECRET)
    client = open_client(DebianTelnet, server.port)
    log_in(client)
    client.child.send("say zebraa\x7f")
    client.expect("say zebra")
    other = guest()
    other.line("say I interrupt")
    client.expect('says, "I interrupt"')
    client.expect("> say zebra\\Z")
    client.child.send("s\r")
    client.expect('You say, "zebras"')
    client.expect("> ")
    # Once as it was typed; again only below what others did meanwhile.
    typed, *redrawn = client.seen().split("Guest")
    assert typed.count("say zebra") == 1
    assert all(part.count("say zebra") <= 1 for part in redrawn)

    client.type("say another")
    client.expect('You say, "another"')
    client.child.send("\x12zebr")
    client.expect("zebr.*zebras")
    client.child.send("\r")
    client.expect('You say, "zebras"')
    client.expect("> ")
    client.child.send("\x1b[A\x1b[A\x1b[B\r")
    client.expect('You say, "zebras"')
    # A choice of words is listed when Tab is pressed twice.
    client.child.send("so\t\t")
    client.expect("socials +south")
    client.child.send("\x15sou\t\r")
    client.expect("south")
    client.child.send("say lost\x03")
    client.type("say kept")
    client.expect('You say, "kept"')
    assert 'You say, "lost' not in client.seen()


def test_the_status_line_of_debian_telnet(server, open_client):
    server.make_accounts(["Tessa"], SECRET)
    client = open_client(DebianTelnet, server.port)
    log_in(client)
    status = r"Great Hall \[e,n\] \d\d:\d\d"
    client.mark = 0
    client.expect(status)
    # All but the last of the 60 lines scroll.
    assert "\x1b[1;59r" in client.raw
    client.type("north")
    client.expect(r"Walled Garden \[")
    client.child.setwinsize(30, 70)
    client.type("say smaller")
    client.expect('You say, "smaller"')
    assert "\x1b[1;29r" in client.raw
    before = len(client.raw)
    client.type("set statusline off")
    client.expect("You set")
    client.type("say nothing below")
    client.expect('You say, "nothing below"')
    assert "\x1b[r" in client.raw[before:], "the whole screen scrolls again"
    before = client.mark
    client.type("south")
    client.expect("Great Hall")
    client.type("say end")
    client.expect('You say, "end"')
    assert "[e,n]" not in client.seen()[before:]


def test_debian_telnet_sends_whole_lines_to_who_wants_that(server, open_client):
    server.make_accounts(["Tessa"], SECRET)
    client = open_client(DebianTelnet, server.port)
    log_in(client)
    client.type("set charmode off")
    client.expect("You set")
    client.type("quit")
    client.expect_end()
    client = open_client(DebianTelnet, server.port)
    log_in(client)
    assert client.child.getecho()
    client.type("say whole")
    client.expect('You say, "whole"')
    assert client.child.getecho()
    client.type("set charmode on")
    client.expect("You set")
    assert client.child.waitnoecho(PATIENCE)
    client.type("say ke\x7fkeys")
    client.expect('You say, "kkeys"')


# What a player's file says so that tt++ takes facts, and shows what it negotiates.
TINTIN_FILE = r"""#config {debug telnet} {on}
#event {IAC WILL GMCP} {#send {\xFF\xFD\xC9\};#send {\xFF\xFA\xC9Core.Hello {"client": "TinTin++"}\xFF\xF0\};HELLO}
#event {IAC WILL MSDP} {#send {\xFF\xFD\x45\};#send {\xFF\xFA\x45\x01REPORT\x02ROOM_VNUM\xFF\xF0\}}
#event {IAC SB GMCP Room.Info IAC SE} {#showme {GMCP ROOM %0 END}}
#event {IAC SB MSDP} {#showme {MSDP %0 IS %1 END}}
#event {IAC SB MSSP} {#showme {MSSP %0 IS %1 END}}
""".replace("HELLO", r"""#send {\xFF\xFA\xC9Core.Supports.Set ["Room 1"]\xFF\xF0\}""")


def test_tintin_agrees_and_is_told(server, open_client):
    server.make_accounts(["Tessa"], SECRET)
    client = open_client(TinTin, server.port, TINTIN_FILE)
    log_in(client)
    client.type("look")
    client.expect("Great Hall")
    client.type("connections")
    client.expect("with TinTin")
    client.type("n")
    client.expect(r"Walled Garden")
    client.type("say done")
    client.expect('You say, "done')
    seen = client.seen()
    for line in (
        "RCVD IAC SB CHARSET REQUEST UTF-8", "SENT IAC SB CHARSET ACCEPTED UTF-8", "SENT IAC SB NAWS 0 160 0 60",
        "SENT IAC SB TTYPE TINTIN++", "SENT IAC SB TTYPE MTTS ", "INFO MCCP2 INITIALIZED", "INFO MCCP3 INITIALIZED",
        "VAR CLIENT_NAME VAL TinTin++", "MSSP NAME IS The Proving House END", "RCVD IAC EOR",
    ):
        assert line in seen, line
    for verb in ("WILL", "WONT", "DO", "DONT"):
        offers = re.findall(rf"RCVD IAC {verb} (.+)", seen)
        offers = [offer for offer in offers if offer.strip() != "ECHO"]
        assert len(offers) == len(set(offers)), offers
    numbers = re.findall(r"MSDP ROOM_VNUM IS (\d+) END", seen)
    assert len(numbers) == 2 and numbers[0] != numbers[1]
    rooms = re.findall(r"GMCP ROOM .*?\{num\}\s*\{(\d+)\}", seen, re.S)
    assert rooms == numbers
    # The password alone is hidden.
    assert re.findall(r"RCVD IAC (WILL|WONT) ECHO", seen) == ["WILL", "WONT"]
    assert SECRET not in seen


def test_telnetlib3_agrees_and_is_told(server, open_client):
    server.make_accounts(["Tessa"], SECRET)
    client = open_client(Telnetlib3Program, server.port)
    log_in(client)
    client.type("say " + "word " * 50)
    client.expect('You say, "word')
    client.type("connections")
    client.expect("> ")
    client.type("n")
    client.expect("Walled Garden")
    client.type("quit")
    client.expect_end()
    log = client.log.read_text()
    for line in (
        "send IAC SB NAWS (rows=60, cols=160) IAC SE", "send IAC SB CHARSET ACCEPTED UTF-8 IAC SE",
        "encoding negotiated: UTF-8", "recv NEW_ENVIRON SEND: CHARSET, CLIENT_NAME,",
        "MCCP2 decompression started", "MCCP3 compression started", "GMCP: Char.Name {'name': 'Tessa'",
        "GMCP: Room.Info",
    ):
        assert line in log, line
    lines = [line for line in client.seen().splitlines() if not line.startswith("> ")]
    assert 120 < max(map(len, lines)) <= 160
    assert SECRET not in client.seen()
    for verb in ("WILL", "DO"):
        offers = [offer for offer in re.findall(rf"recv IAC {verb} (\w+)", log) if offer != "ECHO"]
        assert offers and len(offers) == len(set(offers)), offers


def test_fingerprint_finds_offers_and_no_loop(shared_server, folder):
    report = folder / "fingerprint.json"
    tool = pathlib.Path(sys.executable).with_name("telnetlib3-fingerprint")
    subprocess.run(
        [tool, "--silent", "--scan-type", "quick", "--save-json", report, "127.0.0.1", str(shared_server.port)],
        check=True, timeout=PATIENCE, cwd=folder)
    found = json.loads(report.read_text())["server-probe"]["fingerprint-data"]
    assert {"BINARY", "CHARSET", "EOR", "GMCP", "MSDP", "MSSP"} <= set(found["offered-options"])
    assert found["requested-options"] == ["NAWS", "NEW_ENVIRON", "TTYPE"]
    assert {"ECHO", "SGA"} <= set(found["refused-options"])
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
