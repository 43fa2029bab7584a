"""Players who act at random, remember all they read, and know what must be true because of it."""

import collections
import random
import re
import selectors
import time

from harness import phrases
from harness.ledger import Contradiction, Ledger, Move, sort_sightings
from harness.server import Server
from harness.telnet import PATIENCE, Disconnected, TelnetClient

PASSWORD = "play it again"


class Attempt:
    """A command under way: what it would change and how its success reads."""

    def __init__(self, line, success=None, moves=(), key=None, holds=None):
        self.line = line
        self.success = success
        self.moves = moves
        # (verb, thing), as observers read it.
        self.key = key
        # What the player holds afterwards: (thing, whether).
        self.holds = holds
        self.succeeded = False


class Actor:
    """One player in one cycle."""

    def __init__(self, name, port, rng):
        self.name = name
        self.rng = rng
        self.client = TelnetClient(port)
        self.room = None
        self.held = set()
        self.worn = set()
        self.description = ""
        self.attempt = None
        self.attempts = 0
        self.confirmed = collections.Counter()
        self.read_from = 0
        self.start_of_play = 0

    # Logging in and looking around, one actor at a time

    def log_in(self):
        self.client.line(self.name)
        self.client.line(PASSWORD)

    def look_around(self):
        """Takes stock of what the player has and yields sightings of things and facts."""
        self.client.read_prompt("> ")
        text = self.client.do("look")
        self.room = phrases.room_in(text)
        held, worn = phrases.inventory_in(self.client.do("inventory"))
        self.held, self.worn = set(held), set(worn)
        yield from ((thing, ("held by", self.name)) for thing in held)
        yield from ((thing, ("worn by", self.name)) for thing in worn)
        for bag in self.held & set(phrases.BAGS):
            yield from self.look_in(bag)
        yield f"place of {self.name}", self.room
        match = re.search(r"a figure of shape (\d+)", self.client.do("look at me"))
        self.description = match[1] if match else "none"
        yield f"shape of {self.name}", self.description

    def look_in(self, container):
        text = self.client.do(f"look in {container}")
        inside = [thing for thing in phrases.things_in(text) if thing != container]
        return [(thing, ("in", container)) for thing in inside]

    def walk_around(self):
        """Goes once around the ring and yields what lies about."""
        for _ in phrases.ROOMS:
            here = self.room
            text = self.client.do("look")
            lying = collections.Counter(phrases.things_in(text))
            inside = []
            for bag in phrases.BAGS:
                if bag in lying:
                    inside += self.look_in(bag)
            if here == "hall":
                opened = phrases.done("open", phrases.CHEST).search(self.client.do(f"open {phrases.CHEST}"))
                yield "chest", "closed" if opened else "open"
                inside += self.look_in(phrases.CHEST)
                if opened:
                    self.client.do(f"close {phrases.CHEST}")
            # A look names what lies there and what is in open containers, each once.
            for thing, times in lying.items():
                if times > 1 and thing not in phrases.BAGS:
                    raise Contradiction(f"{thing} is named {times} times in: {text}")
            for thing, place in inside:
                yield thing, place
                lying.pop(thing, None)
            for thing in lying:
                yield thing, ("lying in", here)
            self.client.do(phrases.AROUND[here])
            self.room = phrases.WAYS[here][phrases.AROUND[here]]

    # Acting at random, all at once

    def begin(self):
        self.start_of_play = self.read_from = len(self.client.text)
        self.act()

    def act(self):
        self.attempts += 1
        self.attempt = self.choose()
        self.client.line(f"{self.attempt.line}\r\nsay done {self.attempts}")

    def choose(self):
        rng = self.rng
        kind = rng.choices(
            ["take", "drop", "put", "take from", "give", "wear", "remove", "walk", "describe", "open", "say", "look"],
            [8, 6, 4, 4, 3, 2, 2, 4, 2, 2, 1, 1])[0]
        mine, here = ("held by", self.name), ("lying in", self.room)
        if kind == "take":
            thing = rng.choice(phrases.PORTABLE)
            # It may as well come out of something open that is within reach.
            sources = [here] + [("in", box) for box in (*phrases.BAGS, phrases.CHEST) if box != thing]
            return self.moving("take", f"take {thing}", thing, [(source, mine) for source in sources], True)
        if kind == "take from":
            thing, box = rng.choice(phrases.SMALL + phrases.CLOTHES), rng.choice((*phrases.BAGS, phrases.CHEST))
            return self.moving("take", f"take {thing} from {box}", thing, [(("in", box), mine)], True)
        loose = sorted(self.held - set(phrases.BAGS))
        if kind == "drop" and self.held:
            thing = rng.choice(sorted(self.held))
            return self.moving("drop", f"drop {thing}", thing, [(mine, here)], False)
        if kind == "put" and loose:
            thing, box = rng.choice(loose), rng.choice((*phrases.BAGS, phrases.CHEST))
            return self.moving("put", f"put {thing} in {box}", thing, [(mine, ("in", box))], False, box)
        if kind == "give" and self.held:
            thing, other = rng.choice(sorted(self.held)), rng.choice([n for n in phrases.NAMES if n != self.name])
            return self.moving("give", f"give {thing} to {other}", thing, [(mine, ("held by", other))], False, other)
        if kind == "wear" and self.held & set(phrases.CLOTHES):
            thing = rng.choice(sorted(self.held & set(phrases.CLOTHES)))
            return self.moving("wear", f"wear {thing}", thing, [(mine, ("worn by", self.name))], False)
        if kind == "remove" and self.worn:
            thing = rng.choice(sorted(self.worn))
            return self.moving("remove", f"remove {thing}", thing, [(("worn by", self.name), mine)], True)
        if kind == "describe":
            shape = str(rng.randrange(10**6))
            move = Move(f"shape of {self.name}", ((self.description, shape),), what=f"{self.name} took shape {shape}")
            return Attempt(f"describe me as a figure of shape {shape}", phrases.done("describe", shape), (move,))
        if kind == "open":
            verb, now = rng.choice([("open", "open"), ("close", "closed")])
            before = "closed" if now == "open" else "open"
            move = Move("chest", ((before, now),), what=f"{self.name} made the chest {now}")
            return Attempt(f"{verb} {phrases.CHEST}", phrases.done(verb, phrases.CHEST), (move,))
        if kind == "say":
            return Attempt(f"say the number {rng.randrange(10**6)}")
        if kind == "look":
            return Attempt("look")
        way, target = rng.choice(sorted(phrases.WAYS[self.room].items()))
        move = Move(f"place of {self.name}", ((self.room, target),), what=f"{self.name} went to the {target}")
        title = next(title for title, room in phrases.TITLES.items() if room == target)
        return Attempt(way, re.compile(title), (move,))

    def moving(self, verb, line, thing, choices, gets, other=""):
        move = Move(thing, tuple(choices), what=f"{self.name} did {line}")
        return Attempt(line, phrases.done(verb, thing, other), (move,), (verb, thing), (thing, gets))

    def notice(self, ledger):
        """Looks at what came in; returns whether the command under way is answered."""
        if self.attempt is None:
            return False
        text = self.client.text[self.read_from :].replace(self.client.PROMPT, "")
        attempt = self.attempt
        success = None if attempt.succeeded or not attempt.success else attempt.success.search(text)
        if success:
            attempt.succeeded = True
            for move in attempt.moves:
                ledger.add(self.narrow(move, attempt, success))
            self.remember(attempt)
        marker = re.search(rf'You say, "done {self.attempts}\b', text)
        if not marker:
            return False
        self.receive_gifts(text)
        self.read_from = len(self.client.text)
        self.attempt = None
        return True

    @property
    def surely_changes_something(self):
        """Whether the command under way is one that does not fail."""
        return self.attempt is not None and self.attempt.line.split()[0] in ("describe", "drop", *phrases.AROUND.values())

    def narrow(self, move, attempt, success):
        """The answer to take tells where the thing was."""
        if not attempt.key or attempt.key[0] != "take":
            return move
        source = ("in", success[1]) if success[1] else ("lying in", self.room)
        return Move(move.entry, ((source, ("held by", self.name)),), what=move.what)

    def remember(self, attempt):
        if attempt.key:
            self.confirmed[attempt.key] += 1
        if attempt.holds:
            thing, gets = attempt.holds
            (self.held.add if gets else self.held.discard)(thing)
            if attempt.key[0] == "wear":
                self.worn.add(thing)
            if attempt.key[0] == "remove":
                self.worn.discard(thing)
        for move in attempt.moves:
            if move.entry == f"place of {self.name}":
                self.room = move.choices[0][1]
            if move.entry == f"shape of {self.name}":
                self.description = move.choices[0][1]

    def receive_gifts(self, text):
        for match in re.finditer(rf"gives the ({'|'.join(phrases.PORTABLE)}) to you\b", text):
            self.held.add(match[1])

    def seen(self):
        """How often this player read that somebody did something, in this cycle's play."""
        text = self.client.text[self.start_of_play :].replace(self.client.PROMPT, "")
        return collections.Counter(phrases.sightings(text))


