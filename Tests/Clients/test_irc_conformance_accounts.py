"""IRC clause by clause: accounts, SASL, and what others see of accounts."""

import base64
import hashlib
import hmac
import os

import pytest
from harness.conformance import channel, clause, commands, fresh, irc, lacks, only, plain, stranger

__all__ = ["channel", "fresh", "irc", "plain", "stranger"]

REGISTER, SASL = "IRCv3 draft/account-registration", "IRCv3 sasl"
PASSWORD = "correct horse battery"


@pytest.fixture
def account(irc, fresh):
    """Makes accounts and returns their names."""

    def make(password=PASSWORD):
        peer = irc("acct", ["draft/account-registration", "standard-replies"])
        peer.send(f"REGISTER {peer.nick} * :{password}")
        assert peer.read(r" (REGISTER|FAIL) ").words[0] == "SUCCESS", peer.lines[-1]
        name = peer.nick
        peer.do(f"NICK {fresh('free')}")
        peer.send("QUIT")
        peer.drain()
        return name

    return make


def begin(peer, mechanism):
    peer.request("sasl")
    peer.send(f"AUTHENTICATE {mechanism}")
    return peer.read(r"AUTHENTICATE \+| 90[0-9] ")


def plain_message(name, password, identity=""):
    return base64.b64encode(f"{identity}\0{name}\0{password}".encode()).decode()


def log_in(peer, name, password=PASSWORD, identity=""):
    assert begin(peer, "PLAIN").command == "AUTHENTICATE"
    peer.send("AUTHENTICATE " + plain_message(name, password, identity))
    return peer.read(r" (900|90[2-8]) ")


# REGISTER


@clause(REGISTER, "REGISTER", "An account is made for the nick, and the client is logged in.")
def test_register(irc):
    peer = irc(caps=["draft/account-registration", "standard-replies"])
    peer.send(f"REGISTER * * :{PASSWORD}")
    line = peer.read(r" (REGISTER|FAIL) ")
    assert line.command == "REGISTER" and line.words[:2] == ["SUCCESS", peer.nick]
    peer.settle()
    assert only(peer.do(f"WHOIS {peer.nick}"), "330").words[2] == peer.nick


@clause(REGISTER, "FAIL REGISTER ACCOUNT_EXISTS", "A name that is taken can't be registered again.")
def test_register_taken(irc, account):
    name = account()
    peer = irc(caps=["draft/account-registration", "standard-replies"])
    peer.send(f"REGISTER {name} * :{PASSWORD}")
    line = peer.command("FAIL")
    assert line.words[0] == "REGISTER"
    assert line.words[1] in ("ACCOUNT_EXISTS", "ACCOUNT_NAME_MUST_BE_NICK") and line.words[2] == name


@clause(REGISTER, "FAIL REGISTER WEAK_PASSWORD", "A weak password is refused.")
def test_register_weak(irc):
    peer = irc(caps=["draft/account-registration", "standard-replies"])
    peer.send("REGISTER * * :a")
    line = peer.read(r" (REGISTER|FAIL) ")
    assert line.command == "FAIL"
    assert line.words[:2] in (["REGISTER", "WEAK_PASSWORD"], ["REGISTER", "UNACCEPTABLE_PASSWORD"])


@clause(REGISTER, "FAIL REGISTER ALREADY_AUTHENTICATED", "Who is logged in can't register another account.")
def test_register_twice(irc):
    peer = irc(caps=["draft/account-registration", "standard-replies"])
    peer.send(f"REGISTER * * :{PASSWORD}")
    peer.command("REGISTER")
    assert only(peer.do(f"REGISTER * * :{PASSWORD}"), "FAIL").words[:2] == ["REGISTER", "ALREADY_AUTHENTICATED"]


@clause(REGISTER, "Parameters", "Too few parameters are 461 or FAIL NEED_MORE_PARAMS; VERIFY of a wrong code fails.")
def test_register_short(irc):
    peer = irc(caps=["draft/account-registration", "standard-replies"])
    assert {"461", "FAIL"} & set(commands(peer.do("REGISTER x")))
    assert {"461", "FAIL"} & set(commands(peer.do("VERIFY nobody 123")))


@clause(REGISTER, "before-connect", "Without before-connect REGISTER before registration is COMPLETE_CONNECTION_REQUIRED.")
def test_register_early(stranger, fresh):
    peer = stranger()
    value = peer.capabilities()["draft/account-registration"]
    if "before-connect" in value:
        pytest.skip("the server takes it early")
    peer.request("draft/account-registration")
    peer.send(f"NICK {fresh()}", f"REGISTER * * :{PASSWORD}")
    assert peer.command("FAIL").words[:2] == ["REGISTER", "COMPLETE_CONNECTION_REQUIRED"]


