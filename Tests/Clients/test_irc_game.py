"""The IRC door with real clients: they play, and talk with those who came in by telnet and SSH."""

import base64
import hashlib
import hmac
import os
import random
import re
import socket
import ssl
import subprocess

import pytest
from conftest import PASSWORD
from harness.irc import IRCClient, IRCServer, Irssi, WeeChat
from harness.server import ANY_PORT, COMMAND_LIMIT
from harness.ssh import Person
from harness.telnet import PATIENCE, Disconnected, TelnetClient


@pytest.fixture
def server(data):
    with IRCServer(data) as running:
        running.make_accounts(["Ada", "Ben", "Cyd"], PASSWORD)
        running.make_accounts(["Rhea"], PASSWORD, role="admin")
        yield running


@pytest.fixture
def enter(server):
    """Makes clients of IRC that have come in."""
    clients = []

    def make(nick, password=PASSWORD, **options):
        clients.append(IRCClient(server.irc_port))
        return clients[-1].register(nick, password, **options)

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def channel(server, connect):
    """A channel that everybody may join; made at a telnet door."""
    root = connect()
    root.log_in("Rhea", PASSWORD)
    root.do("channel create chat")
    root.quit()
    return "#chat"


def texts(lines, command="PRIVMSG"):
    """Who said what where."""
    return [(line.nick, line.words[0], line.words[-1]) for line in lines if line.command == command]


def plain(text):
    """A text without the codes of colours and weights."""
    return re.sub(r"\x03\d\d|[\x02\x0f\x1d]", "", text)


# One world, three ways in


def test_the_same_words_are_read_by_telnet_ssh_and_irc(data, folder, connect):
    with IRCServer(data, options=["--ssh", ANY_PORT]) as server:
        server.ssh_port = int(re.search(r"\bssh\s+\S+:(\d+)\s", server.table)[1])
        server.host_key = (data / "ssh/ssh_host_ed25519_key.pub").read_text().split()[:2]
        server.make_accounts(["Ada", "Ben", "Cyd", "Dan"], PASSWORD)
        telnet = connect(server.port)
        telnet.log_in("Ada", PASSWORD)
        ssh = Person(server, folder, "ben").terminal("-o", "PreferredAuthentications=password")
        speaker = connect(server.port)
        try:
            ssh.expect("password:")
            ssh.type(PASSWORD)
            ssh.expect("Great Hall")
            with IRCClient(server.irc_port) as irc:
                irc.register("Cyd", PASSWORD)
                irc.send("JOIN #here")
                irc.command("366", "Cyd", "#here")
                speaker.log_in("Dan", PASSWORD)
                irc.read(r":Dan!dan@telnet JOIN #here")
                speaker.do("say the tide is out")
                telnet.read_until('Dan says, "the tide is out"')
                ssh.expect('Dan says, "the tide is out"')
                heard = irc.command("PRIVMSG", "#here")
                assert (heard.source, heard.words[1]) == ("Dan!dan@telnet", "the tide is out")
                irc.send("PRIVMSG #here :and the wind is up")
                telnet.read_until('Cyd says, "and the wind is up"')
                ssh.expect('Cyd says, "and the wind is up"')
        finally:
            ssh.close()


# Coming in


def test_who_comes_in_by_password_is_the_character(server, enter):
    for options in ({"sasl": True}, {"sasl": False}):
        client = enter("ada", **options)
        assert client.nick == "Ada"
        assert "r" in client.do("MODE Ada")[-1].words[1]
        client.send("QUIT")
        client.drain()


def test_wrong_passwords_let_nobody_in_and_are_on_record(server):
    with IRCClient(server.irc_port) as client:
        client.send("PASS wrong", "NICK Ada", "USER a 0 * :a")
        client.numeric(464)
        client.drain()
    with IRCClient(server.irc_port) as client:
        client.send("CAP LS 302", "NICK Ada", "USER a 0 * :a", "CAP REQ :sasl")
        client.read(" ACK ")
        client.send("AUTHENTICATE PLAIN")
        client.command("AUTHENTICATE", "+")
        client.send("AUTHENTICATE AGFkYQB3cm9uZw==")
        client.numeric(904)
    trail = server.admin("audit", "search", "--event", "login").stdout
    assert trail.count("wrong password") == 2


