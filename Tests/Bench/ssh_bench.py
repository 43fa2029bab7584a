"""Measures SSH beside OpenSSH's server and Twisted Conch in interleaved rounds; `make bench-ssh` calls it.

All serve a shell that gives back what it gets, to the same client, which is made with libssh: sshd runs `cat` behind a terminal that
echoes nothing, Conch and ours repeat by themselves. The programs are those in .build/release; what was measured stands in
.build/ssh-bench.json.
"""

import argparse
import collections
import contextlib
import getpass
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading

from bench import BUILT, LIMIT_S, ROOT, free_port, middle, print_table, running, say

REPORT = ROOT / ".build/ssh-bench.json"
PYTHON = ROOT / ".build/peers-venv/bin/python"
LOAD = ROOT / ".build/peers/ssh_load"
CONCH = ROOT / "Tests/Bench/Peers/ssh_echo.py"
SSHD = "/usr/sbin/sshd"
CIPHERS = ("chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com", "aes256-ctr")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    parser.add_argument("--seconds", type=float, default=3, help="length of each measurement (default 3)")
    parser.add_argument("--handshakes", type=int, default=200, help="logins in each round (default 200)")
    parser.add_argument("--idle", type=int, default=200, help="sessions that do nothing (default 200, sshd 20)")
    options = parser.parse_args()
    missing = [name for name in ("bench-ssh", "reactor-examples") if not (BUILT / name).exists()]
    if missing:
        sys.exit(f"bench: not built: {', '.join(missing)}; run make bench-ssh")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mudd-bench-"))
    results = collections.defaultdict(list)
    try:
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        say("transport alone, in memory")
        print(subprocess.run([BUILT / "bench-ssh"], capture_output=True, text=True, check=True).stdout)
        peers = {"ours": ours, "sshd": sshd, "Conch": conch}
        for round in range(options.rounds):
            say(f"round {round + 1} of {options.rounds}")
            for name, peer in peers.items():
                with peer(folder) as (port, user, pid):
                    measure(results, name, port, user, folder / "user", pid, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print_report(results, options)


def load(part, *words):
    """Runs ssh_load and returns its result as a dictionary."""
    result = subprocess.run([LOAD, part, *map(str, words)], capture_output=True, text=True, timeout=LIMIT_S)
    line = re.search(r"^RESULT (.*)", result.stdout, re.MULTILINE)
    if result.returncode != 0 or not line:
        raise SystemExit(f"bench: ssh_load {part}: {result.stdout.strip()} {result.stderr.strip()}")
    return {key: float(value) for key, value in (pair.split("=") for pair in line[1].split())}


def measure(results, name, port, user, key, pid, options):
    results[f"handshakes {name}"].append(load("handshakes", port, user, key, options.handshakes, pid))
    results[f"echo {name}"].append(load("echo", port, user, key, options.seconds))
    for cipher in CIPHERS:
        if name == "Conch" and cipher != "aes256-ctr":
            continue
        results[f"bulk {name} {cipher}"].append(load("bulk", port, user, key, options.seconds, cipher))
    idle = 20 if name == "sshd" else options.idle
    results[f"idle {name}"].append(load("idle", port, user, key, idle, pid))


# Servers


@contextlib.contextmanager
def ours(folder):
    words = [BUILT / "reactor-examples", "shell", "tcp:0:interface=127.0.0.1", folder / "host", folder / "user.pub"]
    with running(*words, ready=r"listening on") as (process, printed, _):
        yield re.search(r"127\.0\.0\.1:(\d+)", printed)[1], "bench", process.pid


@contextlib.contextmanager
def conch(folder):
    with running(PYTHON, CONCH, folder / "host", folder / "user.pub", ready=r"\d+\n") as (process, printed, _):
        yield printed.strip(), "bench", process.pid


@contextlib.contextmanager
def sshd(folder):
    """OpenSSH's server for whoever runs this; as root it wants a folder of its own."""
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
    port = free_port()
    configuration = folder / "sshd_config"
    configuration.write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"AuthorizedKeysFile {folder}/user.pub\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        "PermitRootLogin yes\nForceCommand stty raw -echo 2>/dev/null; exec cat\nMaxStartups 1000\n"
        "PrintMotd no\nPrintLastLog no\n")
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", configuration], stderr=subprocess.PIPE, text=True)
    try:
        while "listening" not in process.stderr.readline():
            if process.poll() is not None:
                raise SystemExit("bench: sshd does not start")
        # What it says from here on is read, or it would wait.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield port, getpass.getuser(), process.pid
    finally:
        process.terminate()
        process.wait(30)


# Report


def print_report(results, options):
    print(f"\n{options.rounds} rounds of {options.seconds:g} s, medians; {os.cpu_count()} cores, {platform.platform()}\n")
    names = ("ours", "sshd", "Conch")
    rows = [
        ("logins with a session, each second", "handshakes", "rate", "{:,.0f}"),
        ("processor time of the server for each, µs", "handshakes", "server_us", "{:,.0f}"),
        ("one octet there and back, p50 µs", "echo", "p50_us", "{:,.0f}"),
        ("the same, p99 µs", "echo", "p99_us", "{:,.0f}"),
        *[(f"there and back in bulk, {cipher}, MB/s", f"bulk {{}} {cipher}", "MBps", "{:,.0f}") for cipher in CIPHERS],
        ("memory of an idle session, octets", "idle", "octets_each", "{:,.0f}"),
    ]
    table = []
    for title, part, key, form in rows:
        cells = []
        for name in names:
            found = results.get(part.format(name) if "{}" in part else f"{part} {name}")
            cells.append(form.format(middle(found, key)) if found else "")
        table.append([title, *cells])
    print_table(["", *names], table)
    print("\nThe memory of sshd is that of its first process alone; each session has two more of their own.")
    REPORT.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
