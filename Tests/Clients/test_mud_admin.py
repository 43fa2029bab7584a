"""What an operator does with `mud-admin`, on a running server and on a stopped one."""

import hashlib
import json
import re
import shutil
import stat

import pytest
from conftest import PASSWORD
from harness.server import TEST_WORLD, Server, admin

# The exit codes that mud-admin documents.
FAILED, USAGE, NOT_FOUND, PERMISSION, NOT_RUNNING = 1, 2, 3, 4, 5


def test_status(server, guest):
    guest()
    answer = server.admin("status", json_answer=True)
    assert answer.returncode == 0
    assert {"name": "telnet", "host": "127.0.0.1", "port": server.port} in answer.answer["doors"]
    assert answer.answer["reactor"] == "epoll"
    text = server.admin("status").stdout
    assert "127.0.0.1" in text and "reactor epoll" in text


def test_status_of_a_stopped_server(data):
    with Server(data) as server:
        server.stop()
    result = admin(data, "status")
    assert result.returncode == NOT_RUNNING
    assert "stopped" in result.stdout + result.stderr


def test_commands_that_need_a_server_say_so(data):
    with Server(data) as server:
        server.stop()
    for words in (["who"], ["kick", "Ada"], ["broadcast", "hello"], ["shutdown"]):
        result = admin(data, *words)
        assert result.returncode == NOT_RUNNING, words
        assert "No server is running" in result.stderr


def test_json_failures_are_json(data):
    with Server(data) as server:
        server.stop()
    result = admin(data, "who", json_answer=True)
    assert result.returncode == NOT_RUNNING
    assert result.answer["answer"] == "failure" and result.answer["code"] == "not-running"


@pytest.mark.parametrize("words", [["no-such-command"], ["accounts", "create"], ["kick"], ["shutdown", "--in", "soon"]])
def test_wrong_usage(server, words):
    result = server.admin(*words)
    assert result.returncode in (USAGE, 64), result.stderr
    assert result.stderr


def test_who(server, player, guest):
    player("Ada")
    guest()
    answer = server.admin("who", json_answer=True).answer
    assert sorted(row["name"] for row in answer["players"]) == ["Ada", "Guest1"]
    table = server.admin("who").stdout
    assert "Ada" in table and "Guest1" in table and "telnet" in table


@pytest.mark.parametrize("running", [True, False])
def test_accounts(data, connect, running):
    with Server(data) as server:
        if not running:
            server.stop()
        made = admin(data, "accounts", "create", "ada", "--password-stdin", "--role", "builder", text="opensesame42\n")
        assert made.returncode == 0, made.stderr
        rows = admin(data, "accounts", "list", json_answer=True).answer["accounts"]
        assert [(row["name"], row["role"]) for row in rows] == [("Ada", "builder")]
        again = admin(data, "accounts", "create", "Ada", "--password-stdin", text="opensesame42\n")
        assert again.returncode == FAILED and "already" in again.stderr
        assert admin(data, "accounts", "role", "ada", "owner").returncode == 0
        # Somebody has to own the game.
        refused = admin(data, "accounts", "role", "ada", "player")
        assert refused.returncode == FAILED and "Ada is the only owner" in refused.stderr
        assert admin(data, "accounts", "role", "nobody", "owner").returncode == NOT_FOUND
        assert admin(data, "accounts", "role", "ada", "king").returncode in (USAGE, 64)
        changed = admin(data, "accounts", "password", "ada", "--password-stdin", text="opensesame43\n")
        assert changed.returncode == 0, changed.stderr
        short = admin(data, "accounts", "create", "ben", "--password-stdin", text="short\n")
        assert short.returncode in (FAILED, USAGE) and "8" in short.stderr
        if running:
            server.stop()
    with Server(data) as server:
        assert server.claim_code is None, "a game with an owner offers no claim code"
        client = connect(server.port)
        client.log_in("Ada", "opensesame43")
        rows = server.admin("accounts", "list", json_answer=True).answer["accounts"]
        assert [(row["name"], row["role"]) for row in rows] == [("Ada", "owner")]