def test_guests_and_new_characters(server, enter):
    guest = enter("wanderer", None)
    assert guest.nick.startswith("Guest")
    guest.send(f"REGISTER Dora * :{PASSWORD}")
    guest.command("REGISTER", "SUCCESS")
    guest.read(r" NICK :?Dora")
    guest.send("QUIT")
    guest.drain()
    assert enter("Dora").nick == "Dora"


def test_a_letter_is_written_in_the_room_and_said_to_nobody(server, enter):
    ada, ben = enter("Ada"), enter("Ben")
    for client in (ada, ben):
        client.send("JOIN #here")
        client.numeric(366)
    ada.send("PRIVMSG #here :.mail to ben about tea")
    ada.read("Until then nothing")
    ada.send("PRIVMSG #here :Come at five.", "PRIVMSG #here :.x", "PRIVMSG #here :It is sent")
    assert ben.command("PRIVMSG", "#here").words[1] == "It is sent"
    ben.send("PRIVMSG *game :mail 1")
    ben.read("Come at five")


def make_certificate(path, name):
    """A certificate that nobody vouches for, and its key; returns the fingerprint."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         f"/CN={name}", "-keyout", path / f"{name}.key", "-out", path / f"{name}.pem"], check=True, capture_output=True,
        timeout=COMMAND_LIMIT)
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert((path / f"{name}.pem").read_text())).hexdigest()


def begin_sasl(client, nick, mechanism):
    client.send("CAP LS 302", f"NICK {nick}", f"USER {nick} 0 * :{nick}", "CAP REQ :sasl")
    offered = [client.command("CAP")]
    while "*" in offered[-1].words[2:3]:
        offered.append(client.command("CAP"))
    client.read(" ACK ")
    client.send(f"AUTHENTICATE {mechanism}")
    return " ".join(line.words[-1] for line in offered)


def test_a_client_comes_in_by_its_certificate(data, folder):
    make_certificate(folder, "server")
    fingerprint = make_certificate(folder, "client")
    make_certificate(folder, "other")
    secure = f"tls:0:interface=127.0.0.1:cert={folder}/server.pem:key={folder}/server.key"

    def context(name=None):
        made = ssl.create_default_context()
        made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
        if name:
            made.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
        return made

    with IRCServer(data, options=["--set", f"doors.ircs={secure}"]) as server:
        server.make_accounts(["Ada"], PASSWORD)
        port = int(re.search(r"\bircs +\S+:(\d+)", server.table)[1])
        with IRCClient(port, tls=context("client")) as client:
            client.register("Ada", PASSWORD)
            client.send("PRIVMSG *game :certificate add")
            client.read("Your present password:")
            client.send(f"PRIVMSG *game :{PASSWORD}")
            assert fingerprint in client.read("lets you in from now on").text
        # By itself, by the name it asks for, and not for anybody else.
        for identity, numeric in (("+", 903), ("QWRh", 903), ("QmVu", 904)):
            with IRCClient(port, tls=context("client")) as client:
                assert "sasl=EXTERNAL,SCRAM-SHA-256,PLAIN" in begin_sasl(client, "whoever", "EXTERNAL")
                client.command("AUTHENTICATE", "+")
                client.send(f"AUTHENTICATE {identity}")
                client.numeric(numeric)
                if numeric == 903:
                    client.send("CAP END")
                    assert client.numeric(1).words[0] == "Ada"
        for name in ("other", None):
            with IRCClient(port, tls=context(name)) as client:
                assert "sasl=SCRAM-SHA-256,PLAIN" in begin_sasl(client, "Ada", "EXTERNAL")
                client.numeric(904)
        assert f"certificate {fingerprint}" in server.admin("audit", "search", "--event", "login").stdout
        # OpenSSL's own client, by a session of TLS that is taken up again as well.
        lines = ["CAP REQ sasl", "NICK x", "USER x 0 * x", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +", "CAP END"]
        for how in ("-sess_out", "-sess_in"):
            with subprocess.Popen(
                ["openssl", "s_client", "-quiet", "-connect", f"127.0.0.1:{port}", "-cert", folder / "client.pem", "-key",
                 folder / "client.key", how, folder / "session"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True) as openssl:
                openssl.stdin.write("".join(line + "\r\n" for line in lines))
                openssl.stdin.flush()
                heard = ""
                while " 001 " not in heard and (line := openssl.stdout.readline()):
                    heard += line
                # To leave ends the connection, also what waits for the disk; so that comes last.
                openssl.stdin.write("QUIT\r\n")
                openssl.stdin.close()
                openssl.wait(COMMAND_LIMIT)
            assert " 001 Ada " in heard, how
        # Taken away, it lets nobody in.
        with IRCClient(port, tls=context("client")) as client:
            client.register("Ada", PASSWORD)
            client.send("PRIVMSG *game :certificate remove 1")
            client.read("Your present password:")
            client.send(f"PRIVMSG *game :{PASSWORD}")
            client.read("lets nobody in any more")
        with IRCClient(port, tls=context("client")) as client:
            begin_sasl(client, "Ada", "EXTERNAL")
            client.numeric(904)


def scram(client, name, password):
    """Comes in by SCRAM-SHA-256, as RFC 5802 has it; says whether the password was right, and checks the server's proof."""
    begin_sasl(client, name, "SCRAM-SHA-256")
    client.command("AUTHENTICATE", "+")

    def say(text):
        client.send("AUTHENTICATE " + base64.b64encode(text.encode()).decode())

    def hear():
        line = client.read(r"^(:\S+ )?AUTHENTICATE | 904 ")
        return base64.b64decode(line.words[-1]).decode() if line.command == "AUTHENTICATE" else None

    first = f"n={name},r=rOprNGfwEbeRWgbNEkqO"
    say("n,," + first)
    challenge = hear()
    fields = dict(field.split("=", 1) for field in challenge.split(","))
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(fields["s"]), int(fields["i"]))

    def keyed(key, text):
        return hmac.new(key, text.encode(), "sha256").digest()

    own = keyed(salted, "Client Key")
    last = f"c=biws,r={fields['r']}"
    whole = ",".join([first, challenge, last])
    signature = keyed(hashlib.sha256(own).digest(), whole)
    proof = bytes(a ^ b for a, b in zip(own, signature))
    say(f"{last},p={base64.b64encode(proof).decode()}")
    final = hear()
    if final is None:
        return False
    assert final == "v=" + base64.b64encode(keyed(keyed(salted, "Server Key"), whole)).decode()
    client.send("AUTHENTICATE +")
    client.numeric(903)
    client.send("CAP END")
    client.nick = client.numeric(1).words[0]
    return True


