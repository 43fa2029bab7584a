"""What those who attack a server do, and how it is measured that nobody else notices."""

import os
import select
import threading
import time

from harness.telnet import PATIENCE, Disconnected

MIB = 1 << 20

# How many times the short form of a flood; `make soak` takes 16, which makes 1 GiB of the largest.
SCALE = int(os.environ.get("MUD_ABUSE", "1"))

# The most that a command of others may take during an attack, in seconds; on a machine that is slow without one, so many
# times what it takes there. CLIENT_SLOWNESS allows programs that are built without optimisation so many times as much.
DELAY_LIMIT = 0.05
DELAY_RATIO = 10
SLOWNESS = float(os.environ.get("CLIENT_SLOWNESS", "1"))
SAMPLES = 80
ROUNDS = 3


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


class Flood(threading.Thread):
    """Pours for as long as the server takes it, beside the test; used in a `with` statement.

    Whoever does not take it at once is asked again: nothing waits for a peer that has stopped reading.
    """

    def __init__(self, client, chunk, total=None):
        super().__init__(daemon=True)
        self.sent = 0
        self.received = 0
        self._client = client
        self._chunk = memoryview(chunk)
        self._total = total
        self._ends = False

    def __enter__(self):
        self._client.socket.setblocking(False)
        self.start()
        return self

    def __exit__(self, *_):
        self._ends = True
        self.join()
        self._client.socket.settimeout(PATIENCE)

    def run(self):
        at = 0
        poll = select.poll()
        poll.register(self._client.socket, select.POLLIN | select.POLLOUT)
        try:
            while not self._ends and (self._total is None or self.sent < self._total):
                ready = poll.poll(50)
                if not ready:
                    continue
                if ready[0][1] & ~select.POLLOUT:
                    octets = self._client.socket.recv(MIB)
                    self.received += len(octets)
                    if not octets:
                        return
                if ready[0][1] & select.POLLOUT:
                    count = self._client.socket.send(self._chunk[at : at + 65536])
                    self.sent += count
                    at = (at + count) % len(self._chunk)
        except OSError:
            return


class Busy(threading.Thread):
    """Does something again and again beside the test, as long as that does not fail; used in a `with` statement."""

    def __init__(self, act):
        super().__init__(daemon=True)
        self.sent = 0
        self._act = act
        self._ends = False

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._ends = True
        self.join(PATIENCE)

    def run(self):
        while not self._ends:
            self._act()
            self.sent += 1


def delays(player, count=SAMPLES):
    """How long each of some commands took, in seconds, the shortest first."""
    taken = []
    for _ in range(count):
        began = time.monotonic()
        player.line("look")
        player.read_prompt("> ")
        taken.append(time.monotonic() - began)
    return sorted(taken)


def p99(taken):
    return taken[min(len(taken) - 1, int(len(taken) * 0.99))]


def allowed(idle, limit=DELAY_LIMIT):
    """The longest delay that may be, when it is `idle` without an attack."""
    return max(limit, idle * DELAY_RATIO) * SLOWNESS


def check_nobody_waits(player, make_flood):
    """Fails when commands of `player` take long while each of some floods lasts; returns the floods.

    The best of three rounds counts: the machine may have others to serve.
    """
    player.unread()
    idle = p99(delays(player))
    limit = allowed(idle)
    floods, worst = [], []
    for _ in range(ROUNDS):
        with make_flood() as flood:
            worst.append(p99(delays(player)))
        floods.append(flood)
        if worst[-1] <= limit:
            print(f"p99 idle {idle * 1000:.1f} ms, beside the flood {worst[-1] * 1000:.1f} ms, {flood.sent} octets sent")
            return floods
    raise AssertionError(f"p99 of others {worst} s, without a flood {idle} s")
