"""A telnet client that records every octet, refuses or takes options as told, and splits what it reads at prompts."""

import os
import re
import select
import socket
import time
import zlib

IAC, DONT, DO, WONT, WILL, SB, GA, SE, EOR, NOP, AYT = 255, 254, 253, 252, 251, 250, 249, 240, 239, 241, 246
ECHO, SGA, TTYPE, EOR_OPTION, NAWS, MCCP2, MXP = 1, 3, 24, 25, 31, 86, 91

# Seconds to wait for anything; generous, because the machine may be busy.
PATIENCE = float(os.environ.get("CLIENT_PATIENCE", "60"))


class Disconnected(Exception):
    """The server closed the connection."""


class TelnetClient:
    """One connection.

    `raw` is every octet read, inflated from where the server begins to compress, and `wire` how many came over the wire.
    `text` is the text in it with prompts marked by `PROMPT`; `mark` is where the text begins that no caller has seen yet.
    `offers` lists what the server asked and offered, in order, as (verb, option).
    """

    PROMPT = "\x04"

    def __init__(self, port, window=None, accept=(), host="127.0.0.1", answers=True, tls=None):
        self.raw = bytearray()
        self.wire = 0
        self.text = ""
        self.mark = 0
        self.offers = []
        self.hides_input = False
        self.is_open = True
        self._pending = bytearray()
        self._inflater = None
        self._window = window
        self._accept = set(accept) | ({NAWS} if window else set())
        self._answers = answers
        self._enabled = set()
        self._markers = 0
        self.socket = socket.create_connection((host, port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._is_tls = tls is not None
        if self._is_tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname=host)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def fileno(self):
        return self.socket.fileno()

    def close(self):
        self.is_open = False
        self.socket.close()

    def abort(self):
        """Closes with a reset, as a vanished machine does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.close()

    # Sending

    def send(self, octets):
        try:
            self.socket.sendall(octets)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Disconnected from error

    def line(self, text):
        self.send(text.encode() + b"\r\n")

    # Receiving

    def pump(self, timeout):
        """Reads once what is there within `timeout` seconds; says whether anything came."""
        # What TLS has decrypted already makes the socket readable to nobody.
        is_there = self._is_tls and self.socket.pending()
        if not is_there and not select.select([self.socket], [], [], timeout)[0]:
            return False
        self.take()
        return True

    def take(self):
        """Reads what is there; for a socket that is known to be readable."""
        try:
            octets = self.socket.recv(65536)
        except ConnectionResetError:
            octets = b""
        if not octets:
            self.is_open = False
            return
        self.wire += len(octets)
        self._accept_octets(octets)

    def _accept_octets(self, octets):
        while octets:
            plain = self._inflater.decompress(octets) if self._inflater else octets
            octets = self._inflater.unused_data if self._inflater else b""
            if self._inflater and self._inflater.eof:
                self._inflater = None
            self.raw += plain
            self._pending += plain
            if compressed := self._digest():
                del self.raw[-len(compressed) :]
                octets = compressed + octets

    def drain(self):
        """Reads to the end of the connection."""
        while self.is_open:
            if not self.pump(PATIENCE):
                raise TimeoutError("the connection stays open and silent")

    def _digest(self):
        """Reads what is pending; returns what follows the begin of compression, if that is in it."""
        pending = self._pending
        at = 0
        text = bytearray()
        compressed = b""
        while at < len(pending):
            command = pending.find(IAC, at)
            if command < 0:
                text += pending[at:]
                at = len(pending)
                break
            text += pending[at:command]
            at = command
            end = self._command_end(pending, at)
            if end is None:
                break
            verb = pending[at + 1]
            if verb == IAC:
                text.append(IAC)
            elif verb in (GA, EOR):
                text += self.PROMPT.encode()
            elif verb in (WILL, WONT, DO, DONT):
                self._negotiate(verb, pending[at + 2])
            at = end
            if pending[command:end] == bytes([IAC, SB, MCCP2, IAC, SE]):
                self._inflater = zlib.decompressobj()
                compressed = bytes(pending[end:])
                del pending[end:]
        # A character may be split between two reads; its first octets wait with the rest.
        keep = _incomplete_tail(text) if at == len(pending) else 0
        self.text += text[: len(text) - keep].decode("utf-8", "replace")
        self._pending = bytearray(text[len(text) - keep :]) if keep else pending[at:]
        return compressed

    @staticmethod
    def _command_end(octets, at):
        if at + 1 >= len(octets):
            return None
        verb = octets[at + 1]
        if verb in (WILL, WONT, DO, DONT):
            return at + 3 if at + 2 < len(octets) else None
        if verb != SB:
            return at + 2
        end = octets.find(bytes([IAC, SE]), at + 2)
        return None if end < 0 else end + 2

    def _negotiate(self, verb, option):
        self.offers.append((verb, option))
        if option == ECHO and verb in (WILL, WONT):
            self.hides_input = verb == WILL
        if not self._answers:
            return
        wanted = option == ECHO or option in self._accept
        on, key = verb in (WILL, DO), (verb in (WILL, WONT), option)
        if on and wanted and key not in self._enabled:
            self._enabled.add(key)
            self._reply(DO if verb == WILL else WILL, option)
            if option == NAWS:
                self.resize(*self._window)
        elif on and not wanted:
            self._reply(DONT if verb == WILL else WONT, option)
        elif not on and key in self._enabled:
            self._enabled.discard(key)
            self._reply(DONT if verb == WONT else WONT, option)

    def _reply(self, verb, option):
        try:
            self.send(bytes([IAC, verb, option]))
        except Disconnected:
            self.is_open = False

    def resize(self, width, height):
        size = width.to_bytes(2, "big") + height.to_bytes(2, "big")
        self.send(bytes([IAC, SB, NAWS]) + size.replace(b"\xff", b"\xff\xff") + bytes([IAC, SE]))

    # Waiting

    def read_until(self, pattern, patience=PATIENCE):
        """Returns the text from the mark to the end of what matches, and moves the mark behind it."""
        pattern = re.compile(pattern)
        deadline = time.monotonic() + patience
        while True:
            match = pattern.search(self.text, self.mark)
            if match:
                seen = self.text[self.mark : match.end()]
                self.mark = match.end()
                return seen.replace(self.PROMPT, "")
            if not self.is_open:
                raise Disconnected(f"waiting for {pattern.pattern!r}; read {self.text[self.mark:][-500:]!r}")
            if not self.pump(max(0, deadline - time.monotonic())) and time.monotonic() >= deadline:
                raise TimeoutError(f"waiting for {pattern.pattern!r}; read {self.text[self.mark:][-500:]!r}")

    def read_prompt(self, prompt=""):
        """Reads until a prompt of that text, the GA or EOR behind it included."""
        return self.read_until(re.escape(prompt) + self.PROMPT)

    def unread(self):
        """What came behind the mark so far, which moves to its end."""
        seen, self.mark = self.text[self.mark :], len(self.text)
        return seen.replace(self.PROMPT, "")

    # Playing

    def log_in(self, name, password):
        self.read_prompt("Name: ")
        self.line(name)
        self.read_prompt("Password: ")
        self.line(password)
        return self.read_prompt("> ")

    def create(self, name, password, screen_reader="no"):
        self.read_prompt("Name: ")
        self.line(f"new {name}")
        self.read_prompt("New password: ")
        self.line(password)
        self.read_prompt("The same again: ")
        self.line(password)
        self.read_prompt("Yes or no (Enter is no): ")
        self.line(screen_reader)
        return self.read_until(rf"Welcome, {name}\.") + self.read_prompt("> ")

    def do(self, command):
        """Types a command and returns what was read until it was done.

        A remark with a number follows each command and its echo tells where the answer ends; what other people do
        meanwhile is in between.
        """
        self._markers += 1
        marker = f"marker {self._markers}"
        self.line(f"{command}\r\nsay {marker}")
        seen = self.read_until(rf'You say, "{marker}\.?"')
        return seen[: seen.rindex("You say")]

    def quit(self):
        self.line("quit")
        self.drain()
        self.close()


def _incomplete_tail(octets):
    """How many octets at the end begin a UTF-8 character without ending it."""
    for length in range(1, min(3, len(octets)) + 1):
        lead = octets[-length]
        if lead & 0xC0 == 0x80:
            continue
        needed = 2 if lead & 0xE0 == 0xC0 else 3 if lead & 0xF0 == 0xE0 else 4 if lead & 0xF8 == 0xF0 else 1
        return length if needed > length else 0
    return 0