def test_a_password_of_a_program_is_not_sent(server, enter):
    client = enter("Ada")
    client.send("PRIVMSG *game :app-password add irc")
    client.read("Your present password:")
    client.send(f"PRIVMSG *game :{PASSWORD}")
    password = re.search(r"(?:[a-z]{5}-){3}[a-z]{5}", client.read("The password for irc is").text)[0]
    with IRCClient(server.irc_port) as other:
        assert scram(other, "ada", password)
        assert other.nick == "Ada"
    for name, wrong in (("ada", PASSWORD), ("ben", PASSWORD), ("nobody", PASSWORD)):
        with IRCClient(server.irc_port) as other:
            assert not scram(other, name, wrong)
    assert enter("Ada", password).nick == "Ada"
    weechat = WeeChat(server.irc_port, "Ada", password, mechanism="scram-sha-256")
    try:
        weechat.expect("SASL authentication successful")
    finally:
        weechat.close()
    trail = server.admin("audit", "search", "--event", "login").stdout
    assert trail.count("application password irc ") == 3
    client.send("PRIVMSG *game :app-password remove irc")
    client.read("Your present password:")
    client.send(f"PRIVMSG *game :{PASSWORD}")
    client.read("lets nobody in any more")
    with IRCClient(server.irc_port) as other:
        assert not scram(other, "ada", password)


