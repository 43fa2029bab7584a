"""Peers that mean harm, or do not mean to but do: the server stays up, stays small, and serves the others.

Short forms of long attacks; each ends with a player to whom nothing of it must matter. What can be done to telnet itself
is in `test_telnet_abuse.py`, and what can be done to SSH in `test_ssh_abuse.py`.
"""

import socket
import time

from conftest import PASSWORD
from harness.abuse import MIB, pour
from harness.telnet import IAC, NAWS, SB, Disconnected


def test_giant_line(shared_server, victim, guest):
    attacker = guest()
    before = shared_server.memory()
    pour(attacker, b"x" * 65536, 8 * MIB)
    assert shared_server.memory() - before < 2 * MIB
    attacker.line("")
    attacker.read_until("longer than")
    assert "Great Hall" in attacker.do("look")


def test_giant_line_before_login(shared_server, victim, connect):
    attacker = connect()
    attacker.read_prompt("Name: ")
    before = shared_server.memory()
    pour(attacker, b"x" * 65536, 8 * MIB)
    assert shared_server.memory() - before < 2 * MIB


def test_many_lines(shared_server, victim, guest):
    attacker = guest()
    before = shared_server.memory()
    began = time.monotonic()
    pour(attacker, b"look\r\n" * 1000, 2 * MIB)
    assert "Great Hall" in victim.do("look")
    assert shared_server.memory() - before < 8 * MIB
    assert time.monotonic() - began < 60


def test_slow_reader_costs_little_and_comes_back(shared_server, victim, connect):
    reader = connect()
    reader.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.read_prompt("Name: ")
    reader.line("guest")
    reader.read_prompt("> ")
    before = most = shared_server.memory()
    # What the kernel buffers costs the server nothing; some megabytes must be written before it is felt.
    for _ in range(1000):
        victim.line("say talk " + "blah " * 100)
        for _ in range(20):
            victim.line("say more talk " + "blah " * 90)
        victim.do("look")
        most = max(most, shared_server.memory())
    assert most - before < 8 * MIB
    # Whoever reads again is told what is missing, and is in play as before.
    reader.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, MIB)
    # The kernel probes a closed window ever more rarely, and so is as late to see it open as it was closed.
    tail, deadline = b"", time.monotonic() + 150
    reader.socket.settimeout(150)
    while b"messages were left out" not in tail and time.monotonic() < deadline:
        tail = tail[-1000:] + reader.socket.recv(MIB)
    assert b"messages were left out" in tail
    assert reader.do("look")


def test_connect_and_drop(shared_server, victim, connect):
    def visit(depth):
        client = connect()
        try:
            if depth % 4 == 1:
                client.send(b"Nobo")
            if depth % 4 == 2:
                client.read_prompt("Name: ")
                client.line("Zacharias")
            if depth % 4 == 3:
                client.send(bytes([IAC, SB, NAWS, 0]))
        except Disconnected:
            pass
        client.abort() if depth % 2 else client.close()

    for depth in range(500):
        visit(depth)
    victim.do("look")
    before, descriptors = shared_server.memory(), shared_server.descriptors()
    for depth in range(2000):
        visit(depth)
    deadline = time.monotonic() + 30
    while shared_server.descriptors() > descriptors and time.monotonic() < deadline:
        victim.do("look")
    assert shared_server.descriptors() <= descriptors
    assert shared_server.memory() - before <= MIB


def test_players_who_vanish_leave_nothing(shared_server, victim, guest):
    for _ in range(20):
        guest().abort()
    wait_until_alone(victim)
    assert len(shared_server.admin("who", json_answer=True).answer["players"]) == 1


def wait_until_alone(player):
    """Looks until nobody else stands there; the server may still have to notice that somebody is gone."""
    deadline = time.monotonic() + 30
    player.do("look")
    while "Guest" in (seen := player.do("look")):
        assert time.monotonic() < deadline, f"somebody stays behind: {seen}"
        player.pump(0.1)


def test_wrong_passwords_are_limited(server, connect):
    server.make_accounts(["Tessa"], "opensesame42")
    refused = 0
    for attempt in range(8):
        client = connect()
        try:
            for _ in range(3):
                client.read_prompt("Name: ")
                client.line("Tessa")
                client.read_prompt("Password: ")
                client.line(f"guess number {attempt}")
        except Disconnected:
            pass
        client.drain()
        refused += "too many" in client.text.lower()
    assert refused >= 3


def test_login_is_limited_in_time(data, folder, connect):
    from harness.server import Server

    configuration = folder / "mudd.yaml"
    configuration.write_text("limits:\n  login: 2s\n")
    with Server(data, options=["--config", str(configuration)]) as server:
        silent = connect(server.port)
        silent.read_prompt("Name: ")
        silent.drain()
        assert "took too long" in silent.text


def test_descriptors_run_out_and_come_back(data, connect):
    """The server survives having no file descriptors left, and serves again when there are some."""
    import resource

    from harness.server import Server

    with Server(data) as server:
        inside = connect(server.port)
        inside.read_prompt("Name: ")
        inside.line("guest")
        inside.read_prompt("> ")
        used = server.descriptors()
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (used + 10, used + 10))
        crowd = [connect(server.port) for _ in range(60)]
        assert "Great Hall" in inside.do("look")
        ticks = cpu_ticks(server.pid)
        began = time.monotonic()
        while time.monotonic() - began < 1:
            inside.pump(0.2)
        assert cpu_ticks(server.pid) - ticks < 30, "the server spins while it has no descriptors"
        for client in crowd:
            client.abort()
        newcomer = connect(server.port)
        newcomer.read_prompt("Name: ")
        newcomer.line("guest")
        newcomer.read_prompt("> ")


def cpu_ticks(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def test_script_piped_in_is_answered_to_its_end(shared_server, connect):
    author = connect()
    author.create("Piper", PASSWORD)
    author.line("quit")
    client = connect()
    client.send(f"connect Piper {PASSWORD}\r\nsay through the pipe\r\nlook\r\n".encode())
    client.socket.shutdown(socket.SHUT_WR)
    client.socket.settimeout(30)
    answer = b""
    while piece := client.socket.recv(65536):
        answer += piece
    assert b'You say, "through the pipe"' in answer
    assert answer.count(b"You can go") == 2
