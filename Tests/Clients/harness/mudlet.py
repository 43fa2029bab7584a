"""A client that negotiates and speaks as Mudlet does: in its order, with its names, without compression."""

import json
import time

from harness.telnet import DO, DONT, ECHO, EOR_OPTION, IAC, NAWS, PATIENCE, SB, SE, TTYPE, WILL, WONT, TelnetClient

NEW_ENVIRON, CHARSET, MSDP, MSSP, GMCP = 39, 42, 69, 70, 201
IS, SEND, REQUEST, ACCEPTED = 0, 1, 1, 2
VAR, VAL = 1, 2

MODULES = [
    "Char 1", "Char.Skills 1", "Char.Items 1", "Room 1", "IRE.Rift 1", "IRE.Composer 1", "External.Discord 1",
    "Client.Media 1", "Char.Login 1",
]


class Mudlet(TelnetClient):
    """One connection; `gmcp` is every message that came, in order, as (name, body)."""

    # ANSI, UTF-8, 256 colours, true colour; 64 is added for a screen reader.
    MTTS = 1 + 4 + 8 + 256

    def __init__(self, port, modules=MODULES, screen_reader=False, msdp=False, **options):
        self.gmcp = []
        self.msdp = []
        self.mssp = None
        self._modules = modules
        self._mtts = self.MTTS + (64 if screen_reader else 0)
        self._names = ["MUDLET", "ANSI-TRUECOLOR", f"MTTS {self._mtts}"]
        self._asked = 0
        self._scanned = 0
        self._seen = 0
        self._agreed = {EOR_OPTION, CHARSET, MSSP, GMCP, TTYPE, NAWS, NEW_ENVIRON} | ({MSDP} if msdp else set())
        super().__init__(port, window=(100, 40), **options)

    def sub(self, option, payload):
        self.send(bytes([IAC, SB, option]) + payload.replace(b"\xff", b"\xff\xff") + bytes([IAC, SE]))

    def say(self, name, body=None):
        self.sub(GMCP, (name if body is None else f"{name} {json.dumps(body)}").encode())

    # What comes

    def _negotiate(self, verb, option):
        self.offers.append((verb, option))
        if option == ECHO:
            self.hides_input = verb == WILL
            return self._reply(DO if verb == WILL else DONT, option)
        if verb in (WONT, DONT):
            return None
        if option not in self._agreed:
            return self._reply(DONT if verb == WILL else WONT, option)
        self._reply(DO if verb == WILL else WILL, option)
        if option == NAWS:
            self.resize(*self._window)
        if option == GMCP:
            self.say("Core.Hello", {"client": "Mudlet", "version": "4.18.5"})
            self.say("Core.Supports.Set", self._modules)
        return None

    def take(self):
        super().take()
        start = bytes([IAC, SB])
        while (begin := self.raw.find(start, self._scanned)) >= 0:
            end = self.raw.find(bytes([IAC, SE]), begin)
            if end < 0:
                return
            self._scanned = end + 2
            self._received(self.raw[begin + 2], bytes(self.raw[begin + 3 : end]))
        # The last octet may be an IAC whose SB is still to come.
        self._scanned = max(self._scanned, len(self.raw) - 1)

    def _received(self, option, payload):
        if option == GMCP:
            name, _, body = payload.decode().partition(" ")
            self.gmcp.append((name, json.loads(body) if body else None))
        elif option == MSDP:
            self.msdp.append(payload)
        elif option == MSSP:
            self.mssp = read_mssp(payload)
        elif option == TTYPE and payload[:1] == bytes([SEND]):
            name = self._names[min(self._asked, len(self._names) - 1)]
            self._asked += 1
            self.sub(TTYPE, bytes([IS]) + name.encode())
        elif option == CHARSET and payload[:1] == bytes([REQUEST]):
            self.sub(CHARSET, bytes([ACCEPTED]) + b"UTF-8")
        elif option == NEW_ENVIRON and payload[:1] == bytes([SEND]):
            self.sub(NEW_ENVIRON, bytes([IS]))

    # Waiting

    def message(self, name, patience=PATIENCE):
        """The body of the next message of that name behind those that were waited for."""
        deadline = time.monotonic() + patience
        while True:
            for place in range(self._seen, len(self.gmcp)):
                if self.gmcp[place][0] == name:
                    self._seen = place + 1
                    return self.gmcp[place][1]
            if not self.is_open or time.monotonic() >= deadline:
                raise AssertionError(f"no {name}; came {self.gmcp[self._seen:]}")
            self.pump(max(0, deadline - time.monotonic()))

    def messages(self, name):
        """The bodies of all messages of that name so far."""
        return [body for known, body in self.gmcp if known == name]


def read_mssp(payload):
    """A table of MSSP as a mapping of names to lists of values."""
    table = {}
    for part in payload.split(bytes([VAR]))[1:]:
        name, *values = part.split(bytes([VAL]))
        table[name.decode()] = [value.decode() for value in values]
    return table