def test_tls_and_browsers_have_doors_of_their_own(data, folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem", "-out",
         folder / "cert.pem"], check=True, capture_output=True, timeout=COMMAND_LIMIT)
    secure = f"tls:0:interface=127.0.0.1:cert={folder}/cert.pem:key={folder}/key.pem"
    options = ["--set", f"doors.ircs={secure}", "--set", f"doors.ircweb={ANY_PORT}", "--set", "irc.sts=30d",
               "--set", "irc.name=mud.example.org"]
    with IRCServer(data, options=options) as server:
        ports = {name: int(port) for name, port in re.findall(r"^  (\w+) +127\.0\.0\.1:(\d+)", server.table, re.MULTILINE)}
        context = ssl.create_default_context(cafile=folder / "cert.pem")
        with IRCClient(ports["ircs"], tls=context) as client:
            client.register("wanderer", None, caps=["server-time"])
            assert any("sts=duration=2592000" in line.text for line in client.lines if " LS " in line.text)
            assert client.lines[0].source == "mud.example.org"
        with IRCClient(server.irc_port) as client:
            client.send("CAP LS 302")
            # The list has several lines.
            client.read(f"sts=port={ports['ircs']}")
        with socket.create_connection(("127.0.0.1", ports["ircweb"]), PATIENCE) as page:
            page.sendall(
                b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: text.ircv3.net\r\n\r\n")
            # Masked with zeros, which is as good as any for a test.
            for line in (b"NICK visitor", b"USER v 0 * :V"):
                page.sendall(bytes([0x81, 0x80 | len(line), 0, 0, 0, 0]) + line)
            answer = b""
            while b" 001 Guest" not in answer:
                more = page.recv(4096)
                assert more, answer
                answer += more
            assert answer.startswith(b"HTTP/1.1 101 ") and b"Sec-WebSocket-Protocol: text.ircv3.net" in answer


# Talking


def test_irssi_and_a_telnet_player_talk_and_play(server, channel, connect):
    ada = connect()
    ada.log_in("Ada", PASSWORD)
    ada.do("join chat")
    irssi = Irssi(server.irc_port, "Ben", PASSWORD)
    try:
        irssi.expect("Welcome to the .* Network")
        irssi.type("/join #chat")
        irssi.expect("#chat")
        irssi.type("hello from irssi")
        ada.read_until(r"\[chat\] Ben: hello from irssi")
        ada.do("chat hello from telnet")
        irssi.expect("Ada> hello from telnet")
        irssi.type("/me waves")
        ada.read_until(r"\[chat\] Ben waves\.")
        irssi.type("/msg Ada psst")
        ada.read_until('Ben tells you, "psst"')
        irssi.type("/join #here")
        irssi.expect("Great Hall")
        irssi.type("good evening")
        ada.read_until('Ben says, "good evening"')
        irssi.type(".get lamp")
        ada.read_until("Ben (?:takes|picks up|gets) .*lamp")
        irssi.type(".north")
        ada.read_until("Ben (?:goes|leaves|walks).* north")
        irssi.expect("garden|Garden")
        ada.do("north")
        irssi.type("/quit")
        ada.read_until("Ben")
    finally:
        irssi.close()


def test_weechat_and_a_telnet_player_talk_and_play(server, channel, connect):
    ada = connect()
    ada.log_in("Ada", PASSWORD)
    ada.do("join chat")
    weechat = WeeChat(server.irc_port, "Ben", PASSWORD, join=["#chat", "#here"])
    try:
        weechat.expect("Talk|Ben|chat", "mud.#chat")
        weechat.expect("Great Hall", "mud.#here")
        weechat.type("hello from weechat", "mud.#chat")
        ada.read_until(r"\[chat\] Ben: hello from weechat")
        ada.do("chat hello from telnet")
        weechat.expect("Ada\thello from telnet", "mud.#chat")
        ada.do("say in the hall")
        weechat.expect("Ada\tin the hall", "mud.#here")
        ada.do("emote waves")
        weechat.expect("Ada waves", "mud.#here")
        weechat.type(".get lamp", "mud.#here")
        ada.read_until("Ben (?:takes|picks up|gets) .*lamp")
        ada.do("tell ben a secret")
        weechat.expect("Ada\ta secret", "mud.Ada")
        weechat.type("look", "mud.Ada")
        ada.read_until('Ben tells you, "look"')
    finally:
        weechat.close()


def test_what_was_said_while_nobody_listened_comes_at_the_next_login(server, enter, connect):
    ben = connect()
    ben.log_in("Ben", PASSWORD)
    ben.do("tell ada the key is under the mat")
    ada = enter("Ada", caps=["server-time", "message-tags"])
    told = [line for line in ada.lines if line.command == "PRIVMSG"]
    assert [line.words[1] for line in told] == ["the key is under the mat"]
    assert told[0].tags["time"] and told[0].tags["msgid"]


def test_ignored_words_do_not_come(server, channel, enter):
    ada, ben = enter("Ada"), enter("Ben")
    for client in (ada, ben):
        client.do("JOIN #chat")
    ada.do("PRIVMSG *game :ignore ben")
    ben.do("PRIVMSG #chat :can you hear me?")
    assert ("Ben", "#chat", "can you hear me?") not in texts(ada.settle())
    assert [line.command for line in ben.do("PRIVMSG Ada :and now?")] == ["531"]


def test_moderation_is_the_worlds(server, channel, enter, connect):
    root, ben, telnet = enter("Rhea"), enter("Ben"), connect()
    telnet.log_in("Cyd", PASSWORD)
    telnet.do("join chat")
    for client in (root, ben):
        client.do("JOIN #chat")
    root.do("TOPIC #chat :Only tea")
    assert ben.command("TOPIC", "#chat").words[1] == "Only tea"
    assert "Only tea" in telnet.do("channel chat")
    root.do("MODE #chat +b Ben!*@*")
    assert ben.command("KICK", "#chat", "Ben").nick == "Rhea"
    ben.send("JOIN #chat")
    ben.numeric(474)
    root.do("KICK #chat Cyd :enough")
    telnet.read_until("Rhea takes you off .*chat: enough")
    log = " ".join(plain(line.words[-1]) for line in root.do("PRIVMSG *game :channel chat log"))
    assert "Rhea banned ben without an end" in log and "Rhea took Cyd off: enough" in log


def last_words(port, source):
    """What a door says to a connection from `source` before it closes it; fails when it stays open."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0)) as door:
        words = b""
        while octets := door.recv(65536):
            words += octets
        return words.decode(errors="replace")


def test_a_kline_keeps_an_address_out_of_every_door(data):
    stranger = "127.0.0.2"
    with IRCServer(data, options=["--ssh", ANY_PORT]) as server:
        ssh_port = int(re.search(r"\bssh\s+\S+:(\d+)\s", server.table)[1])
        server.make_accounts(["Rhea"], PASSWORD, role="admin")
        with IRCClient(server.irc_port) as root, IRCClient(server.irc_port, source=stranger) as guest:
            root.register("Rhea", PASSWORD)
            guest.register("somebody", None, sasl=False)
            root.send(f"KLINE 60 *@{stranger} :Floods")
            root.read(f"NOTICE Rhea :Nobody is let in from {stranger} until ")
            guest.drain()
            assert any("Floods" in line.text for line in guest.lines)
            for port in (server.port, server.irc_port):
                assert "Nobody is let in from where you are: Floods" in last_words(port, stranger)
            assert not last_words(ssh_port, stranger)
            root.send("KLINE *@127.0.0.1 :myself")
            assert "You are connected from there yourself" in root.numeric(400).words[-1]
            assert any(line.command == "216" and stranger in line.text for line in root.do("STATS k"))
    with IRCServer(data) as server:
        assert "Nobody is let in" in last_words(server.irc_port, stranger)
        listed = server.admin("bans", json_answer=True).answer["bans"]
        assert [(ban["network"], ban["by"], ban["reason"]) for ban in listed] == [(stranger, "Rhea", "Floods")]
        assert server.admin("bans", "remove", stranger).returncode == 0
        with IRCClient(server.irc_port, source=stranger) as guest:
            guest.register("somebody", None, sasl=False)
        assert server.admin("bans", "add", "0.0.0.0/0").returncode == 2
        assert server.admin("bans", "remove", stranger).returncode == 3
        trail = server.admin("audit", "search", "--event", "administer").stdout
        assert re.search(rf"Rhea .*{stranger} .*ban until .*: Floods", trail) and f"unban text={stranger}" in trail


def test_clients_show_each_other_who_types_and_replies(server, channel, enter):
    ada, ben, cyd = (enter(nick, caps=["message-tags"]) for nick in ("Ada", "Ben", "Cyd"))
    for client in (ada, ben, cyd):
        client.do("JOIN #chat")
    cyd.do("PRIVMSG *game :ignore ada")
    ada.do("@+typing=active TAGMSG #chat", "PRIVMSG #chat :tea?")
    assert ben.command("TAGMSG", "#chat").tags["+typing"] == "active"
    asked = ben.command("PRIVMSG", "#chat").tags["msgid"]
    ben.do(f"@+draft/reply={asked};+draft/react=👍;+other=1 TAGMSG #chat", f"@+draft/reply={asked} PRIVMSG #chat :please")
    liked = ada.command("TAGMSG", "#chat").tags
    assert (liked["+draft/reply"], liked["+draft/react"]) == (asked, "👍") and "+other" not in liked
    assert ada.command("PRIVMSG", "#chat").tags["+draft/reply"] == asked
    assert {line.nick for line in cyd.settle() if line.command == "TAGMSG"} == {"Ben"}


def test_history_is_the_worlds_and_its_ids_last(data, connect):
    with IRCServer(data) as server:
        server.make_accounts(["Ada"], PASSWORD)
        server.make_accounts(["Rhea"], PASSWORD, role="admin")
        root = connect(server.port)
        root.log_in("Rhea", PASSWORD)
        root.do("channel create chat")
        with IRCClient(server.irc_port) as ada:
            ada.register("Ada", PASSWORD, caps=["echo-message", "message-tags", "batch", "draft/chathistory"])
            ada.do("JOIN #chat")
            root.do("chat from telnet")
            ada.do("PRIVMSG #chat :from irc")
            live = {line.words[1]: line.tags["msgid"] for line in ada.lines if line.command == "PRIVMSG"}
            assert set(live) == {"from telnet", "from irc"}
        server.kill()
    with IRCServer(data) as server, IRCClient(server.irc_port) as ada:
        ada.register("Ada", PASSWORD, caps=["message-tags", "batch", "draft/chathistory"])
        found = ada.do("CHATHISTORY LATEST #chat * 50")
        assert {line.words[1]: line.tags["msgid"] for line in found if line.command == "PRIVMSG"} == live


# What was shown has happened

CYCLES = int(os.environ.get("CRASH_CYCLES", "200")) // 20


def echoes_and_history(data, seed, options=()):
    """Kills a server while one client talks; returns what was echoed to it, and what the next server has of it."""
    with IRCServer(data, options=options) as server:
        with IRCClient(server.irc_port) as ada:
            ada.register("Ada", PASSWORD, caps=["echo-message", "message-tags", "labeled-response", "batch"])
            ada.do("JOIN #chat")
            mark = len(ada.lines)
            for number in range(60):
                ada.send(f"@label=l{number} PRIVMSG #chat :{seed} {number}")
            # The moment after an echo has come is when it would be a lie.
            wanted = random.Random(seed).randrange(1, 55)
            while sum(line.command == "PRIVMSG" for line in ada.lines[mark:]) < wanted:
                assert ada.pump(PATIENCE)
            server.strike()
            try:
                while ada.is_open:
                    if not ada.pump(5):
                        break
            except Disconnected:
                pass
            echoed = {line.words[-1] for line in ada.lines[mark:] if line.command == "PRIVMSG"}
        server.kill()
    with IRCServer(data) as server, IRCClient(server.irc_port) as ada:
        ada.register("Ada", PASSWORD, caps=["message-tags", "batch", "draft/chathistory"])
        kept = {line.words[-1] for line in ada.do("CHATHISTORY LATEST #chat * 100") if line.command == "PRIVMSG"}
    return echoed, kept


def prepare(data):
    with IRCServer(data) as server:
        server.make_accounts(["Ada"], PASSWORD, role="admin")
        client = TelnetClient(server.port)
        client.log_in("Ada", PASSWORD)
        client.do("channel create chat")
        client.quit()


def test_no_echo_is_of_what_a_crash_has_undone(data):
    prepare(data)
    cut = 0
    for cycle in range(max(CYCLES, 3)):
        echoed, kept = echoes_and_history(data, f"cycle{cycle}")
        assert echoed <= kept, f"cycle {cycle}: echoed and lost: {sorted(echoed - kept)}"
        cut += 0 < len(echoed) < 60
    assert cut, "no crash hit while there was something under way"


@pytest.mark.control
def test_a_server_that_echoes_too_early_is_caught(data):
    prepare(data)
    for cycle in range(200):
        echoed, kept = echoes_and_history(data, f"cycle{cycle}", ["--control-early-release"])
        if not echoed <= kept:
            return
    pytest.fail("200 crashes, and no echo of what was undone")
