"""How the server starts, refuses to start, and stops."""

import hashlib
import os
import pwd
import re
import shutil
import signal
import socket
import stat

import pytest
from conftest import PASSWORD
from harness.server import ANY_PORT, ROOT, STARTER_WORLD, TEST_WORLD, Server, ServerFailed, run_mudd

# The exit codes of sysexits.h that mudd documents.
USAGE, DAMAGED, UNAVAILABLE, CANNOT_CREATE, TRY_AGAIN, NO_PERMISSION, CONFIGURATION = 64, 65, 69, 73, 75, 77, 78


def refuse(data, *options, user=None):
    """Starts a server that must not start; returns its status and its one sentence."""
    words = ["serve", "--data", data, "--world", TEST_WORLD, "--telnet", ANY_PORT, *options]
    result = run_mudd(*words, user=user)
    assert result.stdout == ""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, f"not one sentence: {result.stderr!r}"
    assert "fatal" not in lines[0].lower()
    return result.returncode, lines[0]


def digests(data):
    """What every file of a data folder holds, but for the log and the lock, which every start writes to."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in data.iterdir() if path.is_file() and path.name not in ("mudd.log", "lock")
    }


def add_a_player(server, connect):
    client = connect(server.port)
    client.create("Ada", PASSWORD)
    client.do("take lamp")
    client.do("describe me as a tall woman with ink on her fingers")
    return client


def test_start_table_names_everything(server):
    assert re.search(rf"telnet 127\.0\.0\.1 {server.port}\b", server.table)
    assert server.claim_code
    assert str(server.data) in server.table
    assert "control" in server.table.lower() and "log" in server.table.lower()


def test_data_folder_and_control_socket_are_the_owners_alone(server):
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    sockets = [path for path in server.data.iterdir() if path.is_socket()]
    assert len(sockets) == 1
    assert stat.S_IMODE(sockets[0].stat().st_mode) == 0o600


def test_second_start_finds_everything(data, connect):
    with Server(data) as server:
        add_a_player(server, connect)
        assert server.stop() == 0
    with Server(data) as server:
        client = connect(server.port)
        client.log_in("Ada", PASSWORD)
        assert "lamp" in client.do("inventory")
        assert "ink on her fingers" in client.do("look at me")
        assert "lamp" not in client.do("look")


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
def test_stops_cleanly_and_tells_the_players(data, connect, with_signal):
    with Server(data) as server:
        client = add_a_player(server, connect)
        visitor = connect(server.port)
        visitor.read_prompt("Name: ")
        assert server.stop(with_signal) == 0
        client.drain()
        visitor.drain()
        assert len(client.unread().strip()) > 10, "the player was told nothing"
        assert not any(path.is_socket() for path in data.iterdir())
        assert not (data / "world.sqlite-wal").exists() or (data / "world.sqlite-wal").stat().st_size == 0


def test_a_crash_needs_no_repair(data, connect):
    with Server(data) as server:
        add_a_player(server, connect)
        server.kill()
    with Server(data) as server:
        client = connect(server.port)
        client.log_in("Ada", PASSWORD)
        assert "lamp" in client.do("inventory")


def test_busy_port(data):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        status, sentence = refuse(data, "--telnet", f"tcp:{port}:interface=127.0.0.1")
        assert status == UNAVAILABLE
        assert str(port) in sentence
    Server(data).start().end()


def test_busy_port_changes_nothing(data, connect):
    with Server(data) as server:
        add_a_player(server, connect)
        server.stop()
    before = digests(data)
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert refuse(data, "--telnet", f"tcp:{other.getsockname()[1]}:interface=127.0.0.1")[0] == UNAVAILABLE
    assert digests(data) == before


@pytest.mark.parametrize("damage", ["nonsense", "cut short", "scribble"])
def test_damaged_database_is_refused_and_left_alone(data, connect, damage):
    with Server(data) as server:
        add_a_player(server, connect)
        server.stop()
    database = data / "world.sqlite"
    octets = bytearray(database.read_bytes())
    if damage == "nonsense":
        octets = bytearray(b"This is no database at all.\n" * 300)
    elif damage == "cut short":
        octets = octets[: len(octets) // 2]
    else:
        for at in range(4096, len(octets), 4096):
            octets[at : at + 512] = os.urandom(512)
    database.write_bytes(octets)
    status, sentence = refuse(data)
    assert status == DAMAGED
    assert "world.sqlite" in sentence or str(data) in sentence
    assert database.read_bytes() == bytes(octets)


def test_empty_database_file_is_refused(data):
    data.mkdir(mode=0o700)
    (data / "world.sqlite").write_bytes(b"")
    try:
        with Server(data) as server:
            assert server.port, "an empty file may also be taken as a new database"
    except ServerFailed as failure:
        assert failure.status == DAMAGED


def test_data_folder_that_is_a_file(data):
    data.write_text("a file")
    status, sentence = refuse(data)
    assert status in (CANNOT_CREATE, NO_PERMISSION)
    assert str(data) in sentence
    assert data.read_text() == "a file"


def test_data_folder_below_nothing(folder):
    status, sentence = refuse(folder / "no" / "Data")
    assert status == CANNOT_CREATE
    assert str(folder / "no" / "Data") in sentence


@pytest.mark.may_skip("a clone may stand where only root comes")
def test_data_folder_of_somebody_else(data, connect):
    with Server(data) as server:
        server.stop()
    user = None
    if os.geteuid() == 0:
        # Root reads everything, so somebody else tries; they need to reach the programs and the folder.
        user = pwd.getpwnam("nobody").pw_uid
        data.parent.chmod(0o755)
        if shutil.which("setpriv") is None or not reachable(user):
            pytest.skip("the programs stand in a folder that only root may enter")
    else:
        data.chmod(0o000)
    try:
        status, sentence = refuse(data, user=user)
    finally:
        data.chmod(0o700)
    assert status == NO_PERMISSION
    assert str(data) in sentence


def reachable(user):
    from harness.server import MUDD

    return all(parent.stat().st_mode & 0o001 for parent in MUDD.resolve().parents)


def test_second_server_on_the_same_data(server, connect):
    client = add_a_player(server, connect)
    status, sentence = refuse(server.data)
    assert status == TRY_AGAIN
    assert str(server.data) in sentence
    assert "lamp" in client.do("inventory")
    assert server.admin("status").returncode == 0


def test_unknown_configuration_key_names_its_line(data, folder):
    configuration = folder / "mudd.yaml"
    configuration.write_text("# comment\ndoors:\n  telnett: off\n")
    status, sentence = refuse(data, "--config", configuration)
    assert status == CONFIGURATION
    assert f"{configuration}:3" in sentence and "telnett" in sentence
    assert not data.exists()


def test_missing_configuration_file(data, folder):
    status, sentence = refuse(data, "--config", folder / "none.yaml")
    assert status in (CONFIGURATION, 66)
    assert "none.yaml" in sentence


@pytest.mark.parametrize("endpoint", ["tcp", "tcp:99999", "udp:4000", "tcp:0:colour=red", "tcp:0:interface=nowhere"])
def test_wrong_endpoints_are_refused(data, endpoint):
    result = run_mudd("serve", "--data", data, "--world", TEST_WORLD, "--telnet", endpoint)
    assert result.returncode in (USAGE, CONFIGURATION, UNAVAILABLE), result.stderr
    assert result.stderr.strip()


@pytest.mark.parametrize("name, words", [
    ("epol", "did you mean epoll?"), ("libevent", "there are epoll, poll, select"),
    ("kqueue", "this machine has epoll, poll, select"),
])
def test_reactors_that_are_not_there_are_refused(data, folder, name, words):
    status, sentence = refuse(data, "--reactor", name)
    assert status == USAGE
    assert "--reactor" in sentence and words in sentence
    configuration = folder / "mudd.yaml"
    configuration.write_text(f"reactor: {name}\n")
    status, sentence = refuse(data, "--config", configuration)
    assert status == CONFIGURATION
    assert f"{configuration}:1:10: reactor" in sentence and words in sentence
    assert not data.exists()


def test_help_reactors_lists_what_there_is():
    result = run_mudd("serve", "--help-reactors")
    assert result.returncode == 0
    rows = dict(line.split(None, 1) for line in result.stdout.splitlines())
    assert list(rows) == ["epoll", "poll", "select", "io_uring", "kqueue"]
    assert rows["epoll"].endswith("(available, the default)")
    assert "not on this machine" in rows["kqueue"]


@pytest.mark.parametrize("name", ["poll", "select"])
def test_serves_with_another_reactor(data, connect, name):
    with Server(data, options=("--reactor", name)) as server:
        add_a_player(server, connect)
        assert server.admin("status", json_answer=True).answer["reactor"] == name


def test_unknown_option(data):
    result = run_mudd("serve", "--data", data, "--no-such-option")
    assert result.returncode == USAGE
    assert not data.exists()


def test_door_that_is_off(data):
    with Server(data, telnet="off") as server:
        assert server.port is None
        assert server.admin("status", json_answer=True).answer["doors"] == []


def test_broken_world_names_file_and_line(data, folder):
    world = folder / "World"
    shutil.copytree(TEST_WORLD, world)
    broken = world / "broken.yaml"
    broken.write_text("rooms:\n  - [\n")
    result = run_mudd("serve", "--data", data, "--world", world, "--telnet", ANY_PORT)
    assert result.returncode == DAMAGED
    assert re.search(r"broken\.yaml:\d+", result.stderr)


def test_a_world_folder_that_is_gone_is_no_hindrance_but_named(data, folder, connect):
    world = folder / "World"
    shutil.copytree(TEST_WORLD, world)
    with Server(data, world=world) as server:
        assert f"  World    {world}\n" in server.table
        assert server.stop() == 0
    shutil.rmtree(world)
    with Server(data, world=world) as server:
        assert f"  World    {world}   (cannot be read: players have no help; --world names another)\n" in server.table
        client = connect(server.port)
        client.create("Ada", PASSWORD)
        assert "Great Hall" in client.do("look")


def test_claim_code_makes_one_owner(server, connect):
    ada, ben = connect(), connect()
    ada.create("Ada", PASSWORD)
    ben.create("Ben", PASSWORD)
    assert "not the claim code" in ada.do("claim AAAA-BBBB-CCCC-DDDD")
    assert "owner" in ada.do(f"claim {server.claim_code.lower()}")
    assert "has an owner" in ben.do(f"claim {server.claim_code}")
    roles = {row["name"]: row["role"] for row in server.admin("accounts", "list", json_answer=True).answer["accounts"]}
    assert roles == {"Ada": "owner", "Ben": "player"}


def test_claimed_game_prints_no_code_again(data, connect):
    with Server(data) as server:
        client = connect(server.port)
        client.create("Ada", PASSWORD)
        client.do(f"claim {server.claim_code}")
        server.stop()
    with Server(data) as server:
        assert server.claim_code is None


def test_unclaimed_game_offers_a_code_at_the_second_start(data):
    with Server(data) as server:
        first = server.claim_code
        server.stop()
    with Server(data) as server:
        assert first and server.claim_code


def test_starter_world_is_whole(data):
    with Server(data, world=STARTER_WORLD) as server:
        answer = server.admin("check", json_answer=True)
        assert answer.returncode == 0, answer.stdout
        assert answer.answer["things"] > 50


def test_log_has_no_secrets(server, connect):
    client = connect()
    client.create("Ada", "a very secret password")
    client.do("say a very private remark")
    client.quit()
    server.stop()
    for path in server.data.iterdir():
        if path.is_file():
            assert b"a very secret password" not in path.read_bytes(), path
    assert "private remark" not in (server.data / "mudd.log").read_text()