def test_kick(server, player):
    ada, ben = player("Ada"), player("Ben")
    answer = server.admin("kick", "ada", "--reason", "Please come back tomorrow.")
    assert answer.returncode == 0, answer.stderr
    ada.drain()
    assert "come back tomorrow" in ada.text
    ben.read_until(r"Ada is gone\.")
    assert "Ada" not in ben.do("who")
    assert server.admin("kick", "Nobody").returncode == NOT_FOUND


def test_broadcast(server, player, guest):
    clients = [player("Ada"), guest()]
    assert server.admin("broadcast", "Tea is ready.").returncode == 0
    for client in clients:
        client.read_until(r"Tea is ready\.")


def test_broadcast_cannot_forge_a_screen(server, guest):
    client = guest()
    server.admin("broadcast", "one\x1b[2Jtwo\rthree\u202efour")
    client.read_until("four|three|two")
    assert b"\x1b[2J" not in client.raw and "\u202e".encode() not in client.raw


@pytest.mark.parametrize("running", [True, False])
def test_backup_can_be_restored(data, folder, connect, running):
    backup = folder / "copy.sqlite"
    with Server(data) as server:
        client = connect(server.port)
        client.create("Ada", PASSWORD)
        client.do("take lamp")
        if not running:
            server.stop()
        answer = admin(data, "backup", str(backup), json_answer=True)
        assert answer.returncode == 0, answer.stdout
        assert answer.answer["things"] > 10
        if running:
            client.do("drop lamp")
    assert stat.S_IMODE(backup.stat().st_mode) & 0o077 == 0
    restored = folder / "Restored"
    restored.mkdir(mode=0o700)
    shutil.copy(backup, restored / "world.sqlite")
    with Server(restored) as server:
        assert server.admin("check").returncode == 0
        client = connect(server.port)
        client.log_in("Ada", PASSWORD)
        assert "lamp" in client.do("inventory")


def test_backup_does_not_overwrite(server, folder):
    precious = folder / "precious"
    precious.write_text("do not lose me")
    assert server.admin("backup", str(precious)).returncode == FAILED
    assert precious.read_text() == "do not lose me"


def test_backup_into_a_folder_that_is_not_there(server, folder):
    result = server.admin("backup", str(folder / "none" / "copy.sqlite"))
    assert result.returncode in (FAILED, NOT_FOUND, PERMISSION) and str(folder / "none") in result.stderr


@pytest.mark.parametrize("running", [True, False])
def test_check(data, running):
    with Server(data) as server:
        if not running:
            server.stop()
        answer = admin(data, "check", json_answer=True)
        assert answer.returncode == 0, answer.stdout
        assert answer.answer["problems"] == [] and answer.answer["things"] > 10


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_check_of_a_stopped_server_changes_nothing(data, end, connect):
    with Server(data) as server:
        connect(server.port).create("Ada", PASSWORD)
        getattr(server, end)()

    def contents():
        # Of a killed server SQLite may build its index of the log anew; it holds nothing of its own.
        return {path.name: "-shm" in path.name or path.read_bytes() for path in data.iterdir() if path.is_file()}

    before = contents()
    answer = admin(data, "check", json_answer=True)
    assert answer.returncode == 0 and answer.answer["turns"] > 0
    assert contents() == before


def test_check_finds_damage(data):
    with Server(data) as server:
        server.stop()
    database = data / "world.sqlite"
    octets = bytearray(database.read_bytes())
    octets[4096 : 4096 + 2048] = b"\xa5" * 2048
    database.write_bytes(octets)
    result = admin(data, "check")
    assert result.returncode not in (0, NOT_RUNNING)
    assert database.read_bytes() == bytes(octets)


@pytest.fixture
def world(folder):
    path = folder / "World"
    shutil.copytree(TEST_WORLD, path)
    return path


def check_world(data, world):
    return admin(data, "world", "check", str(world))


