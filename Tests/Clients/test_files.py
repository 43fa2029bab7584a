"""Files of players and of the world by SFTP: what is closed is kept whole, refused whole, and survives a crash whole."""

import pathlib
import random
import shutil
import threading
import time

import pytest
from conftest import PASSWORD
from harness.server import COMMAND_LIMIT, TEST_WORLD
from harness.ssh import Person, SSHServer

HALL = "areas/house.yaml"


@pytest.fixture
def world(folder):
    """A copy of the test world that may be changed."""
    return pathlib.Path(shutil.copytree(TEST_WORLD, folder / "World"))


def person(server, folder, name, role="player"):
    """Somebody with an account of that role and a key."""
    server.make_accounts([name], PASSWORD, role)
    made = Person(server, folder, name.lower())
    answer = server.admin("accounts", "add-key", name, made.make_key())
    assert answer.returncode == 0, answer.stderr
    return made


@pytest.fixture
def server(data, world):
    with SSHServer(data, world=world) as running:
        yield running


def put(who, folder, text, place):
    (folder / "draft").write_text(text)
    return who.sftp(f"put {folder}/draft {place}")


def get(who, folder, place):
    result = who.sftp(f"get {place} {folder}/copy")
    assert result.returncode == 0, result.stderr
    return (folder / "copy").read_text()


# A player's own


def test_a_homepage_is_listed_in_the_game_and_kept(server, folder):
    ada = person(server, folder, "Ada")
    assert put(ada, folder, "<h1>Ada</h1>\n", "homepage/index.html").returncode == 0
    assert ada.sftp("mkdir homepage/pictures", f"put {folder}/draft homepage/pictures/cat.png").returncode == 0
    answer = ada.run("homepage")
    assert "index.html, 1 KiB, text/html" in answer.stdout and "pictures/cat.png" in answer.stdout
    # What the client was told is kept, whatever happens next.
    server.kill()
    server.start()
    later = Person(server, folder, "ada")
    assert get(later, folder, "homepage/index.html") == "<h1>Ada</h1>\n"


def test_notes_are_the_same_in_the_game(server, folder):
    ada = person(server, folder, "Ada")
    assert ada.run("note", "shopping", "=", "Flour.").returncode == 0
    assert get(ada, folder, "notes/shopping.txt") == "Flour.\n"
    assert put(ada, folder, "Oil.\n", "notes/shopping.txt").returncode == 0
    assert "Oil." in ada.run("note", "shopping").stdout
    (folder / "draft").write_bytes(b"\x1b[2J")
    assert ada.sftp(f"put {folder}/draft notes/shopping.txt").returncode != 0
    # OpenSSH's programs do not show what the server says.
    assert "Only text can be kept here" in get(ada, folder, "refused.txt")
    assert get(ada, folder, "notes/shopping.txt") == "Oil.\n"


def test_letters_are_copied_and_not_changed(server, folder):
    ada, ben = person(server, folder, "Ada"), person(server, folder, "Ben")
    assert ben.run("mail to ada about tea = Come at five.").returncode == 0
    text = get(ada, folder, "mail/Inbox/1-tea.eml")
    assert text.startswith('From: "Ben"') and text.rstrip().endswith("Come at five.")
    assert ada.sftp("rm mail/Inbox/1-tea.eml").returncode != 0
    assert put(ada, folder, "x", "mail/Inbox/2.eml").returncode != 0


def test_what_does_not_fit_leaves_the_old(server, folder):
    ada = person(server, folder, "Ada")
    assert put(ada, folder, "small", "homepage/a").returncode == 0
    assert put(ada, folder, "x" * (256 * 1024 + 1), "homepage/a").returncode != 0
    assert get(ada, folder, "homepage/a") == "small"
    for name in "bcde":
        assert put(ada, folder, "x" * (256 * 1024), f"homepage/{name}").returncode == (0 if name != "e" else 1)