# SASL


@clause(SASL, "PLAIN", "Name and password log in: 900 with the account, 903; registration then goes on.")
def test_plain(stranger, account, fresh):
    name, peer = account(), stranger()
    line = log_in(peer, name)
    assert line.command == "900" and line.words[2] == name
    peer.numeric(903)
    nick = fresh()
    peer.send(f"NICK {nick}", "USER a 0 * :a", "CAP END")
    peer.numeric(1)
    peer.read(r" (376|422) ")
    assert only(peer.do(f"WHOIS {nick}"), "330").words[1:3] == [nick, name]


@clause(SASL, "PLAIN", "The identity to act as may be one's own, no other's.")
def test_plain_identity(stranger, account):
    name, other = account(), account()
    peer = stranger()
    assert log_in(peer, name, identity=name).command == "900"
    assert log_in(stranger(), name, identity=other).command == "904"


@clause(SASL, "Failure", "A wrong password and an unknown account are 904, and one may try again.")
def test_plain_failure(stranger, account, fresh):
    name, peer = account(), stranger()
    assert log_in(peer, name, "wrong").command == "904"
    assert log_in(peer, fresh("nobody")).command == "904"
    assert log_in(peer, name).command == "900"


@clause(SASL, "Failure", "A mechanism that is not offered is 908 with those that are, and 904.")
def test_unknown_mechanism(stranger):
    peer = stranger()
    line = begin(peer, "FROB")
    if line.command == "908":
        assert "PLAIN" in line.words[1].split(",")
        line = peer.read(r" 90[0-9] ")
    assert line.command == "904"


@clause(SASL, "Failure", "What is no Base64, and no message of the mechanism, is 904.")
@pytest.mark.parametrize("text", ["!!!", "dGVzdA", base64.b64encode(b"x").decode(), "+"])
def test_malformed(stranger, text):
    peer = stranger()
    begin(peer, "PLAIN")
    peer.send(f"AUTHENTICATE {text}")
    assert peer.read(r" 90[0-9] ").command == "904"


@clause(SASL, "Abort", "`*` gives up: 906; CAP END in the middle, too, and registration goes on.")
def test_abort(stranger, fresh):
    peer = stranger()
    begin(peer, "PLAIN")
    peer.send("AUTHENTICATE *")
    assert peer.read(r" 90[0-9] ").command == "906"
    begin(peer, "PLAIN")
    peer.send(f"NICK {fresh()}", "USER a 0 * :a", "CAP END")
    assert peer.read(r" (906|001) ").command == "906"
    peer.numeric(1)


@clause(SASL, "Chunks", "A response of 400 octets or more comes in pieces; one of exactly 400 is followed by `+`.")
@pytest.mark.parametrize("octets", [399, 400, 401, 800])
def test_chunks(stranger, account, octets):
    # Base64 makes 4 of 3: the password is as long as brings the message to the length.
    name = account("p" * 200)
    length = octets * 3 // 4 - 2 - 2 * len(name) if octets != 800 else 600 - 2 - 2 * len(name)
    message = plain_message(name, "p" * max(1, length), name)
    peer = stranger()
    begin(peer, "PLAIN")
    pieces = [message[at : at + 400] for at in range(0, len(message), 400)]
    if len(pieces[-1]) == 400:
        pieces.append("+")
    for piece in pieces:
        peer.send(f"AUTHENTICATE {piece}")
    assert peer.read(r" (900|90[2-8]) ").command in ("900", "904")
    again = plain_message(name, "p" * 200, name)
    begin(peer, "PLAIN")
    for at in range(0, len(again), 400):
        peer.send("AUTHENTICATE " + again[at : at + 400])
    if len(again) % 400 == 0:
        peer.send("AUTHENTICATE +")
    assert peer.read(r" (900|90[2-8]) ").command == "900"


@clause(SASL, "Chunks", "A piece of more than 400 octets, or an endless message, is 905 or 904.")
def test_chunk_too_long(stranger):
    peer = stranger()
    begin(peer, "PLAIN")
    peer.send("AUTHENTICATE " + "A" * 401)
    assert peer.read(r" 90[0-9] ").command == "905"
    begin(peer, "PLAIN")
    for _ in range(16):
        peer.send("AUTHENTICATE " + "A" * 400)
    assert peer.read(r" 90[0-9] ").command in ("905", "904")


