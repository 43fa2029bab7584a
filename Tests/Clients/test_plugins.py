"""Plugins: listed, loaded, refused when something is wrong with them, found by a reload, and built by their authors."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile

import pytest
from conftest import PASSWORD
from harness.server import ANY_PORT, MUDD, TEST_WORLD, Server, run_mudd
from test_services import PATIENCE, Service

ROSES = pathlib.Path(__file__).resolve().parents[1] / "Plugins" / "roses"
PROVIDES = ["service roses", "endpoint hedge", "verb smell", "capability fragrant", "checker thorns"]
USAGE, DAMAGED, CONFIGURATION = 64, 65, 78

USURPER = """
import ArgumentParser
import PluginCore
import ServiceCore

public enum Usurper: Plugin {
    public static let manifest = PluginManifest(name: "usurper", version: "1")
    public static func register(in registry: inout PluginRegistry) { registry.add(Serve.self) }
}

enum Serve: ServiceMaker {
    struct Options: ParsableArguments {}
    static let name = "serve"
    static let abstract = "Take the place of the game."
    static func addServices(to root: ServiceNode, _ options: Options, _ context: ServiceContext) throws {}
}

@c(mudd_plugin)
public func offerPlugin() -> UnsafeMutableRawPointer { PluginEntry.offer(Usurper.self) }
"""


@pytest.fixture(scope="module")
def workshop():
    """A kit, and the plugin roses built with it."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="mudd-"))
    made = run_mudd("plugins", "kit", path / "kit")
    assert made.returncode == 0, made.stderr
    built = run_mudd("plugins", "build", ROSES, "--into", path / "built", "--kit", path / "kit")
    assert built.returncode == 0, built.stderr
    assert built.stdout == f"{path}/built/roses provides {', '.join(PROVIDES)}.\n"
    yield path
    shutil.rmtree(path)


@pytest.fixture
def plugins(folder, workshop):
    """A folder of plugins with roses in it."""
    place = folder / "Plugins"
    place.mkdir()
    shutil.copytree(workshop / "built" / "roses", place / "roses")
    return place


@pytest.fixture
def world(folder):
    """The world of the tests, in which the ring is fragrant and the hat is not."""
    place = folder / "World"
    shutil.copytree(TEST_WORLD, place)
    house = place / "areas" / "house.yaml"
    text = house.read_text()
    assert "        wearable: finger\n" in text
    house.write_text(text.replace("        wearable: finger\n", "        wearable: finger\n        capabilities: [fragrant]\n"))
    return place


def listing(place, user=None):
    result = run_mudd("plugins", "--plugins", place, user=user)
    assert result.returncode == 0, result.stderr
    there, _, left_out = result.stdout.partition("\nLeft out:\n")
    return there, left_out


def state(place):
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in [place, *place.rglob("*")]}


# What is there


def test_plugins_are_listed_and_nothing_is_written(plugins):
    before = state(plugins)
    there, left_out = listing(plugins)
    assert "standard 1  (built in)\n  service echo\n" in there and "  checker file\n" in there
    assert f"roses 1.2  ({plugins}/roses)\n" + "".join(f"  {each}\n" for each in PROVIDES) in there
    assert left_out == "" and state(plugins) == before


def test_without_a_folder_what_is_built_in_is_listed():
    assert run_mudd("plugins").stdout.startswith("standard 1  (built in)\n  service echo\n  service portforward\n")


def test_a_folder_that_is_not_there_is_told(folder):
    there, left_out = listing(folder / "none")
    assert "echo" in there and "cannot be read: No such file or directory" in left_out


@pytest.mark.parametrize("how", ["variable", "file"])
def test_subcommands_are_in_help_and_completion(plugins, folder, monkeypatch, how):
    if how == "variable":
        monkeypatch.setenv("MUDD_PLUGINS", str(plugins))
    else:
        file = folder / "mudd.yaml"
        file.write_text(f"plugins: {plugins}\n")
        monkeypatch.setenv("MUDD_CONFIG", str(file))
    assert re.search(r"roses +Give a rose to everybody\.", run_mudd("--help").stdout)
    for shell in ("bash", "zsh", "fish"):
        script = run_mudd("--generate-completion-script", shell).stdout
        # A subcommand that is built in, one that is loaded, and the options of both kinds.
        assert "portforward" in script and "roses" in script
        assert re.search(r"\bcolour\b", script) and re.search(r"\bpidfile\b", script)
    own = run_mudd("roses", "--help").stdout
    assert "--colour" in own and "--pidfile" in own and "white" in own
    monkeypatch.delenv("MUDD_PLUGINS", raising=False)
    monkeypatch.delenv("MUDD_CONFIG", raising=False)
    assert "roses" not in run_mudd("--help").stdout
    assert run_mudd("roses").returncode == USAGE


