"""Peers that mean harm, or do not mean to but do: the server stays up, stays small, and serves the others.

Short forms of long attacks; each ends with a player to whom nothing of it must matter.
"""

import re
import socket
import time

import pytest
from conftest import PASSWORD
from harness.telnet import AYT, DO, DONT, ECHO, IAC, NAWS, NOP, SB, SE, TTYPE, WILL, WONT, Disconnected

MIB = 1 << 20


@pytest.fixture
def victim(shared_server, guest):
    """A well-behaved player who must notice nothing; checked at the end of the test."""
    client = guest()
    yield client
    began = time.monotonic()
    assert "Great Hall" in client.do("look")
    assert time.monotonic() - began < 5
    assert shared_server.is_running()
    assert b"\x1b" not in client.raw


def pour(client, chunk, total):
    """Sends `chunk` again and again; returns how many octets went out before the server hung up."""
    sent = 0
    try:
        while sent < total:
            client.send(chunk)
            sent += len(chunk)
            while client.is_open and client.pump(0):
                pass
            if not client.is_open:
                break
    except (Disconnected, TimeoutError):
        pass
    return sent


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


@pytest.mark.parametrize(
    "storm",
    [
        bytes([IAC, DO, 86]), bytes([IAC, WILL, 201]), bytes([IAC, DO, ECHO, IAC, DONT, ECHO]),
        bytes([IAC, WILL, NAWS, IAC, WONT, NAWS]), bytes([IAC, AYT]), bytes([IAC, NOP]),
        b"".join(bytes([IAC, verb, option]) for verb in (WILL, WONT, DO, DONT) for option in range(255)),
    ], ids=["do", "will", "echo", "naws", "ayt", "nop", "all"])