@clause(SASL, "Re-authentication", "A registered client may log in, and again as another.")
def test_reauthentication(irc, account, channel):
    first, second = account(), account()
    peer, watcher = irc(), irc("watch", ["account-notify"])
    peer.join(channel)
    watcher.join(channel)
    assert log_in(peer, first).command == "900"
    assert only(watcher.settle(), "ACCOUNT").words == [first]
    line = log_in(peer, second)
    if line.command == "907":
        pytest.skip("the server lets nobody change the account")
    assert line.words[2] == second
    assert only(watcher.settle(), "ACCOUNT").words == [second]


@clause("RFC 7677", "SCRAM-SHA-256", "Challenge and response log in, and the server proves that it knows the password.")
@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
def test_scram(stranger, account, password):
    name, peer = account(), stranger()
    if "SCRAM-SHA-256" not in peer.capabilities()["sasl"].split(","):
        pytest.fail("SCRAM-SHA-256 is not offered")
    assert begin(peer, "SCRAM-SHA-256").command == "AUTHENTICATE"
    nonce = base64.b64encode(os.urandom(18)).decode()
    first = f"n={name},r={nonce}"
    peer.send("AUTHENTICATE " + base64.b64encode(f"n,,{first}".encode()).decode())
    challenge = base64.b64decode(peer.command("AUTHENTICATE").words[0]).decode()
    fields = dict(field.split("=", 1) for field in challenge.split(","))
    assert fields["r"].startswith(nonce) and len(fields["r"]) > len(nonce)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(fields["s"]), int(fields["i"]))
    without_proof = f"c=biws,r={fields['r']}"
    message = f"{first},{challenge},{without_proof}".encode()

    def keyed(key, text):
        return hmac.new(key, text, "sha256").digest()

    client_key = keyed(salted, b"Client Key")
    signature = keyed(hashlib.sha256(client_key).digest(), message)
    proof = base64.b64encode(bytes(a ^ b for a, b in zip(client_key, signature))).decode()
    peer.send("AUTHENTICATE " + base64.b64encode(f"{without_proof},p={proof}".encode()).decode())
    line = peer.read(r"AUTHENTICATE | 90[0-9] ")
    if password != PASSWORD:
        while line.command == "AUTHENTICATE":
            assert base64.b64decode(line.words[0]).startswith(b"e=")
            peer.send("AUTHENTICATE +")
            line = peer.read(r"AUTHENTICATE | 90[0-9] ")
        assert line.command == "904"
        return
    proven = base64.b64decode(line.words[0]).decode()
    expected = keyed(keyed(salted, b"Server Key"), message)
    assert proven == "v=" + base64.b64encode(expected).decode()
    peer.send("AUTHENTICATE +")
    assert peer.read(r" 90[0-9] ").words[2] == name
    peer.numeric(903)


@clause("Modern IRC", "RPL_WHOISREGNICK (307)", "WHOIS tells that the nick is the account's.")
def test_nick_owner(irc, account, fresh):
    name = account()
    one = irc()
    log_in(one, name)
    lacks(one.do(f"WHOIS {one.nick}"), "307")
    one.do(f"NICK {name}")
    assert only(one.do(f"WHOIS {name}"), "307").words[1] == name


# What others see


@clause("IRCv3 account-notify", "ACCOUNT message", "Logging in is told to those on the same channels who listen for it.")
def test_account_notify(irc, account, channel):
    name = account()
    one, two, third = irc(), irc("bob", ["account-notify"]), irc("eve")
    for peer in (one, two, third):
        peer.join(channel)
    log_in(one, name)
    line = only(two.settle(), "ACCOUNT")
    assert line.nick == one.nick and line.words == [name]
    lacks(third.settle(), "ACCOUNT")


@clause("IRCv3 account-tag", "`account` tag", "Messages of who is logged in have the account; others have no such tag.")
def test_account_tag(irc, account):
    name = account()
    one, two, third = irc(), irc("bob", ["account-tag"]), irc("eve")
    log_in(one, name)
    one.do(f"PRIVMSG {two.nick} :x")
    third.do(f"PRIVMSG {two.nick} :y")
    tags = [line.tags for line in two.settle() if line.command == "PRIVMSG"]
    assert tags[0].get("account") == name and "account" not in tags[1]


@clause("IRCv3 extended-join", "Account", "JOIN of who is logged in has the account; WHOX shows it.")
def test_join_account(irc, account, channel):
    name = account()
    one, two = irc(caps=["extended-join"]), irc("bob")
    one.join(channel)
    log_in(two, name)
    two.join(channel)
    assert only(one.settle(), "JOIN").words == [channel, name, two.nick]
    rows = [line.words for line in one.do(f"WHO {channel} %na") if line.command == "354"]
    assert [one.nick, two.nick, name] and {tuple(row[1:]) for row in rows} == {(one.nick, "0"), (two.nick, name)}
