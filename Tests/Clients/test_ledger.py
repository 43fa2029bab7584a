"""The ledger finds what it must find, and no more."""

import pytest
from harness.ledger import Contradiction, Ledger, Move, sort_sightings


def ledger(*moves, **known):
    made = Ledger()
    made.check(known)
    for move in moves:
        made.add(move)
    return made


def move(source, target, certain=True):
    return Move("lamp", ((source, target),), certain, f"{source} to {target}")


@pytest.mark.parametrize(
    "moves, possible",
    [
        ([], {"hall"}),
        ([move("hall", "ada")], {"ada"}),
        ([move("hall", "ada", certain=False)], {"hall", "ada"}),
        # The order in which the harness learns of moves does not matter.
        ([move("ben", "garden"), move("hall", "ada"), move("ada", "ben")], {"garden"}),
        ([move("hall", "ada"), move("ada", "hall"), move("hall", "ada")], {"ada"}),
        # Two tried to take it, neither read an answer.
        ([move("hall", "ada", False), move("hall", "ben", False)], {"hall", "ada", "ben"}),
        # What was read cannot have happened.
        ([move("hall", "ada"), move("hall", "ben")], set()),
        # It was taken from the floor or out of the chest; the chest is where it lay.
        ([move("hall", "chest"), Move("lamp", (("hall", "ada"), ("chest", "ada")))], {"ada"}),
    ])
def test_possible_values(moves, possible):
    assert ledger(*moves, lamp="hall").possible("lamp") == possible


def test_what_was_read_and_is_not_so_is_found():
    with pytest.raises(Contradiction, match="lamp is hall, but must be ada"):
        ledger(move("hall", "ada"), lamp="hall").check({"lamp": "hall"})


def test_what_nobody_read_may_be_either_way():
    for place in ("hall", "ada"):
        ledger(move("hall", "ada", certain=False), lamp="hall").check({"lamp": place})


def test_what_nobody_did_is_found():
    with pytest.raises(Contradiction, match="lamp is garden, but must be hall"):
        ledger(lamp="hall").check({"lamp": "garden"})


def test_vanished_and_new_things_are_found():
    with pytest.raises(Contradiction, match="lamp has vanished"):
        ledger(lamp="hall").check({})
    with pytest.raises(Contradiction, match="rope is there"):
        ledger(lamp="hall").check({"lamp": "hall", "rope": "hall"})


def test_doubled_things_are_found():
    assert sort_sightings([("lamp", "hall"), ("rope", "hall")]) == {"lamp": "hall", "rope": "hall"}
    with pytest.raises(Contradiction, match="lamp is there twice: hall and ada"):
        sort_sightings([("lamp", "hall"), ("lamp", "ada")])


def test_the_check_is_the_start_of_what_follows():
    made = ledger(move("hall", "ada", certain=False), lamp="hall")
    made.check({"lamp": "ada"})
    assert made.possible("lamp") == {"ada"}
