"""The SSH door with OpenSSH's programs: terminals, commands, keys, files."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

import pytest
from conftest import PASSWORD
from harness.server import COMMAND_LIMIT, ROOT
from harness.ssh import Person, SSHServer
from harness.telnet import PATIENCE
from harness.terminals import program


@pytest.fixture
def server(data):
    with SSHServer(data) as running:
        yield running


@pytest.fixture
def ada(server, folder):
    """A player with a password and a key."""
    server.make_accounts(["Ada"], PASSWORD)
    person = Person(server, folder, "ada")
    line = person.make_key()
    answer = server.admin("accounts", "add-key", "Ada", line)
    assert answer.returncode == 0, answer.stderr
    return person


def test_a_key_on_the_command_line_needs_no_quotes_and_a_private_one_is_not_shown(server, folder):
    server.make_accounts(["Ada"], PASSWORD)
    person = Person(server, folder, "ada")
    answer = server.admin("accounts", "add-key", "Ada", *person.make_key().split())
    assert answer.returncode == 0, answer.stderr
    secret = person.key.read_text()
    for words in ([secret], secret.split()):
        answer = server.admin("accounts", "add-key", "Ada", *words)
        assert answer.returncode == 2 and "private key" in answer.stderr
        assert secret.splitlines()[1] not in answer.stderr + answer.stdout


def close(client):
    client.close()


# Coming in


def test_a_password_lets_in_and_is_not_shown(server, folder):
    server.make_accounts(["Ada"], PASSWORD)
    client = Person(server, folder, "ada").terminal("-o", "PreferredAuthentications=password")
    try:
        client.expect("password:")
        assert client.child.waitnoecho(PATIENCE)
        client.type(PASSWORD)
        client.expect("Great Hall")
        client.type("say hello")
        client.expect('You say, "hello')
        client.type("quit")
        client.expect("Goodbye")
        client.child.expect_exact(["closed", client.child.delimiter])
        client.child.wait()
        assert client.child.exitstatus == 0
        assert PASSWORD not in client.raw
    finally:
        close(client)


def test_questions_let_in_as_well(server, folder):
    server.make_accounts(["Ada"], PASSWORD)
    client = Person(server, folder, "ada").terminal("-o", "PreferredAuthentications=keyboard-interactive")
    try:
        client.expect("Password:")
        client.type("wrong")
        client.expect("Password:")
        client.type(PASSWORD)
        client.expect("Great Hall")
    finally:
        close(client)


def test_who_is_new_makes_a_character(server, folder):
    client = Person(server, folder, "new").terminal()
    try:
        client.expect("Name:")
        client.type("Tessa")
        client.expect("New password:")
        client.type(PASSWORD)
        client.expect("The same again:")
        client.type(PASSWORD)
        client.expect("Yes or no")
        client.type("no")
        client.expect("Great Hall")
        assert PASSWORD not in client.raw
    finally:
        close(client)
    assert "Tessa" in server.admin("accounts", "list").stdout


def test_guests_look_around(server, folder):
    client = Person(server, folder, "guest").terminal()
    try:
        client.expect("Great Hall")
    finally:
        close(client)


def test_a_key_lets_in_without_a_question(ada):
    client = ada.terminal("-o", "BatchMode=yes")
    try:
        client.expect("Great Hall")
    finally:
        close(client)


def test_an_agent_signs(server, ada, folder):
    socket = folder / "agent"
    agent = subprocess.Popen([program("ssh-agent"), "-D", "-a", str(socket)], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while not socket.exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        environment = {**os.environ, "SSH_AUTH_SOCK": str(socket)}
        subprocess.run([program("ssh-add"), "-q", str(ada.key)], env=environment, check=True, timeout=COMMAND_LIMIT)
        result = subprocess.run(
            [program("ssh"), "-F", "/dev/null", "-o", f"UserKnownHostsFile={ada.known_hosts}", "-o", "BatchMode=yes", "-A",
             "-p", str(server.ssh_port), "ada@127.0.0.1", "look"], env=environment, capture_output=True, text=True,
            timeout=COMMAND_LIMIT)
        assert result.returncode == 0 and "Great Hall" in result.stdout, result.stderr
    finally:
        agent.terminate()
        agent.wait(PATIENCE)


def test_a_wrong_password_and_a_wrong_name_look_the_same(server, folder):
    server.make_accounts(["Ada"], PASSWORD)
    seen = []
    for name in ("ada", "nobody"):
        person = Person(server, folder, name)
        result = person.run("look")
        seen.append(result.stderr.replace(name, "NAME"))
        assert result.returncode == 255
    assert seen[0] == seen[1] and "Permission denied (publickey,keyboard-interactive,password)" in seen[0]


# Commands


def test_a_command_is_answered_without_noise(ada):
    result = ada.run("look")
    assert result.returncode == 0 and result.stderr == ""
    assert "Great Hall" in result.stdout and ">" not in result.stdout
    assert "\x1b" not in result.stdout and "\r" not in result.stdout
    assert ada.run("frobnicate the world").returncode == 1


def test_a_command_disturbs_nobody(server, ada, connect):
    watcher = connect(server.port)
    watcher.read_prompt("Name: ")
    watcher.line("guest")
    watcher.read_prompt("> ")
    assert ada.run("look").returncode == 0
    assert ada.run("say from afar").returncode == 0
    text = watcher.read_until('says, "from afar')
    assert "arrive" not in text and "gone" not in text
    # And in play elsewhere.
    client = ada.terminal()
    try:
        client.expect("Great Hall")
        before = len(client.raw)
        assert "Great Hall" in ada.run("look").stdout
        assert ada.run("say from both").returncode == 0
        client.expect('You say, "from both')
        assert "Great Hall" not in client.raw[before:]
    finally:
        close(client)


def test_a_guest_asks_by_a_command(server, folder):
    guest = Person(server, folder, "guest")
    looked = guest.run("look")
    assert looked.returncode == 0 and "Great Hall" in looked.stdout
    said = guest.run("say hello")
    assert said.returncode == 1 and "only looks and asks" in said.stdout
    assert "Guest" not in server.admin("who").stdout


def test_a_script_reads_no_prompts(ada):
    result = ada.run(options=["-T"], text="look\nsay hello\nquit\n")
    assert result.returncode == 0
    assert "Great Hall" in result.stdout and "hello" in result.stdout
    assert "> " not in result.stdout and "\x1b" not in result.stdout


def test_several_channels_share_a_connection(server, ada, folder):
    control = folder / "control"
    options = ["-o", f"ControlPath={control}"]
    master = subprocess.Popen(
        [program("ssh"), *ada.options(*options), "-M", "-N", "-p", str(server.ssh_port), "ada@127.0.0.1"],
        stdin=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while not control.exists():
            assert time.monotonic() < deadline and master.poll() is None
            time.sleep(0.01)
        for _ in range(20):
            assert "Great Hall" in ada.run("look", options=options).stdout
    finally:
        # By a signal, it may miss it while it waits for its peers.
        ada.run(options=[*options, "-O", "exit"])
        master.wait(PATIENCE)


# The terminal


def test_a_window_is_followed(ada):
    client = ada.terminal()
    try:
        client.expect("Great Hall")
        client.child.setwinsize(60, 40)
        # The program hears of it by a signal, which may come after the line.
        deadline = time.monotonic() + PATIENCE
        while True:
            begin = client.mark
            client.type("help")
            client.expect("commands lists")
            client.expect("> ")
            # The line of status may stand before one of the lines.
            lines = client.seen()[begin:].splitlines()
            if max(map(len, lines)) <= 80:
                break
            assert time.monotonic() < deadline, lines
        assert len(lines) > 3
    finally:
        close(client)


def test_interrupt_clears_the_line_and_end_of_input_leaves(ada):
    client = ada.terminal()
    try:
        client.expect("Great Hall")
        client.child.send("say never\x03")
        client.type("say ever")
        client.expect('You say, "ever')
        assert "never,\"" not in client.seen()
        client.child.send("\x04")
        client.expect("Goodbye")
        client.child.wait()
        assert client.child.exitstatus == 0
    finally:
        close(client)


def test_a_dumb_terminal_gets_plain_lines(ada):
    client = ada.terminal(environment={**os.environ, "TERM": "dumb"})
    try:
        client.expect("Great Hall")
        client.expect("> ")
        client.child.send("sax\x7fy hello\r")
        client.expect('You say, "hello')
        client.type("quit")
        client.expect("Goodbye")
        assert "sax\b \by hello\r\n" in client.raw and "\x1b" not in client.raw
    finally:
        close(client)


# Files


def test_files_go_and_come(ada, folder):
    page = folder / "index.html"
    page.write_text("<p>Hello</p>\n")
    result = ada.sftp(f"put {page} homepage/index.html", "ls -l homepage", f"get homepage/index.html {folder}/back.html")
    assert result.returncode == 0, result.stderr
    assert "index.html" in result.stdout
    assert (folder / "back.html").read_text() == page.read_text()
    assert ada.scp(str(page), ada.remote("homepage/two.html")).returncode == 0
    assert ada.scp(ada.remote("homepage/two.html"), str(folder / "two.html")).returncode == 0
    assert (folder / "two.html").read_text() == page.read_text()


def test_there_is_no_way_out_of_the_tree(ada, folder):
    for path in ("/etc/passwd", "../../../../etc/passwd", "homepage/../../etc/passwd", "/../etc/passwd"):
        result = ada.sftp(f"get {path} {folder}/stolen")
        assert result.returncode != 0 and not (folder / "stolen").exists()


def test_the_old_protocol_of_scp_is_spoken_as_well(ada, folder):
    page = folder / "index.html"
    page.write_text("<p>Hello</p>\n")
    result = ada.scp(str(page), ada.remote("homepage/index.html"), "-O")
    assert result.returncode == 0, result.stderr
    result = ada.scp(ada.remote("homepage/index.html"), str(folder / "back.html"), "-O")
    assert result.returncode == 0, result.stderr
    assert (folder / "back.html").read_text() == page.read_text()


# The server's keys


def test_keys_are_made_once_and_shown_everywhere(data):
    with SSHServer(data) as server:
        key = data / "ssh/ssh_host_ed25519_key"
        assert key.stat().st_mode & 0o777 == 0o600
        told = subprocess.run(
            ["ssh-keygen", "-lf", f"{key}.pub"], capture_output=True, text=True, check=True).stdout.split()[1]
        assert told in server.table
        assert told in server.admin("status").stdout
        scanned = subprocess.run(
            [program("ssh-keyscan"), "-p", str(server.ssh_port), "127.0.0.1"], capture_output=True, text=True,
            timeout=COMMAND_LIMIT).stdout
        assert server.host_key[1] in scanned and "ssh-rsa" in scanned
        first = server.host_key
    with SSHServer(data) as server:
        assert server.host_key == first


def test_a_key_open_to_others_is_refused(data):
    with SSHServer(data):
        pass
    (data / "ssh/ssh_host_ed25519_key").chmod(0o644)
    with pytest.raises(Exception, match="chmod 600"):
        with SSHServer(data):
            pass


def test_without_a_usable_key_no_world_is_made(data):
    key = data / "ssh/ssh_host_ed25519_key"
    key.parent.mkdir(parents=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, timeout=COMMAND_LIMIT)
    key.chmod(0o644)
    before = sorted(data.rglob("*"))
    for options in ([], ["--check"]):
        with pytest.raises(Exception, match="chmod 600"):
            with SSHServer(data, options=options):
                pass
        assert sorted(data.rglob("*")) == before


def test_clients_learn_the_next_key(data, folder):
    with SSHServer(data) as server:
        server.make_accounts(["Ada"], PASSWORD)
    following = data / "ssh/next"
    following.mkdir()
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(following / "ssh_host_ed25519_key")], check=True)
    blob = (following / "ssh_host_ed25519_key.pub").read_text().split()[1]
    with SSHServer(data) as server:
        person = Person(server, folder, "ada")
        assert server.admin("accounts", "add-key", "Ada", person.make_key()).returncode == 0
        assert person.run("look", options=["-o", "UpdateHostKeys=yes"]).returncode == 0
        assert blob in person.known_hosts.read_text()


def make_host_key(path):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    return path.with_name(path.name + ".pub").read_text().split()[1]


def shown_key(server):
    scanned = subprocess.run(
        [program("ssh-keyscan"), "-t", "ed25519", "-p", str(server.ssh_port), "127.0.0.1"], capture_output=True, text=True,
        timeout=COMMAND_LIMIT).stdout
    return scanned.split()[-1]


def test_keys_change_while_the_server_runs(server, ada, data):
    first = ada.known_hosts.read_text().split()[-1]
    following = data / "ssh/next"
    following.mkdir()
    blob = make_host_key(following / "ssh_host_ed25519_key")
    control = ada.folder / "control"
    options = ["-o", f"ControlPath={control}"]
    master = subprocess.Popen(
        [program("ssh"), *ada.options(*options), "-M", "-N", "-p", str(server.ssh_port), "ada@127.0.0.1"],
        stdin=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while not control.exists():
            assert time.monotonic() < deadline and master.poll() is None
            time.sleep(0.01)
        answer = server.admin("reload")
        assert answer.returncode == 0 and "tells clients of ED25519 SHA256:" in answer.stdout, answer
        assert shown_key(server) == first
        assert ada.run("look", options=["-o", "UpdateHostKeys=yes"]).returncode == 0
        assert blob in ada.known_hosts.read_text()
        for name in ("ssh_host_ed25519_key", "ssh_host_ed25519_key.pub"):
            (following / name).rename(data / "ssh" / name)
        answer = server.admin("reload")
        assert answer.returncode == 0 and "The SSH door has the keys" in answer.stdout, answer
        assert shown_key(server) == blob
        told = subprocess.run(
            ["ssh-keygen", "-lf", str(data / "ssh/ssh_host_ed25519_key.pub")], capture_output=True, text=True,
            check=True).stdout.split()[1]
        assert told in server.admin("status").stdout
        # Nobody is asked anything, and who was in goes on.
        assert ada.run("look").returncode == 0
        assert "Great Hall" in ada.run("look", options=options).stdout
        assert "Nothing has changed." in server.admin("reload").stdout
    finally:
        ada.run(options=[*options, "-O", "exit"])
        master.wait(PATIENCE)


def test_a_bad_key_changes_nothing(server, ada, data):
    path = data / "ssh/ssh_host_ed25519_key"
    blob, fingerprints = shown_key(server), server.admin("status").stdout
    path.write_text("nothing\n")
    answer = server.admin("reload")
    assert answer.returncode != 0 and "goes on with the keys it had" in answer.stderr and str(path) in answer.stderr
    assert shown_key(server) == blob
    assert [line for line in fingerprints.splitlines() if "SHA256" in line] == [
        line for line in server.admin("status").stdout.splitlines() if "SHA256" in line]
    assert ada.run("look").returncode == 0
    for key in (data / "ssh").glob("ssh_host_*_key"):
        key.unlink()
    answer = server.admin("reload")
    assert answer.returncode != 0 and "There is no key" in answer.stderr
    assert ada.run("look").returncode == 0


def test_the_guide_tells_what_is_offered(server, folder):
    person = Person(server, folder, "nobody")
    told = person.run("look", options=["-vv"]).stderr.split("peer server KEXINIT proposal")[1]
    offered = {
        name: re.search(rf"^debug2: {name}: (\S+)", told, re.M)[1].split(",")
        for name in ("KEX algorithms", "ciphers stoc", "MACs stoc", "compression stoc")}
    rows = dict(re.findall(r"^\| ([a-zA-Z* ,`-]+?) \| (.*) \|$", (ROOT / "Deploy/README.md").read_text(), re.M))
    named = {row: re.findall(r"`([^`]+)`", rows[row]) for row in ("key exchange", "ciphers", "MACs, for `aes*-ctr` only")}
    methods = [name for name in offered["KEX algorithms"] if not name.startswith(("kex-strict-", "ext-info-"))]
    assert methods == named["key exchange"] or methods == named["key exchange"][1:]
    assert "kex-strict-s-v00@openssh.com" in offered["KEX algorithms"]
    assert offered["ciphers stoc"] == named["ciphers"]
    assert offered["MACs stoc"] == named["MACs, for `aes*-ctr` only"]
    assert offered["compression stoc"] == ["none"]


# Renewal of keys


def test_keys_are_renewed_while_much_is_sent(ada):
    text = "look\n" * 200 + "quit\n"
    result = ada.run(options=["-T", "-o", "RekeyLimit=64K"], text=text)
    assert result.returncode == 0 and result.stdout.count("Great Hall") >= 200


# Connections onwards


def test_forwarding_is_for_administrators_where_it_is_allowed(folder):
    with SSHServer(folder / "Data", options=["--set", "ssh.forwarding=yes"]) as server:
        server.make_accounts(["Ada"], PASSWORD, role="admin")
        server.make_accounts(["Ben"], PASSWORD)
        results = {}
        for name in ("ada", "ben"):
            person = Person(server, folder, name)
            line = person.make_key()
            assert server.admin("accounts", "add-key", name, line).returncode == 0
            results[name] = subprocess.run(
                [program("ssh"), *person.options("-o", "BatchMode=yes"), "-p", str(server.ssh_port), "-W",
                 f"127.0.0.1:{server.port}", f"{name}@127.0.0.1"], input="quit\r\n", capture_output=True, text=True,
                timeout=COMMAND_LIMIT, errors="replace")
        assert "Name:" in results["ada"].stdout
        assert results["ben"].stdout == "" and "administratively prohibited" in results["ben"].stderr
        found = server.admin("audit", "search", "--event", "forward").stdout
        assert "Ada" in found and f"127.0.0.1:{server.port}" in found
        refused = server.admin("audit", "search", "--event", "forward", "--refused").stdout
        assert "Ben" in refused and f"127.0.0.1:{server.port}" in refused and "Ada" not in refused


# The manhole


def test_owners_look_into_the_server_and_it_is_on_record(server, ada):
    looked = ada.run("manhole", options=["-s"], text="turns\n")
    assert looked.returncode != 0 and "durable" not in looked.stdout
    assert server.admin("accounts", "role", "Ada", "owner").returncode == 0
    looked = ada.run("manhole", options=["-s"], text="help\nturns\nthings hall\nthing #1\nquit\n")
    assert looked.returncode == 0 and "durable through" in looked.stdout and "Great Hall" in looked.stdout
    found = server.admin("audit", "search", "--event", "inspect").stdout
    assert "refused" in found and "things hall" in found


# Whoever had the old password


def test_a_new_password_by_an_administrator_ends_what_goes_on(server, ada, folder):
    control = folder / "control"
    idle = subprocess.Popen(
        [program("ssh"), *ada.options("-o", f"ControlPath={control}"), "-M", "-N", "-p", str(server.ssh_port),
         "ada@127.0.0.1"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while not control.exists():
            assert time.monotonic() < deadline and idle.poll() is None
            time.sleep(0.01)
        answer = server.admin("accounts", "password", "Ada", "--password-stdin", text="another horse\n")
        assert answer.returncode == 0, answer.stderr
        assert idle.wait(PATIENCE) == 255
    finally:
        idle.kill()
        idle.wait()
