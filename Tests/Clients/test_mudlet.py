"""What Mudlet's panes are told, and what crawlers read of the game."""

import ssl
import subprocess
import time

import pytest
from conftest import PASSWORD
from harness.mudlet import GMCP, MSDP, MSSP, Mudlet, read_mssp
from harness.server import Server
from harness.telnet import DO, ECHO, IAC, PATIENCE, SB, SE, WILL, WONT, TelnetClient


@pytest.fixture
def mudlet(request):
    """Makes clients that behave like Mudlet, and closes them at the end of the test."""
    clients = []

    def make(**options):
        name = "server" if "server" in request.fixturenames else "shared_server"
        clients.append(Mudlet(request.getfixturevalue(name).port, **options))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


def play(client):
    client.read_prompt("Name: ")
    client.line("guest")
    client.read_prompt("> ")
    client.line("set color off")
    client.read_prompt("> ")
    return client


def test_a_player_is_told_who_and_where_they_are(shared_server, mudlet):
    client = play(mudlet())
    assert client.message("Char.Name")["name"].startswith("Guest")
    titles = client.message("Char.StatusVars")
    status = client.message("Char.Status")
    assert set(status) == set(titles)
    assert titles["unread"] == "Unread letters"
    assert status["role"] == "guest"
    groups = client.message("Char.Skills.Groups")
    assert "Moving" in [group["name"] for group in groups]
    room = client.message("Room.Info")
    assert isinstance(room["num"], int)
    assert room["num"] > 0
    assert room["name"] == status["place"]
    assert room["exits"]
    assert all(isinstance(number, int) for number in room["exits"].values())
    assert isinstance(client.message("Room.Players"), list)
    assert not client.messages("Char.Vitals"), "the world measures nobody"


def test_walking_there_and_back_leads_to_the_same_numbers(shared_server, mudlet):
    client = play(mudlet())
    start = client.message("Room.Info")
    back = {"n": "s", "s": "n", "e": "w", "w": "e", "u": "d", "d": "u", "ne": "sw", "sw": "ne", "nw": "se", "se": "nw"}
    way = next(way for way in start["exits"] if way in back)
    client.do(way)
    there = client.message("Room.Info")
    assert there["num"] == start["exits"][way]
    assert there["exits"][back[way]] == start["num"]
    client.do(back[way])
    assert client.message("Room.Info") == start


def test_facts_come_after_the_text_and_before_the_prompt(shared_server, mudlet):
    client = play(mudlet())
    start = client.message("Room.Info")
    begin = len(client.raw)
    client.line(next(iter(start["exits"])))
    room = client.message("Room.Info")
    client.read_prompt("> ")
    octets = bytes(client.raw[begin:])
    text = octets.index(room["name"].encode())
    fact = octets.index(b"Room.Info")
    prompt = octets.rindex(b"> ")
    assert text < fact < prompt


def test_people_come_and_go(shared_server, mudlet):
    first = play(mudlet())
    before = {person["name"] for person in first.message("Room.Players")}
    second = play(mudlet())
    name = second.message("Char.Name")["name"]
    assert name not in before
    assert first.message("Room.AddPlayer")["name"] == name
    second.quit()
    assert first.message("Room.RemovePlayer") == name
    assert second.messages("Core.Goodbye") == ["Goodbye."]


def test_talk_has_a_channel_and_a_talker(shared_server, mudlet):
    modules = ["Char 1", "Comm.Channel 1"]
    first, second = play(mudlet(modules=modules)), play(mudlet(modules=modules))
    name = first.message("Char.Name")["name"]
    first.line("say good evening")
    speech = second.message("Comm.Channel.Text")
    assert speech == {"channel": "say", "talker": name, "text": f'{name} says, "good evening"'}
    assert not second.messages("Room.Info"), "it did not ask for it"


def test_what_is_asked_for_is_answered(shared_server, mudlet):
    client = play(mudlet())
    client.message("Room.Info")
    client.say("Char.Items.Inv")
    while client.message("Char.Items.List")["location"] != "inv":
        pass
    client.say("Char.Skills.Get", {"group": "Moving"})
    skills = client.message("Char.Skills.List")
    assert skills["group"] == "Moving"
    assert "go" in skills["list"]
    client.say("Char.Skills.Get", {"group": "Moving", "name": "go"})
    assert client.message("Char.Skills.Info")["skill"] == "go"
    client.say("Core.Ping", 100)
    assert client.message("Core.Ping") is None
    client.line("connections")
    assert "with Mudlet 4.18.5" in client.read_prompt("> ")


