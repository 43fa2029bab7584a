"""Measures `mudd irc` beside ngircd and inspircd in interleaved rounds; `make bench-irc` calls it.

Each server runs afresh for each measurement, with the limits for clients off that would be met. `mudd` is that in .build/release;
what was measured stands in .build/irc-bench.json.
"""

import argparse
import collections
import contextlib
import json
import os
import pathlib
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from bench import BUILT, LIMIT_S, ROOT, free_port, middle, print_table, running, say

REPORT = ROOT / ".build/irc-bench.json"
LOAD = ROOT / ".build/peers/irc_load"
READY_S = 20
#: How many clients are registered at a time: inspircd lets each wait for a second, ngircd has a short queue.
WIDTHS = {"ours": 10, "ngircd": 10, "inspircd": 500}
#: A name, and what irc_load is told of clients and time.
PARTS = {
    "register": (2000,),
    "join": (1000,),
    "ping": (100, "{seconds}"),
    "message": (100, "{seconds}"),
    "fan 200": (200, "{seconds}", 8),
    "fan 1000": (1000, "{seconds}", 8),
    "first 1000": (1000, "{seconds}", 1),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    parser.add_argument("--seconds", type=float, default=3, help="length of each measurement (default 3)")
    parser.add_argument("--parts", nargs="*", default=list(PARTS), choices=list(PARTS), help="what to measure")
    parser.add_argument("--peers", nargs="*", default=list(PEERS), choices=list(PEERS), help="whom to measure")
    parser.add_argument("--mudd", type=pathlib.Path, default=BUILT / "mudd", help="another program than that in .build/release")
    options = parser.parse_args()
    if not options.mudd.exists():
        sys.exit("bench: not built: mudd; run make bench-irc")
    results = collections.defaultdict(list)
    for round in range(options.rounds):
        say(f"round {round + 1} of {options.rounds}")
        for part in options.parts:
            for name in options.peers:
                folder = pathlib.Path(tempfile.mkdtemp(prefix="mudd-bench-"))
                folder.chmod(0o755)
                try:
                    with PEERS[name](folder, options) as (port, pid):
                        results[f"{part} {name}"].append(load(part, port, pid, WIDTHS[name], options.seconds))
                finally:
                    shutil.rmtree(folder, ignore_errors=True)
    print_report(results, options)


def load(part, port, pid, width, seconds):
    """Runs irc_load and returns its result as a dictionary."""
    words = [str(word).format(seconds=seconds) for word in PARTS[part]]
    verb = "fan" if part.startswith("first") else part.split()[0]
    result = subprocess.run(
        [LOAD, verb, str(port), str(pid), str(width), *words], capture_output=True, text=True, timeout=LIMIT_S)
    line = re.search(r"^RESULT (.*)", result.stdout, re.MULTILINE)
    if result.returncode != 0 or not line:
        raise SystemExit(f"bench: irc_load {part}: {result.stdout.strip()} {result.stderr.strip()}")
    return {key: float(value) for key, value in (pair.split("=") for pair in line[1].split())}


# Servers


@contextlib.contextmanager
def ours(folder, options):
    words = [options.mudd, "irc", "--listen", "tcp:0:interface=127.0.0.1", "--pace", "0:0", "--max-per-peer", "100000"]
    with running(*words, "--rundir", folder, ready=r"listens on") as (process, printed, _):
        yield re.search(r"127\.0\.0\.1:(\d+)|127\.0\.0\.1 (\d+)", printed)[1], process.pid


@contextlib.contextmanager
def ngircd(folder, options):
    port = free_port()
    configuration = folder / "ngircd.conf"
    configuration.write_text(
        f"[Global]\nName = irc.bench.test\nInfo = bench\nListen = 127.0.0.1\nPorts = {port}\nServerUID = nobody\n"
        "ServerGID = nogroup\nMotdPhrase = hello\n"
        "[Limits]\nMaxPenaltyTime = 0\nMaxConnections = 0\nMaxConnectionsIP = 0\nMaxJoins = 0\nMaxNickLength = 32\nMaxListSize = 0\n"
        "PingTimeout = 600\n[Options]\nDNS = no\nIdent = no\nPAM = no\nMorePrivacy = no\nSyslogFacility = local1\n")
    with serving(["ngircd", "-n", "-f", configuration], port) as process:
        yield port, process.pid


@contextlib.contextmanager
def inspircd(folder, options):
    port = free_port()
    configuration = folder / "inspircd.conf"
    configuration.write_text(
        '<server name="irc.bench.test" description="bench" network="bench">\n<admin name="a" email="a@bench.test">\n'
        f'<bind address="127.0.0.1" port="{port}" type="clients">\n'
        '<connect name="all" allow="*" timeout="60" pingfreq="600" hardsendq="16M" softsendq="1M" recvq="64K" threshold="1000000" '
        'commandrate="10000000" fakelag="no" localmax="100000" globalmax="100000" resolvehostnames="no" maxchans="100">\n'
        f'<log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="{folder}/log">\n'
        '<performance softlimit="100000" somaxconn="1024" clonesonconnect="no">\n<options defaultmodes="nt">\n'
        f'<pid file="{folder}/pid">\n<limits maxnick="32">\n')
    with serving(["inspircd", "--nofork", "--runasroot", "--config", configuration], port) as process:
        yield port, process.pid


PEERS = {"ours": ours, "ngircd": ngircd, "inspircd": inspircd}


@contextlib.contextmanager
def serving(words, port):
    process = subprocess.Popen(
        list(map(str, words)), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        limit = time.monotonic() + READY_S
        while True:
            if process.poll() is not None:
                raise SystemExit(f"bench: {words[0]} ended with status {process.returncode}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if time.monotonic() > limit:
                raise SystemExit(f"bench: {words[0]} does not listen")
            time.sleep(0.05)
        register_once(port, limit)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def register_once(port, limit):
    """Comes and goes as a client, so that nothing of the start is left to be done."""
    with socket.create_connection(("127.0.0.1", port), timeout=max(limit - time.monotonic(), 1)) as probe:
        probe.sendall(b"NICK probe\r\nUSER probe 0 * :probe\r\n")
        lines = probe.makefile("rb")
        for line in lines:
            words = line.split()
            if words[:1] == [b"PING"]:
                probe.sendall(b"PONG " + words[1] + b"\r\n")
            elif words[1:2] == [b"001"]:
                probe.sendall(b"QUIT\r\n")
        # The server has closed the connection.


# Report


def print_report(results, options):
    print(f"\n{options.rounds} rounds of {options.seconds:g} s, medians; {os.cpu_count()} cores, {platform.platform()}\n")
    rows = [
        ("registrations, each second", "register", "rate", "{:,.0f}"),
        ("processor time of the server for each, µs", "register", "us", "{:.1f}"),
        ("memory of a client, octets", "register", "octets_each", "{:,.0f}"),
        ("1,000 join one channel, each second", "join", "rate", "{:,.0f}"),
        ("processor time for each, µs", "join", "us", "{:.1f}"),
        ("PING, each second", "ping", "rate", "{:,.0f}"),
        ("processor time for each, µs", "ping", "us", "{:.2f}"),
        ("PRIVMSG from client to client, each second", "message", "rate", "{:,.0f}"),
        ("processor time for each, µs", "message", "us", "{:.2f}"),
        ("deliveries to 200 listeners, each second", "fan 200", "rate", "{:,.0f}"),
        ("processor time for each, µs", "fan 200", "us", "{:.3f}"),
        ("deliveries to 1,000 listeners, each second", "fan 1000", "rate", "{:,.0f}"),
        ("processor time for each, µs", "fan 1000", "us", "{:.3f}"),
        ("the same, one message at a time, each second", "first 1000", "rate", "{:,.0f}"),
        ("processor time for each, µs", "first 1000", "us", "{:.3f}"),
    ]
    table = []
    for title, part, key, form in rows:
        found = [results.get(f"{part} {name}") for name in options.peers]
        if any(found):
            table.append([title, *(form.format(middle(cell, key)) if cell else "" for cell in found)])
    print_table(["", *options.peers], table)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