def test_world_check_of_a_good_world(data, world):
    assert check_world(data, world).returncode == 0


def test_world_check_names_every_error_with_file_and_line(data, world):
    house = world / "areas" / "house.yaml"
    lines = house.read_text().splitlines()
    wrong = lines.index("      east: gallery") + 1
    lines[wrong - 1] = "      east: galery"
    lines.append("colour: red")
    house.write_text("\n".join(lines) + "\n")
    result = check_world(data, world)
    assert result.returncode == FAILED
    assert re.search(rf"house\.yaml:{wrong}:\d+: error: .*galery.*gallery", result.stdout), result.stdout
    assert re.search(rf"house\.yaml:{len(lines)}:1: error: .*colour", result.stdout), result.stdout
    findings = admin(data, "world", "check", str(world), json_answer=True).answer["findings"]
    assert {wrong, len(lines)} <= {finding["line"] for finding in findings}


def test_world_reload_takes_new_text_and_keeps_the_state(data, world, connect):
    with Server(data, world=world) as server:
        client = connect(server.port)
        client.create("Ada", PASSWORD)
        client.do("take lamp")
        for path in world.rglob("*.yaml"):
            path.write_text(path.read_text().replace("Great Hall", "Grand Hall"))
        answer = server.admin("world", "reload")
        assert answer.returncode == 0, answer.stderr
        assert "Grand Hall" in client.do("look")
        assert "lamp" in client.do("inventory")


def test_world_reload_of_a_broken_world_changes_nothing(data, world, connect):
    with Server(data, world=world) as server:
        client = connect(server.port)
        client.create("Ada", PASSWORD)
        (world / "broken.yaml").write_text("rooms:\n  - [\n")
        for path in world.rglob("*.yaml"):
            path.write_text(path.read_text().replace("Great Hall", "Grand Hall"))
        answer = server.admin("world", "reload")
        assert answer.returncode != 0
        assert re.search(r"broken\.yaml:\d+", answer.stderr + answer.stdout)
        assert "Great Hall" in client.do("look")


def test_shutdown_is_announced_and_called_off(server, guest):
    client = guest()
    assert server.admin("shutdown", "--in", "10m", "--reason", "New cellar.").returncode == 0
    client.read_until(r"New cellar\.")
    assert server.admin("shutdown", "--cancel").returncode == 0
    assert "Great Hall" in client.do("look")
    assert server.is_running()
    assert server.admin("shutdown", "--cancel").returncode != 0


def test_shutdown(server, guest):
    client = guest()
    assert server.admin("shutdown", "--reason", "Good night.").returncode == 0
    client.drain()
    assert "Good night." in client.text
    assert server.wait() == 0


def test_shutdown_in_a_second(server, guest):
    client = guest()
    assert server.admin("shutdown", "--in", "1s").returncode == 0
    client.drain()
    assert server.wait() == 0


def test_changes_by_mud_admin_survive_a_crash(data, connect):
    with Server(data) as server:
        server.make_accounts(["Ada"], PASSWORD)
        server.kill()
    with Server(data) as server:
        connect(server.port).log_in("Ada", PASSWORD)


def test_completion_scripts(data):
    for shell in ("bash", "zsh", "fish"):
        result = admin(data, "--generate-completion-script", shell)
        assert "mud-admin" in result.stdout


def test_help_names_every_command(data):
    text = admin(data, "--help").stdout
    for command in ("status", "who", "accounts", "kick", "broadcast", "backup", "check", "world", "shutdown"):
        assert command in text


def test_everything_speaks_json(server, player, folder):
    player("Ada")
    for words in (
        ["status"], ["who"], ["accounts", "list"], ["broadcast", "x"], ["check"], ["backup", str(folder / "b")],
        ["world", "reload"], ["kick", "Ada"], ["shutdown", "--in", "1h"], ["shutdown", "--cancel"],
    ):
        result = server.admin(*words, json_answer=True)
        assert result.returncode == 0, (words, result.stdout)
        assert json.loads(result.stdout)["v"] == 1