# What they do


def test_a_loaded_service_and_endpoint(plugins):
    words = ("roses", "--plugins", plugins, "--listen", f"hedge:{ANY_PORT}", "--colour", "white", "--count", "2", "--thorns")
    with Service(*words) as roses:
        with socket.create_connection(("127.0.0.1", roses.ports[0]), timeout=PATIENCE) as connection:
            assert connection.makefile().read() == "2 white roses with thorns\n"
        status, rest = roses.stop()
        assert status == 0 and "stopped" in rest
    wrong = run_mudd("roses", "--plugins", plugins, "--colour", "blue")
    assert wrong.returncode == USAGE and "'red' and 'white'" in wrong.stderr
    # The kind of endpoint is there for everybody, and passes on what is wrong inside.
    assert run_mudd("echo", "--plugins", plugins, "--listen", "hedge:tcp:x", "--check").returncode == USAGE
    assert run_mudd("echo", "--plugins", plugins, "--listen", f"hedge:{ANY_PORT}", "--check").returncode == 0


def test_verbs_and_capabilities(data, plugins, world, connect):
    with Server(data, world=world, options=["--plugins", str(plugins)]) as server:
        ada, ben = connect(server.port), connect(server.port)
        ada.create("Ada", PASSWORD)
        ben.create("Ben", PASSWORD)
        for client in (ada, ben):
            client.do("east")
        assert "You smell at the ring." in (answer := ada.do("smell ring")) and "the 1. time" in answer
        assert "Ada smells at the ring." in ben.do("look")
        assert "smells of nothing" in ada.do("sniff hat")
        assert "You see no" in ada.do("smell rose")
        assert "smell THING" in ada.do("help smell") and "smell" in ada.do("commands")
        assert server.stop() == 0
    # What a verb did is kept with the world, also when the plugin is away for a while.
    with Server(data, world=world) as server:
        ada = connect(server.port)
        ada.log_in("Ada", PASSWORD)
        assert "smell" not in ada.do("commands")
        assert server.stop() == 0
    with Server(data, world=world, options=["--plugins", str(plugins)]) as server:
        ada = connect(server.port)
        ada.log_in("Ada", PASSWORD)
        assert "the 2. time" in ada.do("smell ring")


def test_a_checker_of_a_plugin_lets_players_in(data, plugins, connect):
    assert "thorns:WORD" not in run_mudd("serve", "--help-auth").stdout
    assert re.search(r"thorns:WORD\s+whoever knows the word", run_mudd("serve", "--help-auth", "--plugins", plugins).stdout)
    silent = run_mudd("serve", "--data", data, "--plugins", plugins, "--auth", "thorns", "--check")
    assert silent.returncode == USAGE and "the word is missing" in silent.stderr
    with Server(data, options=["--plugins", str(plugins), "--auth", "thorns:sesame street"]) as server:
        client = connect(server.port)
        client.read_prompt("Name: ")
        client.line("ada")
        client.read_prompt("Password: ")
        client.line("sesame")
        assert "not the password of Ada" in client.read_prompt("Name: ")
        client.line("ada")
        client.read_prompt("Password: ")
        client.line("sesame street")
        assert "Welcome, Ada." in client.read_prompt("> ")
        assert server.stop() == 0


def test_a_reload_finds_new_plugins(data, folder, workshop, world, connect):
    place = folder / "Plugins"
    place.mkdir()
    loaded = (
        "The plugin roses 1.2 is loaded: service roses (at the next start), endpoint hedge (at the next start), "
        "verb smell, capability fragrant, checker thorns (at the next start).")
    with Server(data, world=world, options=["--plugins", str(place)]) as server:
        ada = connect(server.port)
        ada.create("Ada", PASSWORD)
        ada.do("east")
        assert "You smell" not in ada.do("smell ring")
        assert server.admin("reload").stdout == "Nothing has changed.\n"
        shutil.copytree(workshop / "built" / "roses", place / "roses")
        assert server.admin("reload").stdout.splitlines() == [loaded]
        assert "You smell at the ring." in ada.do("smell ring")
        assert server.admin("reload").stdout == "Nothing has changed.\n"
        # Another version waits, and what is broken is named each time.
        manifest = place / "roses" / "plugin.yaml"
        manifest.write_text(manifest.read_text().replace('"1.2"', '"1.3"'))
        (place / "thorns").mkdir()
        assert server.admin("reload").stdout.splitlines() == [
            "The plugin roses has changed (1.2 \u2192 1.3): at the next start.",
            "The plugin thorns is left out: plugin.yaml cannot be read: No such file or directory.",
        ]
        shutil.rmtree(place / "roses")
        assert "The plugin roses is not there any more: it goes at the next start." in server.admin("reload").stdout
        assert "You smell at the ring." in ada.do("smell ring")
        assert server.stop() == 0
    assert "roses 1.2 is loaded" in (data / "mudd.log").read_text()


