"""Measures the programs in .build/release and prints a table with the aims beside; `make bench` calls it.

Competitors and loads run in interleaved rounds, so that what else the machine does hits all alike; the table shows
medians over the rounds. Server and load share the machine's cores. Everything measured stands in .build/bench.json.
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
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILT = ROOT / ".build/release"
REPORT = ROOT / ".build/bench.json"
CONNECTIONS = (1, 100, 1000)
PLAYERS = (1, 50, 500)
IDLE_PLAYERS = 800
STARTS = 5

LIMIT_S = 300
READY_S = 60


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    parser.add_argument("--seconds", type=float, default=3, help="length of each measurement (default 3)")
    options = parser.parse_args()
    missing = [name for name in ("mudd", "bench-echo", "bench-echo-c", "bench-load") if not (BUILT / name).exists()]
    if missing:
        sys.exit(f"bench: not built: {', '.join(missing)}; run make bench")

    folder = pathlib.Path(tempfile.mkdtemp(prefix="mudd-bench-"))
    results = collections.defaultdict(list)
    try:
        say("making worlds and accounts")
        prepare(folder)
        for round in range(options.rounds):
            say(f"round {round + 1} of {options.rounds}")
            measure_echo(results, options.seconds)
            measure_play(results, folder, options.seconds)
        say("memory of idle players")
        measure_memory(results, folder)
        say("starts")
        measure_starts(results, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print_report(results, options)


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


# Programs under test


def free_port():
    """A port for a server that cannot be told to choose one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(*words, ready, environment=None):
    """Runs a server; yields its process, what it printed until `ready`, and the seconds that took."""
    began = time.monotonic()
    process = subprocess.Popen(
        list(map(str, words)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        env={**os.environ, **(environment or {})})
    alarm = threading.Timer(READY_S, process.kill)
    alarm.start()
    try:
        printed = ""
        while not re.search(ready, printed):
            line = process.stdout.readline()
            if not line:
                raise SystemExit(f"bench: {words[0]} ended with status {process.wait()}")
            printed += line
        alarm.cancel()
        yield process, printed, time.monotonic() - began
    finally:
        alarm.cancel()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


@contextlib.contextmanager
def game(folder, world=None, limits=None):
    """Runs mudd in a folder; yields its port, its process id and the seconds until it listened.

    The limit of lines a second is off, as the load types faster than players; `limits` sets others.
    """
    limits = {f"MUDD_LIMITS_{name.upper()}": str(value) for name, value in {"lines": 0, **(limits or {})}.items()}
    words = [BUILT / "mudd", "serve", "--data", folder / "Data", "--world", world or folder / "World"]
    words += ["--telnet", "tcp:0:interface=127.0.0.1", "--set", "doors.ssh=off",
              "--set", "doors.irc=off"]
    with running(*words, ready=r"telnet 127\.0\.0\.1 \d+\b", environment=limits) as (process, printed, seconds):
        yield re.search(r"telnet 127\.0\.0\.1 (\d+)", printed)[1], process.pid, seconds


def load(*words):
    """Runs bench-load and returns its result as a dictionary."""
    result = subprocess.run(
        [BUILT / "bench-load", *map(str, words)], capture_output=True, text=True, timeout=LIMIT_S)
    line = re.search(r"^RESULT (.*)", result.stdout, re.MULTILINE)
    if result.returncode != 0 or not line:
        raise SystemExit(f"bench: bench-load {' '.join(map(str, words))}: {result.stderr.strip()}")
    return {key: float(value) for key, value in (pair.split("=") for pair in line[1].split())}


# The world of the measurement


def letters(index):
    return "".join(chr(ord("a") + index // power % 26) for power in (676, 26, 1))


def prepare(folder):
    """For each number of players a game with so many things in its one room, and the accounts to play it."""
    for players in PLAYERS:
        write_world(folder / f"{players}", players)
        with game(folder / f"{players}") as (port, pid, _):
            load("mud", port, players, 0.2, pid)
    write_world(folder / "idle", 1)
    with game(folder / "idle") as (port, pid, _):
        load("idle", port, IDLE_PLAYERS, pid)


def write_world(folder, things):
    """One room and in it a thing for each player, by the name that bench-load knows."""
    world = folder / "World"
    world.mkdir(parents=True)
    (world / "world.yaml").write_text("title: Bench\nwelcome: Welcome.\nstart: bench/hall\n")
    lines = [
        "area: bench", "title: Bench", "rooms:", "  hall:", "    name: Bench Hall",
        "    description: This is where all of them stand, and there is room for more.", "    things:",
    ]
    for index in range(things):
        lines += [f"      z{letters(index)}:", f"        name: z{letters(index)}", "        description: It is small."]
    (world / "bench.yaml").write_text("\n".join(lines) + "\n")


# Measurements


@contextlib.contextmanager
def one_core(wanted):
    """Has everything that is started meanwhile run on one core, if wanted."""
    cores = os.sched_getaffinity(0)
    if wanted:
        os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def measure_echo(results, seconds):
    for connections in CONNECTIONS:
        pair = {}
        for name in ("bench-echo-c", "bench-echo"):
            # With one connection the two programs take turns. On two cores that measures how fast the machine wakes a
            # core, and on which ones the kernel puts them; on one core it measures the programs.
            with one_core(connections == 1), running(BUILT / name, 0, ready=r"LISTENING \d+") as (process, printed, _):
                port = re.search(r"LISTENING (\d+)", printed)[1]
                pair[name] = load("echo", "127.0.0.1", port, connections, 64, seconds, process.pid)
            results[f"echo {connections} {name}"].append(pair[name])
        ratio = pair["bench-echo"]["rate"] / pair["bench-echo-c"]["rate"]
        results[f"echo {connections} ratio"].append({"ratio": ratio})


def measure_play(results, folder, seconds):
    for players in PLAYERS:
        with game(folder / f"{players}") as (port, pid, _):
            if players == 1:
                results["idle server, one client"].append(load("mud", port, 1, seconds, pid, 20))
            results[f"play {players}"].append(load("mud", port, players, seconds, pid))


def measure_memory(results, folder):
    with game(folder / "idle") as (port, pid, _):
        results["memory"].append(load("idle", port, IDLE_PLAYERS, pid))


def measure_starts(results, folder):
    for number in range(STARTS):
        for name in ("first start", "second start"):
            (folder / f"start{number}").mkdir(exist_ok=True)
            with game(folder / f"start{number}", ROOT / "World") as (_, _, seconds):
                results[name].append({"ms": seconds * 1000})


# The report


def middle(rows, key):
    return statistics.median(row[key] for row in rows)


def print_report(results, options):
    print(f"\n{options.rounds} rounds of {options.seconds:g} s, medians; {os.cpu_count()} cores, {platform.platform()}\n")
    print_table(
        ["echo, 64 octets", "C /s", "reactor /s", "ratio", "aim", "C CPU µs", "reactor CPU µs", "p50 µs", "p99 µs"],
        [
            [
                f"{connections} connections" if connections > 1 else "1 connection, one core",
                f"{middle(results[f'echo {connections} bench-echo-c'], 'rate'):,.0f}",
                f"{middle(results[f'echo {connections} bench-echo'], 'rate'):,.0f}",
                f"{middle(results[f'echo {connections} ratio'], 'ratio'):.2f}", "≥ 0.90",
                f"{middle(results[f'echo {connections} bench-echo-c'], 'cpu_us'):.1f}",
                f"{middle(results[f'echo {connections} bench-echo'], 'cpu_us'):.1f}",
                f"{middle(results[f'echo {connections} bench-echo'], 'p50_us'):,.0f}",
                f"{middle(results[f'echo {connections} bench-echo'], 'p99_us'):,.0f}",
            ] for connections in CONNECTIONS
        ])
    aims = {1: "", 50: "≥ 15,000 /s, p99 < 20 ms", 500: "≥ 1,500 /s"}
    print_table(
        [
            "look, say, get, drop in one room, durable", "commands/s", "p50 ms", "p99 ms", "p99.9 ms", "CPU µs each",
            "load's CPU µs", "aim",
        ],
        [
            [
                f"{players} players" if players > 1 else "1 player",
                f"{middle(results[f'play {players}'], 'rate'):,.0f}",
                f"{middle(results[f'play {players}'], 'p50_us') / 1000:.2f}",
                f"{middle(results[f'play {players}'], 'p99_us') / 1000:.2f}",
                f"{middle(results[f'play {players}'], 'p999_us') / 1000:.2f}",
                f"{middle(results[f'play {players}'], 'cpu_us'):.1f}",
                f"{middle(results[f'play {players}'], 'load_cpu_us'):.1f}", aims[players],
            ] for players in PLAYERS
        ])
    print_table(
        ["p50 of each, ms", "look", "say", "get", "drop"],
        [
            [name] + [f"{middle(results[name], f'{command}_p50_us') / 1000:.2f}" for command in ("look", "say", "get", "drop")]
            for name in ["idle server, one client"] + [f"play {players}" for players in PLAYERS]
        ])
    print_table(
        ["else", "measured", "aim"],
        [
            ["idle server, one client, p50", f"{middle(results['idle server, one client'], 'p50_us') / 1000:.2f} ms", "≤ 0.5 ms"],
            ["idle server, one client, p99", f"{middle(results['idle server, one client'], 'p99_us') / 1000:.2f} ms", ""],
            [f"memory of each of {IDLE_PLAYERS} idle players", f"{middle(results['memory'], 'kib_per_player'):.1f} KiB", "≤ 24 KiB"],
            ["start to listening, new data folder", f"{middle(results['first start'], 'ms'):.0f} ms", ""],
            ["start to listening, second start", f"{middle(results['second start'], 'ms'):.0f} ms", ""],
        ])
    REPORT.write_text(json.dumps({"rounds": options.rounds, "seconds": options.seconds, "results": results}, indent=1))
    print(f"Every round is in {REPORT.relative_to(ROOT)}.")


def print_table(head, rows):
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        cells = [cell.ljust(width) if column == 0 or column == len(head) - 1 and "aim" in head[-1] else cell.rjust(width)
                 for column, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())
    print()


if __name__ == "__main__":
    main()
