"""What can be done to a server by those who are not let in by SSH, each with the number that must hold.

| Abuse | Number |
| --- | --- |
| connections that never log in | gone after the time for it; 32 from one source |
| guests | 32 from one source |
| nonsense in place of SSH | its source is kept out for a while |
| guesses at passwords | 6 a connection, 20 a minute from a source, which is kept out then |
| names, known and unknown | the same answers in the same time |
| signatures of other connections and names | refused |

Sources are what a proxy says, at a door that believes it: nothing is counted against loopback.
"""

import base64
import itertools
import pathlib
import shutil
import tempfile
import time

import pytest
from conftest import PASSWORD
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from harness.abuse import MIB
from harness.server import ANY_PORT
from harness.ssh import SSHServer
from harness.ssh_wire import (
    ANSWERS, CLOSE, DATA, EOF, LOGIN, LOGIN_FAILURE, LOGIN_SUCCESS, QUESTIONS, REQUEST, Fields, Wire, message, string)
from harness.telnet import PATIENCE, Disconnected


@pytest.fixture(scope="module")
def proxied():
    """A server that believes what a proxy says of its clients."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="mudd-"))
    with SSHServer(path / "Data", door=f"haproxy:{ANY_PORT}", environment={"MUDD_LIMITS_LOGIN": "2s"}) as running:
        running.make_accounts(["Ada", "Ben", "Cleo", "Dora"], PASSWORD)
        yield running
    shutil.rmtree(path)


# A reason of DISCONNECT.
NO_MORE_METHODS = 14

# Each in a network of its own, for whoever needs one that nobody has used.
sources = (f"{second}.{third}.113.1" for second, third in itertools.product(range(20, 100), range(256)))


def test_half_open_connections_are_gone_after_their_time(proxied):
    before = proxied.memory()
    began = time.monotonic()
    stages = [lambda one: None, lambda one: one.send(b"SSH-2.0-x"), lambda one: one.greet(),
              lambda one: (one.greet(), one.offer(), one.take_offer()), lambda one: (one.greet(), one.start_login())]
    wires = []
    for number in range(100):
        wires.append(Wire(proxied.ssh_port, next(sources), greets=False))
        stages[number % len(stages)](wires[-1])
    assert proxied.memory() - before < 16 * MIB
    with Wire(proxied.ssh_port, next(sources)) as other:
        other.come_in("ada", PASSWORD)
        for one in wires:
            one.expect_close()
            one.close()
        assert 1.5 < time.monotonic() - began < 20
        # Who is in stays.
        assert other.answers_ping()


def test_one_source_gets_only_so_many_connections_at_once(proxied):
    source = next(sources)
    wires = [Wire(proxied.ssh_port, source, greets=False) for _ in range(48)]
    turned_away = sum(one.is_turned_away() for one in wires)
    for one in wires:
        one.close()
    assert turned_away == 48 - 32
    assert not Wire(proxied.ssh_port, next(sources), greets=False).is_turned_away()


def test_one_source_gets_only_so_many_guests(proxied):
    """However many shells each of their connections has."""
    source = next(sources)
    guests, refusals, wires = 0, 0, []
    for _ in range(5):
        one = Wire(proxied.ssh_port, source, greets=False)
        wires.append(one)
        if one.is_turned_away():
            break
        one.greet()
        one.come_in()
        for number in range(10):
            assert one.ask(one.open(number), "shell")
            said = b""
            while b"Great Hall" not in said and b"The game is full" not in said:
                fields = Fields(one.take(DATA))
                said += fields.string() if fields.u32() == number else b""
            guests += b"Great Hall" in said
            if b"The game is full" in said:
                refusals += 1
                while one.take(DATA, REQUEST, EOF, CLOSE)[0] != CLOSE:
                    pass
    assert refusals > 0 and 25 <= guests <= 32, (guests, refusals)
    for one in wires:
        one.close()


def test_who_talks_nonsense_is_kept_out_for_a_while(proxied):
    source = next(sources)
    with Wire(proxied.ssh_port, source) as attacker:
        attacker.put(bytes([200]))
        attacker.expect_close()
    # The end of the connection is counted when the server has seen it.
    deadline = time.monotonic() + PATIENCE
    while not Wire(proxied.ssh_port, source, greets=False).is_turned_away():
        assert time.monotonic() < deadline
    neighbour = source.removesuffix(".1") + ".2"
    for other in (neighbour, next(sources)):
        assert not Wire(proxied.ssh_port, other, greets=False).is_turned_away()


def guess(one, name, password=b"not it"):
    one.put(message(LOGIN, name, "ssh-connection", "password", False, password))
    return one.take(LOGIN_FAILURE, LOGIN_SUCCESS)


def test_passwords_are_guessed_twenty_times_a_minute_at_most(proxied):
    source = next(sources)
    guesses, connections = 0, 0
    while connections < 20:
        with Wire(proxied.ssh_port, source, greets=False) as attacker:
            if attacker.is_turned_away():
                break
            connections += 1
            attacker.greet()
            attacker.start_login()
            try:
                for number in range(50):
                    guess(attacker, f"name{number % 7}")
                    guesses += 1
                pytest.fail("one connection guesses for ever")
            except Disconnected:
                attacker.expect_close()
    assert 6 <= guesses <= 20, guesses
    assert connections < 20
    with Wire(proxied.ssh_port, next(sources)) as other:
        other.come_in("ben", PASSWORD)


def test_a_connection_has_six_tries(proxied):
    with Wire(proxied.ssh_port, next(sources)) as attacker:
        attacker.start_login()
        tries = 0
        with pytest.raises(Disconnected):
            while True:
                # Each name has tries of its own.
                guess(attacker, f"somebody{tries}")
                tries += 1
        assert 5 <= tries <= 6 and attacker.goodbye[0] == NO_MORE_METHODS


NAMES = [b"nobody", b"x" * 200, b"", b"no such name", b"ada\n", b"../ada", b"root", "Äda".encode(), b"a\0b"]


def transcript(server, name):
    """All that somebody can find out about a name without being that one."""
    steps = [lambda one: [one.attempt(name, "none")], lambda one: [guess(one, name)], lambda one: answer_wrongly(one, name)]
    for kind in ("ssh-ed25519", "rsa-sha2-512", "ssh-rsa", "frobnicate"):
        blob = string(kind.encode()) + string(b"k" * 32)
        signature = string(kind.encode()) + string(b"s" * 64)
        steps += [lambda one, kind=kind, blob=blob: [one.attempt(name, "publickey", False, kind, blob)],
                  lambda one, kind=kind, blob=blob, sign=signature: [one.attempt(name, "publickey", True, kind, blob, sign)]]
    answers = []
    for step in steps:
        # Where nothing was tried before.
        with Wire(server.ssh_port, next(sources)) as one:
            try:
                answers += step(one.start_login())
            except Disconnected:
                answers.append(one.goodbye)
    return answers


def answer_wrongly(one, name):
    question = one.attempt(name, "keyboard-interactive", "", "")
    if question[0] != QUESTIONS:
        return [question]
    one.put(message(ANSWERS, 1, "not it"))
    return [question, one.take(LOGIN_FAILURE, QUESTIONS)]


@pytest.fixture(scope="module")
def known(proxied):
    return transcript(proxied, b"ada")


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_answers_do_not_tell_whether_a_name_is_known(proxied, known, name):
    assert transcript(proxied, name) == known
    assert [answer[0] for answer in known] == [LOGIN_FAILURE, LOGIN_FAILURE, QUESTIONS] + [LOGIN_FAILURE] * 9


def test_time_does_not_tell_whether_a_name_is_known(proxied):
    # A name may be guessed at ten times.
    taken = {"cleo": [], "nobody": []}
    for _ in range(4):
        for name, times in taken.items():
            with Wire(proxied.ssh_port, next(sources)) as one:
                one.start_login()
                for _ in range(2):
                    began = time.monotonic()
                    guess(one, name)
                    times.append(time.monotonic() - began)
    known, unknown = (sorted(times)[len(times) // 2] for times in taken.values())
    # Without the work there would be thousandths of it.
    assert known / 3 < unknown < known * 3, taken


def test_time_does_not_tell_whether_a_name_has_keys(proxied):
    taken = {"dora": [], "nobody": []}
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    blob = string(b"ssh-ed25519") + string(key)
    line = "ssh-ed25519 " + base64.b64encode(string(b"ssh-ed25519") + string(b"\1" + bytes(31))).decode()
    assert proxied.admin("accounts", "add-key", "Dora", line).returncode == 0
    for _ in range(5):
        for name, times in taken.items():
            with Wire(proxied.ssh_port, next(sources)) as one:
                one.start_login()
                for _ in range(15):
                    began = time.monotonic()
                    assert one.attempt(name, "publickey", False, "ssh-ed25519", blob)[0] == LOGIN_FAILURE
                    times.append(time.monotonic() - began)
    known, unknown = (sorted(times)[len(times) // 2] for times in taken.values())
    assert known / 2 < unknown < known * 2, (known, unknown)


def test_a_signature_is_good_for_one_connection_and_one_name(proxied):
    key = Ed25519PrivateKey.generate()
    blob = string(b"ssh-ed25519") + string(key.public_key().public_bytes_raw())
    line = "ssh-ed25519 " + base64.b64encode(blob).decode()
    assert proxied.admin("accounts", "add-key", "Ada", line).returncode == 0

    def sign(session, name, algorithm="ssh-ed25519"):
        fields = [name, "ssh-connection", "publickey", True, algorithm, blob]
        signature = key.sign(string(session) + message(LOGIN, *fields))
        return message(LOGIN, *fields, string(b"ssh-ed25519") + string(signature))

    with Wire(proxied.ssh_port, next(sources)) as first, Wire(proxied.ssh_port, next(sources)) as second:
        first.start_login()
        second.start_login()
        right = sign(first.session, "ada")
        spoilt = bytearray(sign(second.session, "ada"))
        spoilt[-1] ^= 1
        for attempt in (right, sign(second.session, "ben"), spoilt, sign(b"", "ada"), sign(second.session, "ada", "rsa-sha2-256")):
            second.put(bytes(attempt))
            assert second.take(LOGIN_FAILURE, LOGIN_SUCCESS)[0] == LOGIN_FAILURE
        first.put(right)
        assert first.take(LOGIN_FAILURE, LOGIN_SUCCESS)[0] == LOGIN_SUCCESS
