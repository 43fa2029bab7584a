"""Logins to a real server: by passwords that are kept outside the game, as `--auth` says, and with an authenticator."""

import base64
import hmac
import json
import re
import struct
import subprocess
import time

import pytest
from conftest import PASSWORD
from harness.server import Server, admin, run_mudd

USAGE, CONFIGURATION = 64, 78


@pytest.fixture
def passwords(folder):
    """A password file with one name in it, as an operator makes it."""
    path = folder / "passwords"
    answer = admin(folder, "passwd", str(path), "ada", "--password-stdin", text=PASSWORD + "\n")
    assert answer.returncode == 0, answer.stderr
    return path


def test_a_player_of_a_password_file_comes_in(data, folder, passwords, connect):
    with Server(data, options=["--auth", f"file:{passwords}"]) as server:
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line("ada")
        client.read_prompt("Password: ")
        assert client.hides_input
        client.line("wrong " + PASSWORD)
        assert "not the password of Ada" in client.read_prompt("Name: ")
        client.line("ada")
        client.read_prompt("Password: ")
        client.line(PASSWORD)
        assert "Welcome, Ada." in client.read_prompt("> ")
        client.quit()
        # The file is read again: somebody new, and somebody gone.
        admin(folder, "passwd", str(passwords), "ben", "--password-stdin", text="battery staple\n")
        admin(folder, "passwd", str(passwords), "ada", "--delete")
        assert "Welcome, Ben." in connect(server.port).log_in("ben", "battery staple")
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line("ada")
        client.read_prompt("Password: ")
        client.line(PASSWORD)
        assert "not the password of Ada" in client.read_prompt("Name: ")
        records = [json.loads(line) for line in (data / "audit.log").read_text().splitlines()]
        refused = [r for r in records if r["event"] == "login" and r["outcome"] == "refused"]
        assert [r["detail"] for r in refused] == ["file: wrong password", "file: no such name"]
        assert PASSWORD not in (data / "mudd.log").read_text() + (data / "audit.log").read_text()
    # The characters are the world's, and are there without the file, too.
    with Server(data) as server:
        assert "ada" in server.admin("accounts", "list").stdout.lower()
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line("ada")
        client.read_prompt("Password: ")
        client.line(PASSWORD)
        assert "not the password of Ada" in client.read_prompt("Name: ")


def test_own_accounts_beside_a_file_of_other_hashes(data, folder, connect):
    made = subprocess.run(["openssl", "passwd", "-6", PASSWORD], capture_output=True, text=True, check=True).stdout.strip()
    path = folder / "passwords"
    path.write_text(f"ada:{made}\n")
    configuration = folder / "mudd.yaml"
    configuration.write_text(f"auth:\n  - accounts\n  - file:{path}\n")
    with Server(data, options=["--config", str(configuration)]) as server:
        assert "Welcome, Ada." in connect(server.port).log_in("ada", PASSWORD)
        assert path.read_text().startswith("ada:$argon2id$")
        client = connect(server.port)
        client.create("Ben", PASSWORD)
        client.quit()
        assert "Welcome back, Ben." in connect(server.port).log_in("ben", PASSWORD)


def test_guesses_are_counted_over_checkers(data, passwords, connect):
    with Server(data, options=["--auth", "accounts", "--auth", f"file:{passwords}"]) as server:
        seen = ""
        for _ in range(12):
            client = connect(server.port)
            client.read_prompt("Name: ")
            client.line("connect ada wrong guess")
            client.line("quit")
            client.drain()
            seen += client.text
        assert seen.count("not the password of Ada") == 10
        assert seen.count("too many wrong passwords") == 2


@pytest.mark.parametrize(
    ("description", "complaint"),
    [
        ("fil:x", "did you mean file?"),
        ("nonsense", "only accounts, anonymous"),
        ("file", "file: expected the path of a file"),
        ("file:/nonexistent/passwords", "/nonexistent/passwords: No such file"),
        ("memory:ada=secret:ben", "memory: expected NAME=PASSWORD"),
        ("memory:ada=secret\\", "backslash"),
        ("pam:mudd", "--traits PAM"),
        ("ldap:localhost:base=dc=x", "--traits LDAP"),
        ("anonymous:secret", "fewer arguments"),
        ("", "one to 16 types"),
    ],
)
def test_a_wrong_description_is_refused(data, folder, description, complaint):
    result = run_mudd("serve", "--data", data, "--check", "--auth", description)
    assert result.returncode == USAGE, result.stderr
    assert complaint in result.stderr and "secret" not in result.stderr
    configuration = folder / "mudd.yaml"
    configuration.write_text(f"auth: {json.dumps(description)}\n")
    result = run_mudd("serve", "--data", data, "--check", "--config", configuration)
    assert result.returncode == CONFIGURATION, result.stderr
    assert complaint in result.stderr and f"{configuration}:1:" in result.stderr and "secret" not in result.stderr
    assert not data.exists()


def test_a_start_without_its_password_file_fails(data):
    result = run_mudd("serve", "--data", data, "--telnet", "off", "--auth", "file:/nonexistent/passwords")
    assert result.returncode == USAGE
    assert "/nonexistent/passwords: No such file or directory" in result.stderr
    assert not (data / "world.sqlite").exists()


def test_the_types_are_listed():
    result = run_mudd("serve", "--help-auth")
    assert result.returncode == 0
    for name in ("accounts", "anonymous", "file:PATH", "keys:PATH", "ldap:", "memory:", "pam:", "tokens:PATH", "unix"):
        assert f"\n  {name}" in "\n" + result.stdout
    # The build that serves the game needs neither.
    assert result.stdout.count("not in this build") == 2


