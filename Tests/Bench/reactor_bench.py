"""Measures the reactor's echo server against a C epoll loop and other frameworks; `make bench-reactor` calls it.

Every round runs each server once in each cell, one after the other, so that what else the machine does hits all alike;
the table shows medians of the ratio to the C server of the same round. Server and load share the machine's cores.
"""

import argparse
import collections
import os
import platform
import re
import statistics
import sys

from bench import BUILT, ROOT, load, one_core, print_table, running, say

PEERS = ROOT / "Tests/Bench/Peers"
PYTHON = ROOT / ".build/peers-venv/bin/python"
SERVERS = {
    "C epoll": [BUILT / "bench-echo-c", 0],
    "reactor": [BUILT / "bench-echo", 0],
    "SwiftNIO": [ROOT / ".build/peers/release/nio-echo"],
    "uvloop": [PYTHON, PEERS / "echo_peers.py", "uvloop"],
    "Twisted": [PYTHON, PEERS / "echo_peers.py", "twisted"],
}
CELLS = [(connections, octets) for octets in (64, 16_384) for connections in (1, 100, 1000)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    parser.add_argument("--seconds", type=float, default=2, help="length of each measurement (default 2)")
    options = parser.parse_args()
    servers = {name: words for name, words in SERVERS.items() if words[0].exists()}
    for name in SERVERS.keys() - servers.keys():
        print(f"bench: {name} is not built and is left out; make bench-reactor builds it", file=sys.stderr)

    rates = collections.defaultdict(list)
    for round in range(options.rounds):
        say(f"round {round + 1} of {options.rounds}")
        for cell in CELLS:
            for name, words in servers.items():
                rates[name, cell].append(measure(words, *cell, options.seconds))

    print(f"\n{options.rounds} rounds of {options.seconds:g} s, medians; {os.cpu_count()} cores, {platform.platform()}\n")
    print_table(
        ["connections × octets", "C epoll /s"] + [name for name in servers if name != "C epoll"],
        [[title(*cell), f"{statistics.median(rates['C epoll', cell]):,.0f}"]
         + [ratio(rates, name, cell) for name in servers if name != "C epoll"] for cell in CELLS])


def title(connections, octets):
    return f"{connections:,} × {octets:,}" + (", one core" if connections == 1 else "")


def ratio(rates, name, cell):
    pairs = zip(rates[name, cell], rates["C epoll", cell])
    return f"{statistics.median(own / limit for own, limit in pairs):.2f}"


def measure(words, connections, octets, seconds):
    # With one connection the two programs take turns; on two cores that would measure how fast a core wakes up.
    with one_core(connections == 1), running(*words, ready=r"LISTENING \d+") as (process, printed, _):
        port = re.search(r"LISTENING (\d+)", printed)[1]
        return load("echo", "127.0.0.1", port, connections, octets, seconds, process.pid)["rate"]


if __name__ == "__main__":
    main()
