"""Measures the reactor against C loops and other frameworks; `make bench-reactor` calls it.

Sections: plain echo, echo over TLS 1.3, TLS handshakes, accepting, timers. Every round runs each server once in each
cell, one after the other, so that what else the machine does hits all alike; tables show medians of the ratio to the C
server of the same round, first of what was done in a second, then of what was done in a second of the server's
processor time. Server and load share the machine's cores. A `*` marks cells in which the load was busy all the time.
"""

import argparse
import collections
import contextlib
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile

from bench import BUILT, ROOT, load, one_core, print_table, running, say

PEERS = ROOT / "Tests/Bench/Peers"
PYTHON = ROOT / ".build/peers-venv/bin/python"
NIO = ROOT / ".build/peers/release/nio-echo"
C_TLS = ROOT / ".build/peers/tls_echo"
LIMIT = "C epoll"
PLAIN = {
    LIMIT: [BUILT / "bench-echo-c", 0],
    "reactor": [BUILT / "bench-echo", 0],
    "SwiftNIO": [NIO],
    "uvloop": [PYTHON, PEERS / "echo_peers.py", "uvloop"],
    "Twisted": [PYTHON, PEERS / "echo_peers.py", "twisted"],
}
TIMERS = {
    "reactor": [BUILT / "bench-timers"],
    "uvloop": [PYTHON, PEERS / "timer_peers.py", "uvloop"],
    "asyncio": [PYTHON, PEERS / "timer_peers.py", "asyncio"],
    "Twisted": [PYTHON, PEERS / "timer_peers.py", "twisted"],
}
CELLS = [(connections, octets) for octets in (64, 16_384) for connections in (1, 100, 1000)]
VISITORS = 20
LOAD_IS_BUSY = 0.95
RESUMED = 0.9


def main():
    sections = {
        "echo": echo, "tls": tls_echo, "handshakes": handshakes, "accepts": accepts, "timers": timers,
    }
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", choices=sections, help="a section to run; may be repeated")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    parser.add_argument("--seconds", type=float, default=1, help="length of each measurement (default 1)")
    parser.add_argument("--servers", help="measure only these servers beside C, as in reactor,SwiftNIO")
    parser.add_argument("--timers", type=int, default=1_000_000, help="timers scheduled (default 1,000,000)")
    options = parser.parse_args()
    print(f"{options.rounds} rounds of {options.seconds:g} s, medians; {os.cpu_count()} cores, {platform.platform()}\n")
    for name in options.only or sections:
        sections[name](options)


# Servers


def chosen(servers, options):
    """The servers asked for, without those that are not built."""
    wanted = options.servers.split(",") + [LIMIT] if options.servers else servers
    for name in (name for name in wanted if name in servers and not servers[name][0].exists()):
        print(f"bench: {name} is not built and is left out; make bench-reactor builds it", file=sys.stderr)
    return {name: words for name, words in servers.items() if name in wanted and words[0].exists()}


@contextlib.contextmanager
def secure_servers(options):
    """The servers that speak TLS, with a certificate that lasts as long as the block."""
    with tempfile.TemporaryDirectory(prefix="reactor-bench-") as folder:
        certificate, key = pathlib.Path(folder, "certificate.pem"), pathlib.Path(folder, "key.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-keyout", key, "-out", certificate], check=True, capture_output=True)
        servers = {name: [*words, certificate, key] for name, words in PLAIN.items()}
        servers[LIMIT] = [C_TLS, certificate, key]
        servers["reactor"] = [*PLAIN["reactor"], "--tls", certificate, key]
        yield chosen(servers, options)


# Sections


def echo(options):
    measured = in_rounds(
        "echo", chosen(PLAIN, options), options,
        {title(*cell): ("echo", "127.0.0.1", "PORT", *cell) for cell in CELLS})
    print_ratios("echo, connections × octets", measured)


def tls_echo(options):
    with secure_servers(options) as servers:
        measured = in_rounds("tls", servers, options, {title(*cell): ("tls-echo", "PORT", *cell) for cell in CELLS})
    print_ratios("echo over TLS 1.3, AES-256-GCM", measured)


def handshakes(options):
    kinds = {"full, P-256": ("tls-visits", "PORT", VISITORS), "resumed": ("resumed-visits", "PORT", VISITORS)}
    with secure_servers(options) as servers:
        measured = in_rounds("handshakes", servers, options, kinds)
    for (name, cell), results in measured.items():
        if cell == "resumed" and any(result["resumed"] < RESUMED for result in results):
            print(f"bench: {name} has not resumed every session", file=sys.stderr)
    print_ratios("connect, handshake, one octet, close", measured)


def accepts(options):
    cells = {"plain": ("plain-visits", "PORT", VISITORS)}
    print_ratios("connect, one octet, close", in_rounds("accepts", chosen(PLAIN, options), options, cells))


def timers(options):
    measured = collections.defaultdict(list)
    programs = chosen(TIMERS, options)
    for round in range(options.rounds):
        say(f"timers, round {round + 1} of {options.rounds}")
        for name, words in programs.items():
            words = [*map(str, words), str(options.timers)]
            result = subprocess.run(words, capture_output=True, text=True, check=True).stdout
            for key, value in re.findall(r"(\w+)_ns=(\d+)", result):
                measured[name, key].append(int(value))
    print_table(
        [f"{options.timers:,} timers, ns for each", *programs],
        [[label] + [f"{statistics.median(measured[name, key]):,.0f}" for name in programs] for key, label in
         (("schedule", "schedule"), ("cancel", "cancel, nine of ten"), ("fire", "fire the rest, all due"))])


def title(connections, octets):
    return f"{connections:,} × {octets:,}" + (", one core" if connections == 1 else "")


# Measuring


def in_rounds(section, servers, options, cells):
    """Results by server and cell, one for each round."""
    measured = collections.defaultdict(list)
    for round in range(options.rounds):
        say(f"{section}, round {round + 1} of {options.rounds}")
        for cell, words in cells.items():
            for name, server in servers.items():
                # With one connection the two programs take turns; on two cores that would measure how fast a core wakes up.
                with one_core("one core" in cell), running(*server, ready=r"LISTENING \d+") as (process, printed, _):
                    port = re.search(r"LISTENING (\d+)", printed)[1]
                    result = load(*[port if word == "PORT" else word for word in words], options.seconds, process.pid)
                measured[name, cell].append(result)
    return measured


def print_ratios(head, measured):
    names = list(dict.fromkeys(name for name, _ in measured if name != LIMIT))
    cells = list(dict.fromkeys(cell for _, cell in measured))
    rates = {key: [result["rate"] for result in results] for key, results in measured.items()}
    # With short measurements a server may have used too little time to be seen.
    work = {key: [1e6 / max(result["cpu_us"], 0.01) for result in results] for key, results in measured.items()}
    print_table(
        [head, "C /s", *names, "C /CPU s", *names],
        [[cell, f"{statistics.median(rates[LIMIT, cell]):,.0f}{busy(measured[LIMIT, cell])}"]
         + [ratio(rates, name, cell) + busy(measured[name, cell]) for name in names]
         + [f"{statistics.median(work[LIMIT, cell]):,.0f}"] + [ratio(work, name, cell) for name in names]
         for cell in cells])


def ratio(values, name, cell):
    return f"{statistics.median(own / limit for own, limit in zip(values[name, cell], values[LIMIT, cell])):.2f}"


def busy(results):
    return "*" if statistics.median(result["load_busy"] for result in results) > LOAD_IS_BUSY else ""


if __name__ == "__main__":
    main()