def test_a_description_keeps_its_spaces(data, connect):
    with Server(data, options=["--auth", "memory:ada=correct horse", "--auth", "memory:ben=battery staple"]) as server:
        assert "Welcome, Ada." in connect(server.port).log_in("ada", "correct horse")
        assert "Welcome, Ben." in connect(server.port).log_in("ben", "battery staple")
    with Server(data, environment={"MUDD_AUTH": "memory:ada=another\\ word accounts"}) as server:
        assert "Welcome back, Ada." in connect(server.port).log_in("ada", "another word")


def test_the_start_table_says_only_what_can_be_done(data, folder):
    path = folder / "passwords"
    answer = admin(folder, "passwd", str(path), "ada", "--password-stdin", text=PASSWORD + "\n")
    assert answer.returncode == 0
    with Server(data, options=["--auth", f"file:{path}"]) as server:
        assert server.claim_code and "create an account" not in server.table
        assert "Come in as somebody whom --auth lets in, and type:" in server.table
    with Server(data, options=["--auth", "accounts", "--auth", f"file:{path}"]) as server:
        assert server.claim_code and "create an account" in server.table


def test_tokens_and_wrong_uses(folder):
    path = folder / "tokens"
    answer = admin(folder, "passwd", str(path), "ada", "--token", "--label", "phone", "--doors", "imap,smtp")
    assert answer.returncode == 0
    secret = answer.stdout.split()[0]
    assert secret not in path.read_text() and path.read_text().startswith("ada:phone:imap,smtp:")
    assert path.stat().st_mode & 0o777 == 0o600
    passwords = folder / "passwords"
    for words, status in (
        ([str(passwords), "a:b", "--password-stdin"], 2),
        ([str(passwords), "ada", "--delete"], 3),
        ([str(path), "ada", "--password-stdin"], 2),
        ([str(passwords), "ada"], 2),
    ):
        assert admin(folder, "passwd", *words, text="a long secret\n").returncode == status, words
    # Names and passwords that the game would not take.
    for name, password, reason in (
        ("al", "a long secret", "at least 3 letters"), ("look", "a long secret", "a word the game needs"),
        ("ada", "secret", "at least 8 characters"), ("adalovelace", "AdaLovelace", "too easy to guess"),
    ):
        refused = admin(folder, "passwd", str(passwords), name, "--password-stdin", text=password + "\n")
        assert refused.returncode == 2 and reason in refused.stderr and not passwords.exists(), refused.stderr
    answer = admin(
        folder, "passwd", str(passwords), "ada", "--totp", "--scram", "--password-stdin", text="a long secret\n")
    assert answer.returncode == 0 and "otpauth://totp/mudd:ada?secret=" in answer.stdout
    assert " totp=" in passwords.read_text() and " scram=SCRAM-SHA-256$" in passwords.read_text()


def one_time_code(secret, step):
    """What an authenticator shows in a period (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 15
    return f"{(struct.unpack_from('>I', digest, offset)[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_an_authenticator_guards_an_account_of_the_game(data, connect):
    def come_in(port, code):
        client = connect(port)
        client.read_prompt("Name: ")
        client.line("ada")
        client.read_prompt("Password: ")
        client.line(PASSWORD)
        client.read_prompt("Code: ")
        assert client.hides_input
        client.line(code)
        return client

    with Server(data) as server:
        client = connect(server.port)
        client.create("Ada", PASSWORD)
        client.line("authenticator on")
        client.read_prompt("Your present password: ")
        client.line(PASSWORD)
        offer = client.read_prompt("Code: ")
        # The address is longer than the line.
        offer = re.sub(r"\s", "", offer)
        secret = re.search(r"otpauth://totp/\S+\?secret=([A-Z2-7]{32})&", offer)[1]
        assert secret in offer.split("otpauth:")[0]
        # The code of the next period is good already, so nobody has to wait for it.
        step = int(time.time()) // 30
        client.line(one_time_code(secret, step))
        codes = re.findall(r"\b[a-z]{6}-[a-z]{6}-[a-z]{6}\b", client.read_prompt("> "))
        assert len(set(codes)) == 10
        client.quit()
        assert "not the password of Ada" in come_in(server.port, "12345").read_prompt("Name: ")
        client = come_in(server.port, one_time_code(secret, step + 1))
        assert "Welcome back, Ada." in client.read_prompt("> ")
        client.quit()
        assert "not the password of Ada" in come_in(server.port, one_time_code(secret, step + 1)).read_prompt("Name: ")
        assert "Welcome back, Ada." in come_in(server.port, codes[0]).read_prompt("> ")
        server.kill()
    # What a crash leaves: the code that was used stays used.
    with Server(data) as server:
        assert "not the password of Ada" in come_in(server.port, codes[0]).read_prompt("Name: ")
        client = come_in(server.port, codes[1])
        client.read_prompt("> ")
        assert "8 recovery codes are left" in re.sub(r"\s+", " ", client.do("authenticator"))
        client.quit()
        assert server.admin("accounts", "remove-authenticator", "ada").returncode == 0
        assert server.admin("accounts", "remove-authenticator", "ada").returncode != 0
        assert "Welcome back, Ada." in connect(server.port).log_in("ada", PASSWORD)
        written = (data / "mudd.log").read_text() + (data / "audit.log").read_text()
        records = [json.loads(line) for line in (data / "audit.log").read_text().splitlines()]
    details = [record["detail"] for record in records if record["event"] == "password"]
    assert details == ["authenticator on", "recovery code used, 9 left", "recovery code used, 8 left"]
    assert any(record["detail"] == "remove-authenticator" and record["subject"] == "ada" for record in records)
    assert not any(word in written for word in [secret, *codes, PASSWORD])
