"""The units of Deploy/systemd: what systemd's own tools think of them, and whether the game can be run by them."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

import pytest
from conftest import PASSWORD
from harness.server import MUDD, ROOT, TEST_WORLD, Server, admin, control
from harness.units import Supervisor, last, read_unit

UNITS = ROOT / "Deploy" / "systemd"
# What systemd-analyze security may add up to, from 0 (locked up) to 10.
MOST_EXPOSURE = 1.5
PATIENCE = 30

needs_tool = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed (package systemd)")


@pytest.fixture
def units(folder):
    """The units with the program as it was built, and doors on free ports."""
    with socket.create_server(("127.0.0.1", 0)) as free, socket.create_server(("127.0.0.1", 0)) as second:
        port, ssh_port = free.getsockname()[1], second.getsockname()[1]
    for path in UNITS.iterdir():
        text = path.read_text().replace("/usr/local/bin/mudd", str(MUDD)).replace("/etc/mudd", str(folder))
        text = text.replace("127.0.0.1:4000", f"127.0.0.1:{port}").replace("127.0.0.1:4022", f"127.0.0.1:{ssh_port}")
        (folder / path.name).write_text(text)
    (folder / "mudd.yaml").write_text(
        f"data: {folder}/Data\nworld: {TEST_WORLD}\ndoors:\n  telnet: systemd:name=telnet\n")
    return folder


def analyze(*words):
    return subprocess.run(["systemd-analyze", *map(str, words)], capture_output=True, text=True, timeout=60)


@needs_tool
def test_systemd_understands_the_units(units):
    result = analyze("verify", "--man=no", units / "mudd.service", *units.glob("*.socket"))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@needs_tool
def test_a_typing_error_would_be_seen(units):
    path = units / "mudd.service"
    path.write_text(path.read_text().replace("WatchdogSec=30", "WatchDogSec=thirty"))
    result = analyze("verify", "--man=no", path)
    assert "WatchDogSec" in result.stdout + result.stderr


@needs_tool
@pytest.mark.may_skip("the tool comes with the system's release")
def test_the_service_is_locked_up(units):
    result = analyze("security", "--offline=yes", "--no-pager", units / "mudd.service")
    if "nrecognized option" in result.stderr:
        pytest.skip("this systemd-analyze (before 250) cannot judge a unit that is not loaded")
    exposure = re.search(r"Overall exposure level for mudd.service: ([\d.]+)", result.stdout)
    assert exposure and float(exposure[1]) <= MOST_EXPOSURE, result.stdout[-300:] + result.stderr


def test_the_hardening_is_complete():
    service = read_unit(UNITS / "mudd.service")["Service"]
    for name, value in {
        "Type": "notify", "NotifyAccess": "main", "WatchdogSec": "30", "StateDirectory": "mudd mudd/backups",
        "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
        "ProtectKernelTunables": "yes", "ProtectKernelModules": "yes", "ProtectKernelLogs": "yes",
        "ProtectControlGroups": "yes", "ProtectClock": "yes", "ProtectHostname": "yes", "ProtectProc": "invisible",
        "ProcSubset": "pid", "NoNewPrivileges": "yes", "RestrictSUIDSGID": "yes", "RestrictNamespaces": "yes",
        "RestrictRealtime": "yes", "LockPersonality": "yes", "MemoryDenyWriteExecute": "yes",
        "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX", "SystemCallArchitectures": "native", "UMask": "0077",
        "LimitNOFILE": "65536", "TasksMax": "64", "Restart": "on-failure",
    }.items():
        assert last(service, name) == value, name
    assert service["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]
    assert service["CapabilityBoundingSet"] == [] and last(service, "MemoryMax")


@pytest.fixture
def supervisor(units):
    made = Supervisor(units)
    yield made
    made.stop()


def port_of(folder, door="telnet"):
    return int(last(read_unit(folder / f"mudd-{door}.socket")["Socket"], "ListenStream").rsplit(":", 1)[1])


def test_each_socket_names_its_door_and_the_service():
    for path in UNITS.glob("*.socket"):
        unit = read_unit(path)["Socket"]
        assert path.name == f"mudd-{last(unit, 'FileDescriptorName')}.socket" and last(unit, "Service") == "mudd.service"
        # Nothing is open to others until the operator says so.
        assert last(unit, "ListenStream").startswith("127.0.0.1:")
        assert path.name in last(read_unit(UNITS / "mudd.service")["Unit"], "After").split()


def test_the_ssh_door_is_handed_over_as_well(units, monkeypatch):
    monkeypatch.delenv("MUDD_DOORS_SSH", raising=False)
    path = units / "mudd.yaml"
    path.write_text(path.read_text() + "  ssh: systemd:name=ssh\n")
    supervisor = Supervisor(units, enabled=["mudd-ssh.socket"])
    try:
        supervisor.start()
        doors = admin(units / "Data", "status", json_answer=True).answer["doors"]
        assert {(door["name"], door["port"]) for door in doors} == {
            (name, port_of(units, name)) for name in ("telnet", "ssh")}
        with socket.create_connection(("127.0.0.1", port_of(units, "ssh")), PATIENCE) as door:
            assert door.recv(8) == b"SSH-2.0-"
    finally:
        supervisor.stop()


def test_the_units_run_the_game(units, supervisor, connect):
    supervisor.start()
    ready = next(message for message in supervisor.messages if message.startswith("READY=1"))
    assert "STATUS=serving" in ready
    port = port_of(units)
    assert admin(units / "Data", "status", json_answer=True).answer["doors"] == [
        {"name": "telnet", "host": "127.0.0.1", "port": port}]
    connect(port).create("Ada", PASSWORD)
    mask = re.search(r"Umask:\s*(\d+)", pathlib.Path(f"/proc/{supervisor.pid}/status").read_text())[1]
    assert mask == "0077"
    # A restart through mudd itself would take the server away from systemd.
    assert control("serve", "restart", "--config", units / "mudd.yaml").returncode == 69
    assert supervisor.reload() == 0
    (units / "mudd.yaml").write_text("limits:\n  idle: soon\n")
    assert supervisor.reload() != 0 and supervisor.is_active()


def test_nobody_is_refused_while_it_restarts(units, supervisor, connect):
    # As systemd does, the socket is kept open over the restart.
    sockets = supervisor.open_sockets()
    keep = [(name, each.dup()) for name, each in sockets]
    supervisor.start(sockets)
    supervisor.stop()
    early = connect(port_of(units))
    supervisor.start(keep)
    early.create("Ada", PASSWORD)


def test_a_reload_is_told_as_systemd_wants_it(folder, data, connect):
    """For Type=notify-reload: RELOADING with the time, in one message, and READY when it is done."""


    path = folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(path))
        listener.settimeout(PATIENCE)
        with Server(data, environment={"NOTIFY_SOCKET": str(path)}) as server:
            assert listener.recv(4096).startswith(b"READY=1")
            before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
            os.kill(server.pid, signal.SIGHUP)
            reloading = listener.recv(4096).decode()
            after = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
            match = re.fullmatch(r"RELOADING=1\nMONOTONIC_USEC=(\d+)", reloading)
            assert match and before <= int(match[1]) <= after
            assert listener.recv(4096) == b"READY=1"
            assert server.stop() == 0
            assert listener.recv(4096) == b"STOPPING=1"