def test_a_hang_up_finds_new_plugins(plugins, folder):
    shutil.move(plugins / "roses", folder / "roses")
    with Service("echo", "--plugins", plugins, "--listen", ANY_PORT) as echo:
        shutil.move(folder / "roses", plugins / "roses")
        echo.process.send_signal(signal.SIGHUP)
        while "roses 1.2 is loaded" not in (line := echo.process.stdout.readline().decode()):
            assert line
        assert echo.stop()[0] == 0


def test_broken_plugins_keep_no_server_from_starting(data, plugins):
    (plugins / "thorns").mkdir()
    with Server(data, options=["--plugins", str(plugins)]) as server:
        assert "mudd: The plugin thorns is left out: plugin.yaml cannot be read" in server.complaint()
        assert server.stop() == 0
    assert re.search(r"warning +mudd +plugin left out plugin=thorns", (data / "mudd.log").read_text())


# What is wrong with them


def edit(old, new):
    def change(place):
        file = place / "roses" / "plugin.yaml"
        text = file.read_text()
        assert re.search(old, text, re.M)
        file.write_text(re.sub(old, new, text, flags=re.M))

    return change


def library(code, *options):
    """Puts a library in the plugin's place that was made by hand."""

    def change(place):
        file = place / "roses" / "plugin.yaml"
        build = re.search(r'build: "(\w+)"', file.read_text())[1]
        subprocess.run(
            [shutil.which("clang") or "cc", "-shared", "-fPIC", *options, "-x", "c", "-", "-o", place / "roses" / "libroses.so"],
            input=code.replace("SEAL", f"mudd_plugin_build_{build}"), text=True, check=True)

    return change


def twin(place):
    shutil.copytree(place / "roses", place / "another")


def mode(name, bits):
    return lambda place: os.chmod(place / name, bits)


def stranger(name):
    return lambda place: os.chown(place / name, 12345, 12345)


def text_library(place):
    (place / "roses" / "libroses.so").write_text("no library")


BROKEN = {
    "no manifest": (lambda place: os.remove(place / "roses/plugin.yaml"), r"plugin\.yaml cannot be read: No such file"),
    "no YAML": (lambda place: (place / "roses/plugin.yaml").write_text("name: [roses\n"), r"plugin\.yaml:\d+:\d+: "),
    "empty manifest": (lambda place: (place / "roses/plugin.yaml").write_text(""), r"plugin\.yaml is empty"),
    "unknown key": (edit("^version", "versoin"), r"plugin\.yaml:3:1: unknown key “versoin”; did you mean version\?"),
    "missing key": (edit("^library.*\n", ""), r"plugin\.yaml: library is missing"),
    "wrong value": (edit("^interface: 1", "interface: one"), r"plugin\.yaml:4:12: interface: expected a whole number"),
    "path outside": (edit('"libroses.so"', '"../libroses.so"'), r"library: expected the name of a file beside this one"),
    "other interface": (edit("^interface: 1", "interface: 99"), r"written against version 99 of the interface, and this is"),
    "other build": (edit('build: "....', 'build: "0000'), r"made by Swift version .* for another build of mudd \(0000"),
    "other version": (edit('"1.2"', '"1.3"'), r"its library calls itself roses 1\.2, its manifest roses 1\.3"),
    "promises more": (edit("service roses", 'service tulips"\n  - "service roses'), r"it provides no service tulips"),
    "promises less": (edit('  - "verb smell"\n', ""), r"it provides a verb smell, which its manifest does not name"),
    "no library": (lambda place: os.remove(place / "roses/libroses.so"), r"libroses\.so cannot be read: No such file"),
    "text for a library": (text_library, r"libroses\.so: .*(too short|invalid ELF)"),
    "library without a seal": (
        library("int mudd_plugin(void) { __builtin_trap(); }"), r"another build of mudd, whatever its manifest says"),
    "library without an entry": (library("int SEAL;"), r"libroses\.so has no function mudd_plugin"),
    "missing symbol": (
        library("extern int mudd_has_no_such_thing(void); int SEAL(void) { return mudd_has_no_such_thing(); }"),
        r"libroses\.so: undefined symbol: mudd_has_no_such_thing"),
    "world-writable folder": (mode("roses", 0o777), r"everybody may write to .*/roses$"),
    "world-writable library": (mode("roses/libroses.so", 0o666), r"everybody may write to .*/libroses\.so$"),
    "world-writable manifest": (mode("roses/plugin.yaml", 0o646), r"everybody may write to .*/plugin\.yaml$"),
    "world-writable plugins": (mode(".", 0o777), r"everybody may write to .*/Plugins$"),
    "file of another user": (stranger("roses/libroses.so"), r"libroses\.so belongs to user 12345"),
    "folder of another user": (stranger("."), r"Plugins belongs to user 12345"),
}
NEEDS_ROOT = {"file of another user", "folder of another user"}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_plugin_is_named_and_skipped(plugins, kind):
    if kind in NEEDS_ROOT and os.geteuid() != 0:
        pytest.skip("only root can give files away")
    change, reason = BROKEN[kind]
    change(plugins)
    there, left_out = listing(plugins)
    assert "roses 1.2" not in there and "service echo" in there
    assert re.search(reason, left_out, re.M), left_out
    assert run_mudd("echo", "--plugins", plugins, "--listen", ANY_PORT, "--check").returncode == 0


