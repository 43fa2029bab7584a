"""Characters made by the questions of SSH (`ssh new@HOST`), with the clients that people have, and key exchanges that are set."""

import asyncio
import os
import pathlib
import shutil
import subprocess
import tempfile

import asyncssh
import paramiko
import pytest
from conftest import PASSWORD
from harness.server import COMMAND_LIMIT, STARTER_WORLD, ServerFailed
from harness.ssh import Person, SSHServer
from harness.telnet import PATIENCE
from harness.terminals import Pseudoterminal, program

NIST = ["ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521"]


@pytest.fixture(scope="module")
def server():
    path = pathlib.Path(tempfile.mkdtemp(prefix="mudd-"))
    with SSHServer(path / "Data") as running:
        yield running
    shutil.rmtree(path)


def fingerprint(server):
    return asyncssh.import_public_key(" ".join(server.host_key)).get_fingerprint()


def answer_questions(client, name):
    """Types what makes a character, at a client under a terminal."""
    client.expect("Type the name you want your character to have")
    client.expect("Name: ")
    client.type("x")
    client.expect("at least 3 letters")
    client.expect("Name: ")
    client.type(name)
    client.expect("at least 8 characters")
    for password, again in ((PASSWORD, "another"), (PASSWORD, PASSWORD)):
        client.expect("New password: ")
        assert client.child.waitnoecho(PATIENCE)
        client.type(password)
        client.expect("The same again: ")
        client.type(again)
    client.expect("screen reader")
    client.expect("Yes or no")
    client.type("no")


def play(client, name):
    client.expect(f"Welcome, {name}")
    client.expect("Great Hall")
    client.type("say hello")
    client.expect('You say, "hello')
    assert PASSWORD not in client.raw
    client.type("quit")
    client.expect("Goodbye")


def test_openssh_makes_a_character_that_comes_back_by_password(server, folder):
    client = Person(server, folder, "new").terminal()
    try:
        answer_questions(client, "Tessa")
        play(client, "Tessa")
    finally:
        client.close()
    client = Person(server, folder, "tessa").terminal("-o", "PreferredAuthentications=password")
    try:
        client.expect("password:")
        client.type(PASSWORD)
        client.expect("Welcome back, Tessa")
    finally:
        client.close()


def test_putty_makes_a_character(server, folder):
    client = Pseudoterminal(
        program("plink"), "-ssh", "-no-antispoof", "-hostkey", fingerprint(server), "-P", str(server.ssh_port),
        "new@127.0.0.1", environment={"HOME": str(folder)})
    try:
        answer_questions(client, "Petra")
        play(client, "Petra")
    finally:
        client.close()


def test_dropbear_makes_a_character(server, folder):
    client = Pseudoterminal(
        program("dbclient"), "-y", "-y", "-p", str(server.ssh_port), "new@127.0.0.1", environment={"HOME": str(folder)})
    try:
        answer_questions(client, "Dora")
        play(client, "Dora")
    finally:
        client.close()


def test_paramiko_makes_a_character(server):
    answers = iter([["ab"], ["Paula"], [PASSWORD, PASSWORD], [""]])
    rounds = []

    def answer(title, instructions, prompts):
        rounds.append((instructions, prompts))
        return next(answers)

    transport = paramiko.Transport(("127.0.0.1", server.ssh_port))
    try:
        transport.start_client(timeout=PATIENCE)
        with pytest.raises(paramiko.BadAuthenticationType) as refusal:
            transport.auth_none("new")
        assert set(refusal.value.allowed_types) == {"keyboard-interactive", "password"}
        assert transport.auth_interactive("new", answer) == []
        channel = transport.open_session(timeout=PATIENCE)
        channel.settimeout(PATIENCE)
        channel.exec_command("look")
        assert b"Great Hall" in channel.recv(65536)
    finally:
        transport.close()
    assert [prompts for _, prompts in rounds] == [
        [("Name: ", True)], [("Name: ", True)], [("New password: ", False), ("The same again: ", False)],
        [("Yes or no (Enter is no): ", True)]]
    assert "at least 3 letters" in rounds[1][0]


