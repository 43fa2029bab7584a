"""The telnet door as a careful client sees it, octet by octet."""

import time

import pytest
from conftest import PASSWORD
from harness.telnet import AYT, DO, DONT, ECHO, EOR, EOR_OPTION, GA, IAC, MCCP2, MXP, NAWS, SB, SE, SGA, WILL, WONT


def test_echo_is_off_around_passwords_only(server, connect):
    client = connect()
    client.read_prompt("Name: ")
    assert not client.hides_input
    client.line("Tessa")
    client.read_prompt("Yes or no: ")
    assert not client.hides_input
    client.line("yes")
    client.read_prompt("New password: ")
    assert client.hides_input
    client.line(PASSWORD)
    client.read_prompt("The same again: ")
    assert client.hides_input
    client.line(PASSWORD)
    client.read_prompt("Yes or no (Enter is no): ")
    assert not client.hides_input
    client.line("no")
    client.read_prompt("> ")
    client.line("password")
    client.read_prompt("Your present password: ")
    assert client.hides_input
    client.line(PASSWORD)
    client.read_prompt("New password: ")
    client.line("another " + PASSWORD)
    client.read_prompt("The same again: ")
    client.line("another " + PASSWORD)
    client.read_until("Your password is changed")
    assert not client.hides_input
    client.quit()
    assert PASSWORD.encode() not in client.raw

    again = connect()
    again.log_in("Tessa", "another " + PASSWORD)
    assert not again.hides_input


def test_wrong_password_is_refused_and_shown_to_nobody(server, connect, player):
    player("Tessa").quit()
    client = connect()
    client.read_prompt("Name: ")
    client.line("Tessa")
    client.read_prompt("Password: ")
    client.line("not the password")
    client.read_until("That is not the password")
    client.read_prompt("Name: ")
    assert not client.hides_input
    assert b"not the password\r" not in client.raw


def test_prompts_end_with_ga_or_with_eor_when_agreed(guest):
    assert bytes([IAC, GA]) in guest().raw
    client = guest(accept=[EOR_OPTION])
    client.line("look")
    client.read_prompt("> ")
    assert bytes([IAC, EOR]) in client.raw


def test_suppress_go_ahead_is_refused_and_prompts_stay_marked(guest):
    """Clients that have it together with ECHO leave line mode."""
    client = guest(answers=False)
    client.send(bytes([IAC, DO, SGA]))
    client.do("look")
    client.line("look")
    client.read_prompt("> ")
    assert (WONT, SGA) in client.offers


@pytest.mark.parametrize("width", [30, 60])
def test_text_is_wrapped_to_the_window(guest, width):
    client = guest(window=(width, 24))
    assert (DO, NAWS) in client.offers
    lines = [line for line in client.do("look").splitlines() if not line.startswith("> ")]
    assert len(lines) > 3
    assert max(map(len, lines)) <= width
    assert max(map(len, lines)) > width // 2


@pytest.mark.parametrize("answers", [True, False])
def test_text_is_wrapped_at_80_columns_while_the_window_is_unknown(guest, answers):
    client = guest(answers=answers)
    seen = client.do("say " + "word " * 60)
    assert 60 < max(map(len, seen.splitlines())) <= 80


def test_text_is_wrapped_anew_after_the_window_changed(guest):
    client = guest(window=(100, 24))
    wide = client.do("look").splitlines()
    client.resize(40, 24)
    narrow = client.do("look").splitlines()
    assert max(map(len, wide)) > 40 >= max(map(len, narrow))


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (65535, 65535), (255, 255)])
def test_absurd_windows_do_no_harm(guest, size):
    client = guest(window=size)
    assert "Great Hall" in client.do("look")


def test_colour_goes_only_to_those_who_take_it(guest):
    client = guest()
    client.do("look")
    assert b"\x1b" not in client.raw