def test_negotiation_storm(shared_server, victim, connect, storm):
    attacker = connect(answers=False)
    attacker.read_prompt("Name: ")
    before, answered = shared_server.memory(), len(attacker.raw)
    sent = pour(attacker, storm * (65536 // len(storm)), 2 * MIB)
    assert shared_server.memory() - before < 2 * MIB
    assert len(attacker.raw) - answered <= sent / 10 + 4096


def test_a_peer_that_mirrors_every_offer_inverted_ends_no_loop(victim, connect):
    attacker = connect(answers=False)
    attacker.read_prompt("Name: ")
    inverse = {WILL: DONT, WONT: DO, DO: WONT, DONT: WILL}
    answered = 0
    for _ in range(50):
        fresh, answered = attacker.offers[answered:], len(attacker.offers)
        if not fresh:
            break
        for verb, option in fresh:
            attacker.send(bytes([IAC, inverse[verb], option]))
        attacker.send(bytes([IAC, AYT]))
        attacker.read_until(r"(?i)yes")
    per_option = [sum(1 for _, o in attacker.offers if o == option) for _, option in attacker.offers]
    assert max(per_option) <= 6, attacker.offers


def test_unterminated_subnegotiation(shared_server, victim, connect):
    attacker = connect(answers=False)
    attacker.read_prompt("Name: ")
    before = shared_server.memory()
    attacker.send(bytes([IAC, WILL, TTYPE, IAC, SB, TTYPE, 0]))
    pour(attacker, b"A" * 65536, 8 * MIB)
    assert shared_server.memory() - before < 2 * MIB
    attacker.send(bytes([IAC, SE]) + b"guest\r\n")
    attacker.read_prompt("> ")
    assert "Great Hall" in attacker.do("look")


def test_window_size_flood(shared_server, victim, guest):
    attacker = guest(window=(80, 24))
    before = shared_server.memory()
    for width in range(10_000):
        attacker.resize(width % 65536, width * 7 % 65536)
    assert "Great Hall" in attacker.do("look")
    assert shared_server.memory() - before < 2 * MIB


def test_endless_terminal_types(victim, connect):
    attacker = connect(answers=False)
    attacker.send(bytes([IAC, WILL, TTYPE]))
    rounds = 0
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        asked = bytes(attacker.raw).count(bytes([IAC, SB, TTYPE, 1, IAC, SE]))
        if asked == rounds:
            if not attacker.pump(1):
                break
            continue
        rounds = asked
        attacker.send(bytes([IAC, SB, TTYPE, 0]) + f"NAME-{rounds}".encode() * 100 + bytes([IAC, SE]))
    assert rounds <= 8
    attacker.line("guest")
    attacker.read_until("Great Hall")


def test_every_octet_said_by_one_and_seen_by_another(guest, shared_server):
    speaker, listener = guest(), guest(window=(400, 50))
    speaker.do("look")
    for octet in range(256):
        if octet in (0x0A, 0x0D):
            continue
        word = bytes([octet, octet]) if octet == IAC else bytes([octet])
        speaker.send(b"say <" + word + b">" + f" octet{octet}.\r\n".encode())
    corpus = [
        b"\x1b]0;title\x07", b"\x1b]52;c;aGVsbG8=\x07", b"\x1b[c", b"\x1b[6n", b"\x1bP$q q\x1b\\", b"\x9b2J", b"\xc2\x9b2J",
        b"\xc0\x8a", b"\xe0\x80\x9b", b"\xf0\x80\x80\x9b", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xff\xfb\x01",
        b"\xe2\x80\xae reversed", b"\xe2\x80\xa8 line", b"\xef\xbb\xbf", b"\xff\xff\xfa", b"\x08\x08\x08", b"\x7f",
        b"\xe2\x81\xa6isolate", b"\xf3\xa0\x81\x81tag", b"a\xcc\x81" + b"\xcc\x81" * 200,
    ]
    for number, octets in enumerate(corpus):
        speaker.send(b"say <" + octets + b"> " + f"corpus{number}.\r\n".encode())
    speaker.send(b"say the end\r\n")
    listener.read_until(r"says, .the end")
    speaker.read_until(r"You say, .the end")
    check_clean(listener)
    check_clean(speaker)
    assert "octet65" in listener.text


def check_clean(client):
    """Text, line ends, telnet commands that are meant as such, and our own colours are all that may come."""
    octets = bytes(client.raw)
    octets = re.sub(rb"\xff[\xfb-\xfe].|\xff\xfa.*?\xff\xf0|\xff[\xf9\xef\xf1]", b"", octets, flags=re.DOTALL)
    octets = re.sub(rb"\x1b\[[0-9;]*m", b"", octets)
    text = octets.decode("utf-8")
    bad = {f"U+{ord(c):04X}" for c in text if c not in "\r\n" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0)}
    bad |= {f"U+{ord(c):04X}" for c in text if ord(c) in range(0x202A, 0x202F) or ord(c) in range(0x2066, 0x206A)}
    bad |= {f"U+{ord(c):04X}" for c in text if c in "\u2028\u2029\ufeff" or 0xE0000 <= ord(c) <= 0xE007F}
    assert not bad
    assert not re.search(r"[^\r]\n|\r[^\n]", text)


@pytest.mark.parametrize("where", ["name", "emote", "describe", "tell"])
def test_control_sequences_by_other_ways(guest, where):
    speaker, listener = guest(), guest()
    poison = b"\x1b[2J\x07\x9b5n\xc2\x9b5n"
    name = re.search(r"Guest\d+", listener.do("who"))
    if where == "name":
        speaker.send(b"get " + poison + b"\r\n")
    elif where == "emote":
        speaker.send(b"emote " + poison + b" waves.\r\n")
    elif where == "describe":
        speaker.send(b"describe me as " + poison + b" tall\r\n")
    else:
        speaker.send(b"tell " + name[0].encode() + b" " + poison + b"\r\n")
    speaker.do("look")
    listener.do("look")
    for guest_name in set(re.findall(r"Guest\d+", listener.text)):
        listener.do(f"look at {guest_name}")
    check_clean(listener)
    check_clean(speaker)


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


@pytest.mark.parametrize(
    "greeting",
    [
        b"GET / HTTP/1.1\r\nHost: example.org\r\nUser-Agent: x\r\n\r\n",
        b"POST /x HTTP/1.1\r\nContent-Length: 12\r\n\r\nguest\r\nquit\r\n",
        bytes.fromhex("16030100c8010000c40303") + bytes(range(189)),
        b"SSH-2.0-OpenSSH_9.2\r\n", b"EHLO example.org\r\n", b"NICK x\r\nUSER x 0 * :x\r\n", b"\0" * 4096, b"\xff" * 4096,
        b"\xff\xf4\xff\xfd\x06", b"MSSP-REQUEST\r\n", b"\x05\x01\x00",
    ], ids=["http", "post", "tls", "ssh", "smtp", "irc", "nul", "iac", "interrupt", "mssp", "socks"])
def test_other_protocols_knock(victim, connect, greeting):
    client = connect(answers=False)
    client.read_prompt("Name: ")
    client.send(greeting)
    client.send(b"\r\nquit\r\n")
    # Answered or cut, but not stuck and not in play for having said hello.
    deadline = time.monotonic() + 30
    while client.is_open and time.monotonic() < deadline and not client.unread().strip():
        client.pump(1)


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
