"""One player at several doors, and what comes again after a connection or the server is lost."""

import os
import re
import signal
import time

import pytest
from conftest import PASSWORD
from harness.server import Server
from harness.telnet import Disconnected


def numbers(text):
    """The numbers that Ben was heard to say, in order."""
    return [int(number) for number in re.findall(r'Ben says, "number (\d+)"', text)]


def say(client, numbers):
    for number in numbers:
        client.do(f"say number {number}")


def test_a_second_login_joins_and_both_see_everything(server, connect, player):
    first, ben = player("Ada"), player("Ben")
    first.do("take lamp")
    second = connect()
    second.log_in("Ada", PASSWORD)
    first.read_until("Another connection of yours has joined")
    assert "lamp" in second.do("inventory")
    first.read_until("> inventory")
    ben.do("say number 1")
    first.read_until("number 1")
    second.read_until("number 1")
    assert re.search(r"2\. telnet from 127\.0\.0\.1, this one", second.do("connections"))
    second.line("quit")
    first.drain()
    assert "You have left the game from another connection." in first.text


def test_what_was_said_while_the_connection_was_lost_comes_at_the_next_login(server, connect, player):
    ada, ben = player("Ada"), player("Ben")
    ben.do("say number 1")
    ada.read_until("number 1")
    # What is typed next confirms what was read; without that the server would rather say it again.
    ada.do("inventory")
    ada.abort()
    ben.read_until("Ada stares into space")
    say(ben, range(2, 52))
    again = connect()
    again.log_in("Ada", PASSWORD)
    assert numbers(again.text) == list(range(2, 52))
    assert "While you were away:" in again.text
    third = connect()
    third.log_in("Ada", PASSWORD)
    assert numbers(third.text) == []


def long_numbers(text):
    """The numbers of those that are wholly there, however the lines are broken."""
    found = re.finditer(r'Ben says, "number (\d+)([x\s]*)"\r\n', text)
    return [int(match[1]) for match in found if match[2].count("x") == 1800]


def waiting_octets(server):
    metrics = server.admin("metrics").stdout
    return float(re.search(r"^mudd_output_waiting_bytes (\S+)$", metrics, re.MULTILINE)[1])


def test_a_client_killed_in_the_middle_of_output_gets_the_rest_and_nothing_twice(server, connect, player):
    ada, ben = player("Ada"), player("Ben")
    said = 0
    # More than the kernels of both ends hold, and less than the game keeps for her.
    while waiting_octets(server) < 90_000:
        for _ in range(10):
            said += 1
            ben.line(f"say number {said} {'x' * 1800}")
        ben.do("inventory")
        assert said < 20_000
    # While the server stands still she gets what its kernel holds, and no more.
    os.kill(server.pid, signal.SIGSTOP)
    while ada.pump(3):
        pass
    seen = long_numbers(ada.text)
    ada.abort()
    os.kill(server.pid, signal.SIGCONT)
    ben.read_until("Ada stares into space")
    again = connect()
    again.log_in("Ada", PASSWORD)
    rest = long_numbers(again.text)
    assert seen and rest and seen + rest == list(range(1, said + 1))


def test_what_was_said_while_nobody_read_outlives_a_killed_server(data, player, connect):
    with Server(data) as server:
        ada, ben = player("Ada", port=server.port), player("Ben", port=server.port)
        ada.abort()
        ben.read_until("Ada stares into space")
        say(ben, range(1, 31))
        # Some of it may be folded by then, and some not.
        time.sleep(0.3)
        say(ben, range(31, 41))
        server.kill()
    with Server(data) as server:
        again = connect(server.port)
        again.log_in("Ada", PASSWORD)
        assert numbers(again.text) == list(range(1, 41))
        server.kill()
    with Server(data) as server:
        once_more = connect(server.port)
        once_more.log_in("Ada", PASSWORD)
        # The kill may have come before the store was told that all was read; nothing is lost and nothing twice in one.
        assert numbers(once_more.text) in ([], list(range(1, 41)))


@pytest.mark.parametrize("patience", [0.0, 0.02, 0.1, 0.4])
def test_a_server_killed_between_commit_and_delivery_replays(data, player, connect, patience):
    with Server(data) as server:
        ada, ben = player("Ada", port=server.port), player("Ben", port=server.port)
        for number in range(1, 201):
            ben.line(f"say number {number}")
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            ben.pump(0.005)
        server.strike()
        for client in (ada, ben):
            try:
                client.drain()
            except (Disconnected, ConnectionError):
                pass
        server.kill()
    committed = max((int(n) for n in re.findall(r'You say, "number (\d+)"', ben.text)), default=0)
    seen = numbers(ada.text)
    assert seen == list(range(1, len(seen) + 1))
    with Server(data) as server:
        again = connect(server.port)
        again.log_in("Ada", PASSWORD)
    replayed = numbers(again.text)
    assert replayed == sorted(set(replayed)), "no event comes twice in one replay"
    everything = sorted(set(seen) | set(replayed))
    assert everything == list(range(1, len(everything) + 1)) and len(everything) >= committed


def test_characters_of_one_account(server, connect, player):
    ada = player("Ada")
    assert "Bryn is made" in ada.do("character create bryn")
    ada.do("play bryn")
    assert "Bryn, whom you play" in ada.do("characters")
    other = connect()
    other.log_in("Bryn", PASSWORD)
    assert "joins" in other.text
    assert "Bryn" in server.admin("accounts").stdout