def test_the_same_octets_one_by_one_give_the_same_answers(connect):
    story = b"".join(
        [
            b"guest\r\n", bytes([IAC, WILL, NAWS]), bytes([IAC, SB, NAWS, 0, 80, 0, 24, IAC, SE]), b"say caf\xc3\xa9\r\n",
            bytes([IAC, DO, 99, IAC, WILL, 98, IAC, AYT]), b"say one\r\x00say two\nsay three\r\n", b"quit\r\n",
        ])

    def play(pieces):
        client = connect(answers=False)
        client.read_prompt("Name: ")
        for piece in pieces:
            client.send(piece)
        client.drain()
        said = [line for line in client.text.splitlines() if "You say" in line]
        return [line.replace(client.PROMPT, "").removeprefix("> ") for line in said]

    whole = play([story])
    assert len(whole) == 4 and "café" in whole[0]
    assert play([story[at : at + 1] for at in range(len(story))]) == whole


def test_lines_may_end_in_every_customary_way(guest):
    client = guest()
    client.send(b"say a\r\nsay b\nsay c\r\0say d\r\n")
    for word in "abcd":
        client.read_until(f'You say, "{word}')


def test_early_typing_is_kept(server, connect):
    server.make_accounts(["Tessa"], PASSWORD)
    client = connect(answers=False)
    client.send(f"Tessa\r\n{PASSWORD}\r\nsay early\r\n".encode())
    client.read_until('You say, "early')


def test_early_typing_is_kept_while_options_are_agreed(server, connect):
    """Programs that log in by themselves send all at once, before they have read anything."""
    server.make_accounts(["Tessa"], PASSWORD)
    client = connect(accept=[EOR_OPTION, MCCP2], window=(100, 40))
    client.line("Tessa")
    client.line(PASSWORD)
    client.line("say early")
    client.read_until('You say, "early')
    assert not client.hides_input
    assert max(map(len, client.do("look").splitlines())) > 80
    assert client.wire < len(client.raw)


def test_who_says_nothing_is_greeted_at_once(shared_server, connect):
    connect(answers=False).read_prompt("Name: ")
    began = time.monotonic()
    client = connect(answers=False)
    client.read_prompt("Name: ")
    # No time-out of an option lies in between.
    assert time.monotonic() - began < 2
    assert "Proving House" in client.text


def test_connect_line_of_mud_clients(server, connect):
    server.make_accounts(["Tessa"], "opensesame42")
    client = connect()
    client.line("connect Tessa opensesame42")
    client.read_prompt("> ")
    assert "Great Hall" in client.do("look")


def test_who_never_answers_an_offer_plays_all_the_same(guest):
    client = guest(answers=False)
    assert client.offers
    began = time.monotonic()
    assert "Great Hall" in client.do("look")
    assert time.monotonic() - began < 5


def test_unknown_options_are_refused_once(connect):
    client = connect(answers=False)
    client.read_prompt("Name: ")
    client.offers.clear()
    for option in (0, 5, 39, 42, 69, 70, 85, 91, 200, 201, 240, 254):
        client.send(bytes([IAC, DO, option, IAC, WILL, option]))
    client.line("guest")
    client.read_prompt("> ")
    assert client.offers.count((WONT, 254)) == 1
    assert client.offers.count((DONT, 254)) == 1
    assert all(client.offers.count(offer) == 1 for offer in set(client.offers))


def test_are_you_there(guest):
    client = guest()
    seen = len(client.raw)
    client.send(bytes([IAC, AYT]))
    while len(client.raw) == seen:
        assert client.pump(30)


def test_a_line_that_is_too_long_is_refused_with_a_message(guest):
    client = guest()
    client.line("say " + "x" * 20_000)
    assert "longer than" in client.read_until(r"longer than.*\n")
    assert "xxxx" not in client.do("look")


def test_two_players_see_each_other(server, player):
    ada, ben = player("Ada"), player("Ben")
    ada.read_until(r"Ben\b.*\n")
    assert "Ben" in ada.do("look") and "Ada" in ben.do("look")
    ada.do("say hello")
    ben.read_until('Ada says, "hello')
    ada.do("take lamp")
    ben.read_until("Ada takes the lamp")
    ada.do("give lamp to ben")
    ben.read_until("Ada gives the lamp to you")
    assert "lamp" in ben.do("inventory") and "lamp" not in ada.do("inventory")
    ben.do("north")
    ada.read_until(r"Ben (goes|leaves|walks).*north")
    ben.do("drop lamp")
    assert "drops" not in ada.do("look")
    ada.do("tell ben over here")
    ben.read_until("over here")