def test_msdp_reports_what_changes(shared_server, mudlet):
    client = play(mudlet(msdp=True))
    start = client.message("Room.Info")
    client.sub(MSDP, b"\x01REPORT\x02ROOM_VNUM\x02CHARACTER_NAME")
    client.do("look")
    told = b"".join(client.msdp)
    assert b"\x01ROOM_VNUM\x02" + str(start["num"]).encode() in told
    assert b"\x01CHARACTER_NAME\x02Guest" in told
    way, number = next(iter(start["exits"].items()))
    client.msdp.clear()
    client.do(way)
    assert b"".join(client.msdp) == b"\x01ROOM_VNUM\x02" + str(number).encode()


def test_a_client_without_gmcp_is_told_nothing(shared_server, guest):
    client = guest()
    client.do("look")
    assert bytes([IAC, SB, GMCP]) not in client.raw


def test_nonsense_is_passed_over(shared_server, mudlet):
    client = play(mudlet())
    for payload in (b"", b"{", b"Core.Supports.Set [", b"Core.Hello 7", b"\x00\x01", b"A" * 5000):
        client.sub(GMCP, payload)
    client.say("Char.Login.Credentials", {"account": "x", "password": "y"})
    client.do("look")
    assert client.is_open


def test_a_flood_of_requests_is_survived(shared_server, mudlet, guest):
    client, other = play(mudlet()), guest()
    for _ in range(2000):
        client.say("Char.Items.Room")
    begin = time.monotonic()
    other.do("look")
    assert time.monotonic() - begin < 20
    client.do("look")


def test_login_by_message(server, mudlet, player):
    player("Tessa").quit()
    client = mudlet()
    assert client.message("Char.Login.Default") == {"type": ["password-credentials"]}
    client.say("Char.Login.Credentials", {"account": "Tessa", "password": "wrong " + PASSWORD})
    result = client.message("Char.Login.Result")
    assert result["success"] is False
    assert result["message"]
    client.say("Char.Login.Credentials", {"account": "tessa", "password": PASSWORD})
    assert client.message("Char.Login.Result")["success"] is True
    client.read_prompt("> ")
    assert client.message("Char.Name")["name"] == "Tessa"
    assert PASSWORD.encode() not in client.raw


def test_a_screen_reader_is_asked_about_before_the_first_room(server, mudlet):
    client = mudlet(screen_reader=True)
    client.read_prompt("Name: ")
    client.line("new Tessa")
    client.read_prompt("New password: ")
    client.line(PASSWORD)
    client.read_prompt("The same again: ")
    client.line(PASSWORD)
    asked = client.read_prompt("Yes or no (Enter is yes): ")
    assert "Your program says that you use a screen reader" in asked
    client.line("")
    client.read_until("Welcome, Tessa")
    client.line("set color off")
    client.line("set screenreader")
    client.read_until("screenreader: on")


def test_a_crawler_reads_the_truth(server, mudlet, connect):
    crawler = connect(answers=False)
    crawler.read_prompt("Name: ")
    assert (WILL, MSSP) in crawler.offers
    crawler.send(bytes([IAC, DO, MSSP]))
    end = bytes([IAC, SE])
    while (begin := crawler.raw.find(bytes([IAC, SB, MSSP]))) < 0 or crawler.raw.find(end, begin) < 0:
        assert crawler.pump(60)
    table = read_mssp(bytes(crawler.raw[begin + 3 : crawler.raw.find(end, begin)]))
    assert table["NAME"] == ["The Proving House"]
    assert table["PLAYERS"] == ["0"]
    assert abs(int(table["UPTIME"][0]) - time.time()) < 600
    assert table["PORT"] == [str(server.port)]
    assert int(table["ROOMS"][0]) > 3
    assert int(table["OBJECTS"][0]) > 3
    assert int(table["AREAS"][0]) >= 1
    assert int(table["HELPFILES"][0]) > 50
    assert table["GMCP"] == ["1"]
    assert table["MXP"] == ["0"]
    assert all(not set(name + "".join(values)) & set("\x00\x01\x02\xff") for name, values in table.items())

    play(mudlet())
    line = connect()
    line.read_prompt("Name: ")
    line.line("mssp-request")
    reply = line.read_until("MSSP-REPLY-END")
    assert "MSSP-REPLY-START" in reply
    assert "PLAYERS\t1" in reply


def pane(client, location):
    """What a pane of things shows after all messages so far: names by number."""
    shown = {}
    for name, body in client.gmcp:
        if not name.startswith("Char.Items.") or body["location"] != location:
            continue
        if name == "Char.Items.List":
            shown = {item["id"]: item["name"] for item in body["items"]}
        elif name == "Char.Items.Remove":
            del shown[body["item"]["id"]]
        else:
            shown[body["item"]["id"]] = body["item"]["name"]
    return shown


