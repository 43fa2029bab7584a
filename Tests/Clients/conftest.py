"""Fixtures of the client tests.

With MUD_TESTS_MAY_SKIP=0 in the environment a test that is skipped has failed: where everything is installed and root runs
the tests, none may go missing unseen. The marker `may_skip` excepts those that the machine itself may not allow.
"""

import os
import pathlib
import shutil
import signal
import tempfile
import time

import pytest
from harness import server as programs
from harness.server import Server
from harness.telnet import TelnetClient

PASSWORD = "correct horse"


def pytest_configure(config):
    config.addinivalue_line("markers", "control: proves that the harness notices a broken server")
    config.addinivalue_line("markers", "may_skip(reason): may be skipped even where everything is installed")


def pytest_sessionstart(session):
    # Shells have background jobs ignore SIGINT, and the servers under test would inherit that.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Servers side by side would all want their ports; the tests of SSH and of IRC ask for free ones.
    os.environ.setdefault("MUDD_DOORS_SSH", "off")
    os.environ.setdefault("MUDD_DOORS_IRC", "off")
    for program in (programs.MUDD, programs.MUD_ADMIN):
        if not program.exists():
            pytest.exit(f"{program} is missing; run make build", returncode=2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    is_skipped = report.skipped and not hasattr(report, "wasxfail")
    if is_skipped and os.environ.get("MUD_TESTS_MAY_SKIP") == "0" and not item.get_closest_marker("may_skip"):
        # A skip is reported as (file, line, reason).
        report.longrepr = f"Nothing may be skipped here. {report.longrepr[2]}"
        report.outcome = "failed"
    return report


@pytest.fixture
def folder():
    """A folder of the test's own with a short path, because the path of a Unix socket holds 107 octets."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="mudd-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def data(folder):
    """A data folder that does not exist yet."""
    return folder / "Data"


@pytest.fixture
def server(data):
    """A server on an empty data folder."""
    with Server(data) as running:
        yield running


@pytest.fixture(scope="module")
def shared_server():
    """One server for all tests of a module that leave it as it was, or do not care."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="mudd-"))
    with Server(path / "Data") as running:
        yield running
    shutil.rmtree(path)


@pytest.fixture
def connect(request):
    """Makes clients of whichever server the test uses, and closes them at its end."""
    clients = []

    def make(port=None, **options):
        if port is None:
            name = "server" if "server" in request.fixturenames else "shared_server"
            port = request.getfixturevalue(name).port
        clients.append(TelnetClient(port, **options))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def guest(connect):
    """Makes clients that are in play as guests."""

    def make(**options):
        client = connect(**options)
        client.read_prompt("Name: ")
        client.line("guest")
        client.read_prompt("> ")
        return client

    return make


@pytest.fixture
def player(connect):
    """Makes clients that are in play with a new character of a given name."""

    def make(name, **options):
        client = connect(**options)
        client.create(name, PASSWORD)
        return client

    return make


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