def test_a_lost_link_leaves_the_body_and_login_finds_it(server, connect, player):
    ada, ben = player("Ada"), player("Ben")
    ada.do("take lamp")
    ada.abort()
    ben.read_until(r"Ada\b.*\n")
    again = connect()
    again.log_in("Ada", PASSWORD)
    assert "lamp" in again.do("inventory")


def test_accents_pass_between_players(server, player):
    ada, ben = player("Ada"), player("Ben")
    ada.do("say naïve café — 茶 🫖")
    ben.read_until("naïve café — 茶 🫖")


def test_screen_readers_get_no_prompts(server, connect):
    client = connect()
    client.read_prompt("Name: ")
    client.line("Tessa")
    client.read_prompt("Yes or no: ")
    client.line("yes")
    client.read_prompt("New password: ")
    client.line(PASSWORD)
    client.read_prompt("The same again: ")
    client.line(PASSWORD)
    client.read_prompt("Yes or no (Enter is no): ")
    client.line("yes")
    client.read_until(r"Welcome, Tessa\.")
    client.read_until("Great Hall")
    assert "> " not in client.do("look") + client.do("inventory")


@pytest.mark.parametrize(
    "name, codec, written, read",
    [
        ("latin1", "latin1", "naïve ÿ", "naïve ÿ"), ("latin1", "latin1", "“a” … ł", "'a' ... l"),
        ("cp437", "cp437", "Grüße ½ │", "Grüße ½ │"), ("gbk", "gbk", "茶 naïve", "茶 naive"),
        ("big5", "big5", "茶杯", "茶杯"), ("ascii", "ascii", "Ärger 🫖", "Aerger [teapot]"),
    ])
def test_old_character_sets(shared_server, guest, name, codec, written, read):
    """Whoever set one reads it and writes it; what it does not have is spelled, and 255 never becomes a command."""
    old, new = guest(), guest()
    old.line(f"set encoding {name}")
    old.read_prompt("> ")
    before = len(old.raw)
    new.do(f"say {written}")
    while b"marker" not in old.raw[before:]:
        assert old.pump(60)
    heard = bytes(old.raw[before:]).replace(b"\xff\xff", b"\xff")
    assert f'says, "{read}"'.encode(codec) in heard
    if written == read:
        old.send(b"say " + written.encode(codec).replace(b"\xff", b"\xff\xff") + b"\r\n")
        new.read_until(f'says, "{written}"')


def test_missed_lines_come_after_a_lost_link(server, player, connect):
    ada, ben = player("Ada"), player("Ben")
    ada.do("look")
    ada.abort()
    ben.read_until(r"Ada\b.*\n")
    ben.do("say you missed this")
    again = connect()
    seen = again.log_in("Ada", PASSWORD)
    assert seen.index("While you were away") < seen.index('Ben says, "you missed this"') < seen.index("Great Hall")


def test_long_texts_come_in_pages_for_those_who_want_that(server, player):
    client = player("Tessa", window=(80, 12))
    client.line("set pager on")
    client.read_prompt("> ")
    client.line("set")
    first = client.read_until(r"\[More[^\]]*\] ?" + client.PROMPT)
    assert len(first.splitlines()) <= 12
    client.line("")
    second = client.read_until(client.PROMPT)
    assert second.strip() and second.splitlines()[0] not in first
    client.line("say on with it")
    client.read_until('You say, "on with it"')


def test_links_go_to_those_who_ask(guest):
    client = guest(accept=[MXP])
    client.do("say hello")
    assert (WILL, MXP) not in client.offers
    client.line("set mxp on")
    client.read_until(r"\x1b\[7z")
    client.line("xyzzy")
    client.read_until(r'\x1b\[1z.*<SEND href="commands">')
    client.line("set mxp off")
    client.read_until("You set")
    client.line("xyzzy")
    assert "SEND" not in client.read_until("There is no verb.*\n")
    # What was on its way as the links ended has none either.
    assert "SEND" not in client.text[client.text.rindex("You set"):]


def test_the_prompt_is_what_the_player_wants(guest):
    client = guest()
    client.line("set prompt %name in %place%%>")
    client.read_until(r"Guest\d+ in Great Hall%>")
    client.line("north")
    client.read_until(r"Guest\d+ in Walled Garden%> ?" + client.PROMPT)
    client.line("set prompt off")
    assert "Guest" not in client.do("look") + client.do("look")
