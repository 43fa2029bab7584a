"""Measures telnet with and without compression in interleaved rounds; `make bench` calls it.

First what a client costs that is connected and does nothing, by the resident memory of the server before and after; then
what a command costs that players give, and how many octets travel for it. The programs are those in .build/release.
"""

import argparse
import collections
import json
import os
import pathlib
import platform
import shutil
import sys
import tempfile

from bench import BUILT, ROOT, game, load, middle, print_table, say, write_world

REPORT = ROOT / ".build/telnet-bench.json"
PLAYERS = (1, 50)
# Far above what connects here, and no time limit at the door.
ROOM = {"login": "1h", "sessions": 100_000}
# The name of each crowd, how many may compress in it (None for as many as come), and what bench-load is told.
CROWDS = [("plain", None, []), ("compressed", None, ["mccp2"]), ("compressed, default limit", 2048, ["mccp2"])]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    parser.add_argument("--seconds", type=float, default=3, help="length of each measurement (default 3)")
    parser.add_argument("--clients", type=int, default=10_000, help="clients at the door (default 10000)")
    parser.add_argument("--players", type=int, default=800, help="players that do nothing (default 800)")
    options = parser.parse_args()
    missing = [name for name in ("mudd", "bench-load") if not (BUILT / name).exists()]
    if missing:
        sys.exit(f"bench: not built: {', '.join(missing)}; run make bench")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mudd-bench-"))
    results = collections.defaultdict(list)
    try:
        say("making worlds and accounts")
        for players in PLAYERS:
            write_world(folder / f"{players}", players)
            with game(folder / f"{players}") as (port, pid, _):
                load("mud", port, players, 0.2, pid)
        write_world(folder / "idle", 1)
        with game(folder / "idle", limits=ROOM) as (port, pid, _):
            load("idle", port, options.players, pid)
        for round in range(options.rounds):
            say(f"round {round + 1} of {options.rounds}")
            measure(results, folder, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print_report(results, options)


def measure(results, folder, options):
    for name, most, words in CROWDS:
        limits = {**ROOM, "compressed": 100_000 if most is None else most}
        with game(folder / "idle", limits=limits) as (port, pid, _):
            results[f"door {name}"].append(load(*words, "door", port, options.clients, pid))
        with game(folder / "idle", limits=limits) as (port, pid, _):
            results[f"idle {name}"].append(load(*words, "idle", port, options.players, pid))
    for players in PLAYERS:
        for name, _, words in CROWDS[:2]:
            with game(folder / f"{players}", limits=ROOM) as (port, pid, _):
                results[f"play {players} {name}"].append(load(*words, "mud", port, players, options.seconds, pid))


def print_report(results, options):
    print(f"\n{options.rounds} rounds of {options.seconds:g} s, medians; {os.cpu_count()} cores, {platform.platform()}\n")
    print_table(
        ["idle clients", "of them compressed", "octets of memory each", "octets sent to each"],
        [
            [
                f"{options.clients:,} at the door, {name}", f"{middle(results[f'door {name}'], 'compressed'):,.0f}",
                f"{middle(results[f'door {name}'], 'bytes_per_client'):,.0f}",
                f"{middle(results[f'door {name}'], 'octets_each'):,.0f}",
            ] for name, _, _ in CROWDS
        ] + [
            [
                f"{options.players:,} in play, {name}", f"{middle(results[f'idle {name}'], 'compressed'):,.0f}",
                f"{middle(results[f'idle {name}'], 'kib_per_player') * 1024:,.0f}", "",
            ] for name, _, _ in CROWDS
        ])
    print_table(
        ["look, say, get, drop", "commands/s", "p50 ms", "p99 ms", "CPU µs each", "octets each"],
        [
            [
                f"{players} player{'s' if players > 1 else ''}, {name}",
                f"{middle(results[f'play {players} {name}'], 'rate'):,.0f}",
                f"{middle(results[f'play {players} {name}'], 'p50_us') / 1000:.2f}",
                f"{middle(results[f'play {players} {name}'], 'p99_us') / 1000:.2f}",
                f"{middle(results[f'play {players} {name}'], 'cpu_us'):.1f}",
                f"{middle(results[f'play {players} {name}'], 'octets_each'):,.0f}",
            ] for players in PLAYERS for name, _, _ in CROWDS[:2]
        ])
    REPORT.write_text(json.dumps({"rounds": options.rounds, "seconds": options.seconds, "results": results}, indent=1))
    print(f"Every round is in {REPORT.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
