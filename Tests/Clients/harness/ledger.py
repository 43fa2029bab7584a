"""What must be true of the world, derived from what players have read.

Everything of which the world has one value is an entry: where a thing is, where a player stands, whether the chest is
open, how somebody is described. A move takes an entry from one value to another. When the order of moves that
different players made is unknown, their sum still tells where the entry ended: every value was left as often as it was
reached, but for the first and the last.

A move is certain when somebody read that it was made; a command without an answer gives a move that may or may not have
been made. A move may have alternatives, when what was read does not say where a thing came from.
"""

import collections
import dataclasses


@dataclasses.dataclass(frozen=True)
class Move:
    """One move of an entry: the alternatives of (from, to), and whether it is certain that one was made."""

    entry: str
    choices: tuple
    certain: bool = True
    what: str = ""


class Contradiction(Exception):
    """The world is not as somebody has read."""


class Ledger:
    def __init__(self):
        self.known = {}
        self.moves = collections.defaultdict(list)

    def add(self, move):
        self.moves[move.entry].append(move)

    def possible(self, entry):
        """The values an entry may have now."""
        sums = {((self.known[entry], 1),)}
        for move in self.moves[entry]:
            following = set() if move.certain else set(sums)
            for old in sums:
                for source, target in move.choices:
                    following.add(_shift(old, source, target))
            sums = following
        return {total[0][0] for total in sums if len(total) == 1 and total[0][1] == 1}

    def check(self, found):
        """Compares with the values that were found, all of them, and goes on from there."""
        complaints = []
        for entry in self.known:
            if entry not in found:
                complaints.append(f"{entry} has vanished; it must be {self._expected(entry)}")
            elif found[entry] not in self.possible(entry):
                complaints.append(f"{entry} is {found[entry]}, but must be {self._expected(entry)}")
        complaints += [f"{entry} is there, and was not before" for entry in found if self.known and entry not in self.known]
        if complaints:
            raise Contradiction("\n".join(complaints))
        self.known = dict(found)
        self.moves.clear()

    def _expected(self, entry):
        story = "; ".join(move.what + ("" if move.certain else " (perhaps)") for move in self.moves[entry])
        values = sorted(map(str, self.possible(entry)))
        return f"{' or '.join(values) or 'nothing at all'}: it was {self.known[entry]}" + (f", then {story}" if story else "")


def _shift(total, source, target):
    if source == target:
        return total
    counts = dict(total)
    for value, by in ((source, -1), (target, 1)):
        counts[value] = counts.get(value, 0) + by
        if counts[value] == 0:
            del counts[value]
    return tuple(sorted(counts.items(), key=str))


def sort_sightings(sightings):
    """Turns (thing, place) pairs into a dictionary; a thing seen twice is a contradiction."""
    found = {}
    for thing, place in sightings:
        if thing in found:
            raise Contradiction(f"{thing} is there twice: {found[thing]} and {place}")
        found[thing] = place
    return found