def test_a_pane_follows_what_is_taken_and_dropped(server, mudlet, player):
    player("Tessa").quit()
    client = mudlet(modules=["Char.Login 1", "Char.Items 1"])
    client.message("Char.Login.Default")
    client.say("Char.Login.Credentials", {"account": "Tessa", "password": PASSWORD})
    client.read_prompt("> ")
    client.line("set color off")
    client.read_prompt("> ")
    assert pane(client, "inv") == {}
    client.do("take lamp")
    client.do("take cloak")
    assert sorted(pane(client, "inv").values()) == ["a cloak", "a lamp"]
    assert "a lamp" not in pane(client, "room").values()
    client.do("drop lamp")
    assert list(pane(client, "inv").values()) == ["a cloak"]
    assert "a lamp" in pane(client, "room").values()
    client.do("drop cloak")
    assert pane(client, "inv") == {}
    assert {"Char.Items.Add", "Char.Items.Remove"} <= {name for name, _ in client.gmcp}


def test_numbers_of_rooms_outlive_the_server(data, connect):
    with Server(data) as server:
        client = play(Mudlet(server.port))
        first = client.message("Room.Info")
        client.close()
    with Server(data) as server:
        client = play(Mudlet(server.port))
        assert client.message("Room.Info") == first
        client.close()


def test_typing_is_hidden_around_passwords_alone(server, mudlet):
    """Mudlet hides all that is typed while the server echoes."""
    client = mudlet()
    client.create("Tessa", PASSWORD)
    client.line("set color off")
    client.read_prompt("> ")
    client.do("look")
    client.line("password")
    client.read_prompt("Your present password: ")
    assert client.hides_input
    client.line("")
    client.read_prompt("> ")
    client.line("quit")
    client.drain()
    echo = [verb for verb, option in client.offers if option == ECHO]
    assert echo == [WILL, WONT, WILL, WONT]
    others = [offer for offer in client.offers if offer[1] != ECHO]
    assert len(others) == len(set(others)), "something was negotiated twice"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that vouches for itself, with its key."""
    file = tmp_path_factory.mktemp("tls") / "door.pem"
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    made = subprocess.run(
        [*words.split(), "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "-"], capture_output=True, check=True,
        timeout=PATIENCE)
    file.write_bytes(made.stdout)
    return file


def test_an_encrypted_door(data, certificate):
    """A saved password is sent over TLS, and lists of games learn the port."""
    context = ssl.create_default_context(cafile=str(certificate))
    with Server(data, telnet=f"tls:0:cert={certificate}:key={certificate}:interface=127.0.0.1") as server:
        server.make_accounts(["Tessa"], PASSWORD)
        client = Mudlet(server.port, tls=context)
        assert client.message("Char.Login.Default") == {"type": ["password-credentials"]}
        client.say("Char.Login.Credentials", {"account": "Tessa", "password": PASSWORD})
        assert client.message("Char.Login.Result")["success"] is True
        client.read_prompt("> ")
        assert client.message("Room.Info")["name"]
        assert ECHO not in [option for _, option in client.offers]
        assert client.mssp["TLS"] == client.mssp["SSL"] == [str(server.port)]
        assert PASSWORD.encode() not in client.raw
        client.quit()


def ask(port):
    """What a crawler learns that says nothing but DO MSSP and goes."""
    with TelnetClient(port, answers=False) as crawler:
        crawler.send(bytes([IAC, DO, MSSP]))
        end = bytes([IAC, SE])
        while (begin := crawler.raw.find(bytes([IAC, SB, MSSP]))) < 0 or crawler.raw.find(end, begin) < 0:
            assert crawler.pump(60)
        return read_mssp(bytes(crawler.raw[begin + 3 : crawler.raw.find(end, begin)]))


def test_a_crawler_counts_the_players_of_now(server, guest):
    players = [guest()]
    assert ask(server.port)["PLAYERS"] == ["1"]
    players += [guest(), guest()]
    table = ask(server.port)
    assert table["PLAYERS"] == ["3"]
    players.pop().quit()
    assert ask(server.port)["PLAYERS"] == ["2"]
    lines = TelnetClient(server.port)
    lines.read_prompt("Name: ")
    lines.line("MSSP-REQUEST")
    reply = lines.read_until("MSSP-REPLY-END")
    lines.close()
    # Both forms say the same.
    typed = dict(line.split("\t", 1) for line in reply.splitlines() if "\t" in line)
    assert typed["PLAYERS"] == "2"
    assert typed["NAME"] == table["NAME"][0]
    assert set(typed) == set(table)