def test_a_backup_is_restored_as_its_help_says(data, folder, connect):
    text = admin(data, "backup", "--help").stdout
    assert "world.sqlite-wal" in text and "world.sqlite-shm" in text
    backup = folder / "world.backup"
    with Server(data) as server:
        connect(server.port).create("Ada", PASSWORD)
        assert server.admin("backup", str(backup)).returncode == 0
        connect(server.port).create("Ben", PASSWORD)
        # What a crash leaves lies beside the database.
        server.kill()
    (folder / "aside").mkdir()
    for path in data.glob("world.sqlite*"):
        path.rename(folder / "aside" / path.name)
    shutil.copy(backup, data / "world.sqlite")
    assert admin(data, "check").returncode == 0
    rows = admin(data, "accounts", "list", json_answer=True).answer["accounts"]
    assert [row["name"] for row in rows] == ["Ada"]
    assert "systemctl restart" not in admin(data, "health", "--help").stdout


def records(data, *words):
    return admin(data, "audit", "search", *words, json_answer=True).answer["records"]


def test_audit_tells_who_came_and_what_was_done(server, player):
    player("Ada").line("quit")
    assert server.admin("accounts", "role", "ada", "builder").returncode == 0
    assert server.admin("kick", "Nobody").returncode == NOT_FOUND
    found = records(server.data)
    assert [record["event"] for record in found] == ["start", "create", "logout", "administer", "administer"]
    assert found[3]["subject"] == "ada" and found[3]["detail"] == "set-role role=builder"
    assert found[3]["actor"].startswith("uid ") and found[3]["origin"].startswith("control socket, process ")
    assert found[4]["outcome"] == "refused"
    assert [record["event"] for record in records(server.data, "--actor", "ADA", "--since", "1h")] == ["create", "logout"]
    assert records(server.data, "--until", "2020-01-01") == []
    assert len(records(server.data, "--refused")) == 1 and len(records(server.data, "--last", "2")) == 2
    table = server.admin("audit", "search", "--event", "administer").stdout
    assert "set-role role=builder" in table and "administer refused" in table
    assert server.admin("audit", "search", "--since", "yesterday").returncode in (USAGE, 64)


def test_audit_goes_on_over_a_crash_and_without_a_server(data):
    with Server(data) as server:
        server.kill()
    with Server(data) as server:
        server.stop()
    done = admin(data, "accounts", "create", "bob", "--password-stdin", text=PASSWORD + "\n")
    assert done.returncode == 0, done.stderr
    found = records(data)
    assert [record["event"] for record in found] == ["start", "start", "stop", "administer"]
    assert found[-1]["origin"].startswith("mud-admin")
    verdict = admin(data, "audit", "verify", json_answer=True)
    assert verdict.returncode == 0 and verdict.answer["records"] == 4
    assert PASSWORD not in (data / "audit.log").read_text()
    assert stat.S_IMODE((data / "audit.log").stat().st_mode) == 0o600


def test_audit_finds_what_was_changed(data):
    with Server(data) as server:
        server.stop()
    trail = data / "audit.log"
    known = admin(data, "audit", "verify", json_answer=True).answer["head"]
    assert admin(data, "audit", "verify", "--known", known).returncode == 0
    lines = trail.read_text().splitlines(keepends=True)
    trail.write_text(lines[0].replace("process ", "process 9") + lines[1])
    changed = admin(data, "audit", "verify")
    assert changed.returncode == FAILED and "line 1 was changed" in changed.stdout
    trail.write_text(lines[0])
    assert admin(data, "audit", "verify").returncode == 0
    cut = admin(data, "audit", "verify", "--known", known)
    assert cut.returncode == FAILED and "is not there" in cut.stdout
    # Anybody's tools can make the hash.
    content, _, tail = lines[0].rpartition(',"hash":"')
    assert hashlib.sha256(content.encode()).hexdigest() == tail[:64]
    trail.unlink()
    assert admin(data, "audit", "verify").returncode == NOT_FOUND