def test_of_two_plugins_of_a_name_the_first_is_in(plugins):
    twin(plugins)
    there, left_out = listing(plugins)
    assert f"roses 1.2  ({plugins}/another)" in there and left_out == "  roses: there is a plugin of this name already\n"


# Building them


@pytest.fixture
def package(folder):
    """A copy of the package of roses, to be changed."""
    place = folder / "package"
    shutil.copytree(ROSES, place, ignore=shutil.ignore_patterns(".build"))
    return place


def build(package, folder, workshop, *words):
    return run_mudd("plugins", "build", package, "--into", folder / "built", "--kit", workshop / "kit", *words)


def test_what_a_server_would_refuse_is_not_built(folder, workshop):
    source = folder / "package" / "Sources" / "Usurper"
    source.mkdir(parents=True)
    (source / "Usurper.swift").write_text(USURPER)
    (folder / "package" / "plugin.yaml").write_text("name: usurper\nversion: 1\nprovides: [service serve]\n")
    result = build(folder / "package", folder, workshop)
    assert result.returncode == DAMAGED and "there is a service called serve already" in result.stderr
    assert list((folder / "built").iterdir()) == []


def test_complaints_of_the_builder(package, folder, workshop):
    manifest = package / "plugin.yaml"
    good = manifest.read_text()
    manifest.write_text(good + "colour: red\n")
    result = build(package, folder, workshop)
    assert result.returncode == CONFIGURATION and f"plugin.yaml:{good.count(chr(10)) + 1}:1: unknown key “colour”" in result.stderr
    manifest.write_text(good)
    (package / "Sources/Roses/Roses.swift").unlink()
    result = build(package, folder, workshop)
    assert result.returncode == USAGE and "@c(mudd_plugin)" in result.stderr
    result = build(package, folder, workshop, "--compiler", "/nonexistent/swiftc", "--target", "Roses")
    assert result.returncode != 0 and "/nonexistent/swiftc cannot be run" in result.stderr
    (package / "Sources/Roses/Smell.swift").write_text("nonsense\n")
    result = build(package, folder, workshop, "--target", "Roses")
    assert result.returncode == DAMAGED and "Smell.swift:1:1: error" in result.stderr
    other = folder / "kit"
    other.mkdir()
    result = run_mudd("plugins", "build", package, "--into", folder / "built", "--kit", other)
    assert result.returncode == USAGE and "There is no kit" in result.stderr
    (other / "build").write_text("00112233445566778899\n")
    result = run_mudd("plugins", "build", package, "--into", folder / "built", "--kit", other)
    assert result.returncode == USAGE and "belongs to the build 001122334455" in result.stderr