def test_a_player_sees_nothing_of_others(server, folder):
    ada, ben = person(server, folder, "Ada"), person(server, folder, "Ben")
    assert put(ada, folder, "secret", "notes/a").returncode == 0
    assert ben.sftp(f"get notes/a {folder}/stolen").returncode != 0
    assert "World" not in ben.sftp("ls").stdout
    assert ben.sftp(f"get World/{HALL} {folder}/stolen").returncode != 0


# The world's


def test_a_builder_changes_an_area(server, folder, world):
    builder = person(server, folder, "Ada", "builder")
    text = get(builder, folder, f"World/{HALL}")
    assert text == (world / HALL).read_text()
    changed = text.replace("Great Hall", "Small Hall")
    assert put(builder, folder, changed, f"World/{HALL}").returncode == 0
    assert (world / HALL).read_text() == changed
    assert "Small Hall" in builder.run("look").stdout
    assert sorted(path.name for path in (world / "areas").iterdir()) == ["house.yaml"]
    trail = server.admin("audit", "search", "--event", "administer").stdout
    assert "World/areas/house.yaml" in trail


def test_a_mistake_is_told_with_its_line(server, folder, world):
    builder = person(server, folder, "Ada", "builder")
    text = (world / HALL).read_text()
    line = text[: text.index("east: gallery")].count("\n") + 1
    assert put(builder, folder, text.replace("east: gallery", "east: galery"), f"World/{HALL}").returncode != 0
    reason = get(builder, folder, "refused.txt")
    assert f"{HALL}:{line}:" in reason and "did you mean" in reason
    assert (world / HALL).read_text() == text
    assert sorted(path.name for path in (world / "areas").iterdir()) == ["house.yaml"]
    assert put(builder, folder, text, f"World/{HALL}").returncode == 0
    assert "refused.txt" not in builder.sftp("ls").stdout


def test_the_world_is_for_administrators(server, folder, world):
    builder = person(server, folder, "Ada", "builder")
    assert get(builder, folder, "World/world.yaml") == (world / "world.yaml").read_text()
    assert put(builder, folder, "start: house/hall\n", "World/world.yaml").returncode != 0
    for place in ("World/../../stolen.yaml", "World/areas/../../../stolen.yaml", "World/.hidden.yaml", "World/x.sh"):
        assert put(builder, folder, "area: x\n", place).returncode != 0
    assert not list(folder.rglob("stolen*"))


def test_a_crash_leaves_file_and_world_old_or_new_together(data, folder, world):
    """Kills the server at any moment while a builder saves, and looks at both sides after each start."""
    dice = random.Random(20261130)
    original = (world / HALL).read_text()
    server = SSHServer(data, world=world).start()
    try:
        builder = person(server, folder, "Ada", "builder")
        acknowledged = 0
        for number in range(1, 9):
            text = original.replace("Great Hall", f"Hall {number}")
            results = []
            saving = threading.Thread(target=lambda: results.append(put(builder, folder, text, f"World/{HALL}")))
            saving.start()
            time.sleep(dice.uniform(0.15, 0.6))
            server.strike()
            saving.join(COMMAND_LIMIT)
            if results and results[0].returncode == 0:
                acknowledged = number
            server.kill()
            server.start()
            builder = Person(server, folder, "ada")
            file = (world / HALL).read_text()
            name = "Great Hall" if file == original else f"Hall {number if f'Hall {number}' in file else acknowledged}"
            assert name in file, "the file is neither old nor new"
            seen = builder.run("look").stdout
            assert name in seen, f"the file says {name}, and the world: {seen}"
            assert acknowledged != number or name == f"Hall {number}", "what was acknowledged is lost"
            assert sorted(path.name for path in (world / "areas").iterdir()) == ["house.yaml"]
            if name != "Great Hall":
                acknowledged = int(name.split()[1])
    finally:
        server.end()