class Troupe:
    """Plays, crashes, checks; the check of one cycle is the login of the next."""

    def __init__(self, data, seed, options=()):
        self.data = data
        self.seed = seed
        self.options = options
        self.ledger = Ledger()
        self.cycle = 0
        self.commands = 0
        self.uncertain = 0
        self.actors = []
        self.last_life = ""

    def prepare(self):
        with Server(self.data, options=self.options) as server:
            server.make_accounts(phrases.NAMES, PASSWORD)

    def run_cycle(self, check_store=False):
        """One life of the server; raises Contradiction when the world is not as somebody read."""
        self.cycle += 1
        rng = random.Random(f"{self.seed}/{self.cycle}")
        if rng.random() < 0.1:
            self.crash_while_starting(rng)
        server = Server(self.data, options=self.options).start()
        try:
            self.check(server, rng)
            if check_store:
                answer = server.admin("check", json_answer=True)
                if answer.returncode != 0:
                    raise Contradiction(f"mud-admin check: {answer.stdout}")
            self.play(server, rng)
        except (Contradiction, Disconnected, TimeoutError, AssertionError) as error:
            story = f"{self.last_life}\n=== after the crash\n{self.transcripts()}"
            raise Contradiction(f"seed {self.seed}, cycle {self.cycle}: {error}\n{story}") from error
        finally:
            server.kill()
            for actor in self.actors:
                actor.client.close()

    def crash_while_starting(self, rng):
        server = Server(self.data, options=self.options)
        server.launch()
        time.sleep(rng.uniform(0, 0.08))
        server.kill()

    def check(self, server, rng):
        self.actors = [Actor(name, server.port, random.Random(f"{rng.random()}/{name}")) for name in phrases.NAMES]
        for actor in self.actors:
            actor.log_in()
        found = [sighting for actor in self.actors for sighting in actor.look_around()]
        found += rng.choice(self.actors).walk_around()
        self.ledger.check(sort_sightings(found))

    def play(self, server, rng):
        """All act at once until the server is killed: after some time, or at the moment something has come to be read.

        At that moment little time has passed since the server let it go, so a server that does so too early is caught.
        """
        for actor in self.actors:
            actor.client.do("say ready")
        deadline = time.monotonic() + rng.uniform(0.002, 0.06)
        answers = rng.randrange(1, 60) if rng.random() < 0.6 else None
        limit = time.monotonic() + PATIENCE
        with selectors.DefaultSelector() as selector:
            for actor in self.actors:
                selector.register(actor.client, selectors.EVENT_READ, actor)
                actor.begin()
            while answers is not None or time.monotonic() < deadline:
                ready = selector.select(0.002)
                if answers is not None:
                    answers -= len(ready)
                    if answers <= 0 and any(key.data.surely_changes_something for key, _ in ready):
                        break
                self.go_on([key.data for key, _ in ready])
                if time.monotonic() > limit:
                    raise Contradiction("the server stopped answering")
            server.strike()
        server.kill()
        self.read_the_rest()
        self.last_life = self.transcripts()

    def go_on(self, actors):
        """Reads what came for some, and has those act again whose command is answered."""
        for actor in actors:
            actor.client.take()
            if not actor.client.is_open:
                raise Contradiction(f"the server hung up on {actor.name}")
            if actor.notice(self.ledger):
                self.commands += 1
                actor.act()

    def read_the_rest(self):
        """Takes in what had left the server before it died, and what it makes certain."""
        for actor in self.actors:
            actor.client.drain()
            actor.notice(self.ledger)
        for actor in self.actors:
            attempt = actor.attempt
            if attempt is None or attempt.succeeded:
                continue
            self.uncertain += 1
            heard = self.others_heard(actor, attempt)
            for move in attempt.moves:
                self.ledger.add(Move(move.entry, move.choices, heard, move.what))
        self.check_hearsay()

    def others_heard(self, actor, attempt):
        """Whether somebody read that a command was done whose own player read nothing of it."""
        if attempt.key is None:
            return False
        verb, thing = attempt.key
        return any(
            other.seen()[(actor.name, verb, thing)] > actor.confirmed[attempt.key]
            for other in self.actors if other is not actor)

    def check_hearsay(self):
        for observer in self.actors:
            for (name, verb, thing), times in observer.seen().items():
                actor = next(actor for actor in self.actors if actor.name == name)
                under_way = actor.attempt is not None and not actor.attempt.succeeded and actor.attempt.key == (verb, thing)
                if times > actor.confirmed[(verb, thing)] + under_way:
                    raise Contradiction(f"{observer.name} read more often that {name} did {verb} {thing} than {name} did")

    def transcripts(self):
        return "\n".join(
            f"--- {actor.name}, last read:\n{actor.client.text[-1500:]}\n--- under way: "
            f"{actor.attempt.line if actor.attempt else 'nothing'}" for actor in self.actors)