def test_a_build_leaves_nothing_but_the_plugin(package, folder, workshop):
    before = state(package)
    here = set(os.listdir())
    assert build(package, folder, workshop).returncode == 0
    assert state(package) == before and set(os.listdir()) == here
    assert sorted(path.name for path in (folder / "built").rglob("*")) == ["libroses.so", "plugin.yaml", "roses"]
    assert [path.stat().st_mode & 0o777 for path in (folder / "built", folder / "built/roses/libroses.so")] == [0o755, 0o644]


def test_the_steps_of_the_guide(folder, workshop):
    guide = pathlib.Path(__file__).resolve().parents[2] / "Sources/Application/PluginCore/PluginCore.docc/PluginCore.md"
    steps = re.findall(r"^```sh\n(.*?)^```$", guide.read_text(), re.M | re.S)
    assert len(steps) == 1 and steps[0].count("mudd ") >= 4
    shutil.copytree(ROSES, folder / "roses", ignore=shutil.ignore_patterns(".build"))
    # The manifest and the configuration that the guide shows are those of the package.
    shown = re.findall(r"^```yaml\n(.*?)^```$", guide.read_text(), re.M | re.S)
    (folder / "roses" / "plugin.yaml").write_text(next(text for text in shown if text.startswith("name:")))
    environment = {**os.environ, "PATH": f"{MUDD.resolve().parent}:{os.environ['PATH']}"}
    result = subprocess.run(
        ["sh", "-e"], input=steps[0], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "roses 1.2  (" in result.stdout and "The configuration is in order." in result.stdout
    (folder / "mudd.yaml").write_text("plugins: Plugins\n" + next(text for text in shown if text.startswith("services:")))
    result = subprocess.run(
        ["mudd", "run", "mudd.yaml", "--check"], cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr


# Built in


@pytest.fixture
def garden():
    """A program of three lines with roses built in; `make test-clients` builds it."""
    program = MUDD.parent / "garden"
    assert program.exists(), f"{program} is missing; run make test-clients"
    return program


def run(*words, timeout=PATIENCE):
    return subprocess.run(
        [str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)


def test_a_plugin_that_is_built_in(garden, plugins, data, world, connect):
    there = run(garden, "plugins").stdout
    assert "roses 1.2  (built in)\n" + "".join(f"  {each}\n" for each in PROVIDES) in there
    assert re.search(r"roses +Give a rose", run(garden, "--help").stdout)
    assert "colour" in run(garden, "--generate-completion-script", "bash").stdout
    # The library of another program is not its own, and its name is taken.
    left_out = run(garden, "plugins", "--plugins", plugins).stdout.partition("Left out:")[2]
    assert "roses: there is a plugin of this name already" in left_out
    roses = plugins / "roses" / "plugin.yaml"
    roses.write_text(roses.read_text().replace("name: roses", "name: others"))
    left_out = run(garden, "plugins", "--plugins", plugins).stdout.partition("Left out:")[2]
    assert "others: it was made" in left_out or "without --build-id" in left_out
    server = Server(data, world=world)
    server.arguments[0] = str(garden)
    with server:
        ada = connect(server.port)
        ada.create("Ada", PASSWORD)
        ada.do("east")
        assert "You smell at the ring." in ada.do("smell ring")
        assert server.stop() == 0


# The program's side


def symbols(words):
    listing = subprocess.run(["readelf", *words], capture_output=True, check=True).stdout.decode(errors="replace")
    for line in listing.splitlines():
        fields = line.split()
        if len(fields) >= 8 and fields[4] in ("GLOBAL", "WEAK") and fields[6] != "UND":
            if fields[5] in ("DEFAULT", "PROTECTED"):
                yield fields[7].split("@")[0]


@pytest.mark.parametrize(
    "module",
    ["FramingWire", "ReactorCore", "Transports", "TransportTLS", "ServiceCore", "PluginCore", "PeerCore", "ShellPeers",
     "TelnetWire", "CharacterEncodings", "WorldPlugins",
     "ArgumentParser", "Logging", "CoreMetrics"])
def test_the_linker_has_left_everything_that_a_plugin_may_use(module):
    list_of_objects = MUDD.parent / "mudd.product" / "Objects.LinkFileList"
    if not list_of_objects.exists():
        pytest.skip("mudd was not built here")
    objects = [name.strip("'\"") for name in list_of_objects.read_text().split() if f"/{module}.build/" in name]
    offered = set(symbols(["--dyn-syms", "-W", MUDD]))
    wanted = {symbol for each in objects for symbol in symbols(["-sW", each])}
    assert len(wanted) > 15 and wanted <= offered, sorted(wanted - offered)[:5]