def test_asyncssh_makes_a_character_in_chinese(folder):
    class Newcomer(asyncssh.SSHClient):
        def __init__(self):
            self.answers = [["zh"], ["Anna"], [PASSWORD, PASSWORD], ["否"]]
            self.instructions = []

        def kbdint_auth_requested(self):
            return ""

        def kbdint_challenge_received(self, name, instructions, lang, prompts):
            self.instructions.append(instructions)
            return self.answers.pop(0)

    newcomer = Newcomer()

    async def play(server):
        kind, blob = server.host_key
        async with asyncssh.connect(
                "127.0.0.1", server.ssh_port, username="new", client_factory=lambda: newcomer, client_keys=None,
                known_hosts=([asyncssh.import_public_key(f"{kind} {blob}")], [], []), config=None, agent_path=None,
                login_timeout=PATIENCE) as connection:
            process = await connection.create_process(env={"LANG": "en_GB.UTF-8"})
            await process.stdout.readuntil("欢迎，Anna。")
            process.stdin.write("quit\n")
            await process.wait()

    with SSHServer(folder / "Data", world=STARTER_WORLD) as server:
        asyncio.run(asyncio.wait_for(play(server), PATIENCE * 2))
    assert newcomer.answers == [] and "至少 8 个字符" in newcomer.instructions[2]


def test_a_client_without_questions_makes_one_in_the_game(server, folder):
    client = Person(server, folder, "new").terminal("-o", "PreferredAuthentications=password")
    try:
        client.expect("password:")
        client.type("")
        client.expect("Type the name")
        client.expect("Name:")
        client.type("Olga")
        for _ in range(2):
            client.type(PASSWORD)
        client.expect("Yes or no")
        client.type("no")
        play(client, "Olga")
    finally:
        client.close()


def test_a_script_answers_in_the_game(server, folder):
    """OpenSSH without a terminal gives empty answers, and then an empty password."""
    person = Person(server, folder, "new")
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "SSH_ASKPASS")}
    done = subprocess.run(
        [program("ssh"), *person.options(), "-p", str(server.ssh_port), "new@127.0.0.1"],
        input="\n".join(["Scripta", PASSWORD, PASSWORD, "no", "look", "quit", ""]), capture_output=True, text=True,
        timeout=COMMAND_LIMIT, start_new_session=True, env=environment)
    assert "Great Hall" in done.stdout and "Goodbye" in done.stdout, done.stdout + done.stderr


def test_one_that_does_not_want_to_come_in_is_let_go(server, folder):
    client = Person(server, folder, "new").terminal()
    try:
        client.expect("Name: ")
        client.type("quit")
        client.expect("Goodbye")
        client.child.wait()
        assert client.child.exitstatus == 255
    finally:
        client.close()


def test_a_name_is_given_once(server, folder):
    """Two make the same name at the same time; who is second is asked for another."""
    first, second = (Person(server, folder, "new").terminal() for _ in range(2))
    try:
        for client in (first, second):
            client.expect("Name: ")
            client.type("Wanda")
            client.expect("New password: ")
            client.type(PASSWORD)
            client.expect("The same again: ")
            client.type(PASSWORD)
            client.expect("Yes or no")
        first.type("no")
        first.expect("Welcome, Wanda")
        second.type("no")
        second.expect("has just taken that name")
        second.expect("Name: ")
    finally:
        first.close()
        second.close()


# Key exchange


def comes_in(server, folder, method):
    done = Person(server, folder, "guest").run("look", options=["-o", f"KexAlgorithms={method}"])
    return done.returncode == 0 and "Great Hall" in done.stdout


def test_key_exchanges_on_nist_curves_are_offered_when_they_are_set(server, folder):
    for method in NIST:
        assert not comes_in(server, folder, method)
    methods = ["curve25519-sha256", *NIST]
    with SSHServer(folder / "Data", options=["--set", "ssh.keyexchange=" + ",".join(methods)]) as other:
        for method in methods:
            assert comes_in(other, folder, method), method
        assert not comes_in(other, folder, "curve25519-sha256@libssh.org")


def test_a_key_exchange_nobody_knows_keeps_the_server_from_starting(folder):
    server = SSHServer(folder / "Data", options=["--set", "ssh.keyexchange=diffie-hellman-group14-sha1"])
    with pytest.raises(ServerFailed) as failure, server:
        pass
    assert failure.value.status != 0 and "diffie-hellman-group14-sha1" in failure.value.complaint
