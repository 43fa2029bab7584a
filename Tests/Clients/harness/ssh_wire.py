"""A client of SSH that is told each message, so that it can send those that no honest client would send.

It knows one method of each kind: curve25519-sha256, ssh-ed25519, aes256-gcm@openssh.com.
"""

import hashlib
import os
import select
import socket
import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from harness.telnet import PATIENCE, Disconnected

DISCONNECT, IGNORE, UNIMPLEMENTED, DEBUG, SERVICE_REQUEST, SERVICE_ACCEPT, EXT_INFO = 1, 2, 3, 4, 5, 6, 7
KEXINIT, NEWKEYS, KEX_VALUE, KEX_REPLY = 20, 21, 30, 31
LOGIN, LOGIN_FAILURE, LOGIN_SUCCESS, BANNER, QUESTIONS, ANSWERS = 50, 51, 52, 53, 60, 61
GLOBAL, OPEN, CONFIRMATION, REFUSAL, ADJUST, DATA = 80, 90, 91, 92, 93, 94
EOF, CLOSE, REQUEST, SUCCESS, FAILURE = 96, 97, 98, 99, 100
# ping@openssh.com.
PING, PONG = 192, 193

STRICT = b"kex-strict-c-v00@openssh.com"
MOST = 0xFFFF_FFFF


def u32(number):
    return struct.pack(">I", number)


def u64(number):
    return struct.pack(">Q", number)


def string(octets):
    return u32(len(octets)) + octets


def mpint(octets):
    octets = octets.lstrip(b"\0")
    return string(b"\0" + octets if octets and octets[0] & 0x80 else octets)


def message(number, *fields):
    """A payload: integers become uint32, texts and octets strings, truths booleans."""
    payload = bytes([number])
    for field in fields:
        if isinstance(field, bool):
            payload += bytes([field])
        elif isinstance(field, int):
            payload += u32(field)
        else:
            payload += string(field.encode() if isinstance(field, str) else field)
    return payload


def in_the_clear(payload):
    """The packet of a message before there are keys."""
    padding = 4 + -(5 + len(payload) + 4) % 8
    return u32(1 + len(payload) + padding) + bytes([padding]) + payload + bytes(padding)


class Fields:
    """Reads a payload from behind its number."""

    def __init__(self, payload, at=1):
        self.payload = payload
        self.at = at

    def take(self, count):
        assert self.at + count <= len(self.payload), "a message of the server ends in the middle of a field"
        self.at += count
        return self.payload[self.at - count : self.at]

    def u32(self):
        return struct.unpack(">I", self.take(4))[0]

    def string(self):
        return self.take(self.u32())

    def names(self):
        return self.string().decode().split(",")

    def boolean(self):
        return self.take(1) != b"\0"


class Seal:
    """aes256-gcm@openssh.com in one direction."""

    def __init__(self, key, nonce):
        self._cipher = AESGCM(key)
        self._fixed = nonce[:4]
        self._counter = int.from_bytes(nonce[4:])

    def _nonce(self):
        self._counter += 1
        return self._fixed + ((self._counter - 1) % (1 << 64)).to_bytes(8)

    def seal(self, length, plain):
        return length + self._cipher.encrypt(self._nonce(), plain, length)

    def open(self, length, sealed):
        return self._cipher.decrypt(self._nonce(), sealed, length)


class Wire:
    """One connection, with a receive buffer of `buffer` octets.

    `source` is whom a proxy would say it speaks for, at a door that believes it.
    """

    def __init__(self, port, source=None, greets=True, buffer=None):
        self.port = port
        self.socket = socket.socket()
        self.socket.settimeout(PATIENCE)
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.is_open = True
        self.version = b"SSH-2.0-Harness"
        self.server_version = None
        self.session = None
        self.host_key = None
        # What the server sent before it could be expected, such as data during a key exchange.
        self.early = []
        # The reason and the text of the server's DISCONNECT.
        self.goodbye = None
        self._data = []
        self._input = b""
        self._sealing = self._opening = None
        if source:
            self.send(f"PROXY TCP4 {source} 127.0.0.1 40000 22\r\n".encode())
        if greets:
            self.greet()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def fileno(self):
        return self.socket.fileno()

    def close(self):
        self.is_open = False
        self.socket.close()

    # Octets

    def send(self, octets):
        try:
            self.socket.sendall(octets)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Disconnected from error

    def pump(self, timeout):
        """Reads once what is there within `timeout` seconds; says whether anything came."""
        if not select.select([self.socket], [], [], timeout)[0]:
            return False
        try:
            octets = self.socket.recv(1 << 18)
        except ConnectionResetError:
            octets = b""
        self.is_open = bool(octets)
        self._input += octets
        return True

    def forget(self):
        """Drops what came, for whoever reads no message from then on."""
        self._input = b""

    def _take(self, count):
        while len(self._input) < count:
            if not self.is_open:
                raise Disconnected
            if not self.pump(PATIENCE):
                raise TimeoutError("the server says nothing, and does not close the connection")
        octets, self._input = self._input[:count], self._input[count:]
        return octets

    def _line(self):
        line = b""
        while not line.endswith(b"\n"):
            line += self._take(1)
        return line.rstrip(b"\r\n")

    # Packets

    def greet(self):
        self.send(self.version + b"\r\n")
        self.server_version = self._line()

    def packet(self, payload, length=None):
        """The octets of a packet; a `length` of one's own need not fit."""
        block = 16 if self._sealing else 8
        head = 1 if self._sealing else 5
        padding = 4 + -(head + len(payload) + 4) % block
        plain = bytes([padding]) + payload + bytes(padding)
        return self.seal(plain, length)

    def seal(self, plain, length=None):
        """The octets of a packet of which one makes the padding too."""
        told = u32(len(plain) if length is None else length)
        return self._sealing.seal(told, plain) if self._sealing else told + plain

    def put(self, *payloads):
        self.send(b"".join(self.packet(payload) for payload in payloads))

    def next(self):
        """The next message, whatever it is but DISCONNECT."""
        length = self._take(4)
        count = int.from_bytes(length)
        assert 6 <= count <= 262_144, f"a packet of {count} octets"
        if self._opening:
            plain = self._opening.open(length, self._take(count + 16))
        else:
            plain = self._take(count)
        payload = plain[1 : len(plain) - plain[0]]
        if payload[0] == DISCONNECT:
            fields = Fields(payload)
            self.goodbye = fields.u32(), fields.string().decode()
            raise Disconnected(self.goodbye[1])
        return payload

    def take(self, *numbers):
        """The next message with one of these numbers; announcements are skipped, and data is kept for whoever asks for it."""
        if DATA in numbers and self._data:
            return self._data.pop(0)
        while True:
            payload = self.early.pop(0) if self.early else self.next()
            if payload[0] in numbers:
                return payload
            if payload[0] == DATA:
                self._data.append(payload)
                continue
            # hostkeys-00@openssh.com, the banner, extensions.
            assert payload[0] in (IGNORE, DEBUG, EXT_INFO, BANNER, GLOBAL, ADJUST), f"message {payload[0]} came unasked"

    def expect_end(self):
        """Reads until the server closes; returns the reason of its DISCONNECT, or None when it gave none."""
        try:
            while True:
                self.next()
        except Disconnected:
            self.expect_close()
            return self.goodbye and self.goodbye[0]

    def expect_close(self):
        """Reads until the server closes, whatever comes."""
        while self.is_open:
            assert self.pump(PATIENCE), "the connection stays open"
            self._input = b""

    def is_turned_away(self):
        """Whether the server closes without having said who it is."""
        while self.is_open and b"\n" not in self._input:
            assert self.pump(PATIENCE), "the server neither greets nor closes"
        return b"\n" not in self._input

    def answers_ping(self):
        """Whether the server goes on: everything before was read and did no harm."""
        self.put(message(PING, b"still there?"))
        while (payload := self.next())[0] != PONG:
            self.early.append(payload)
        return Fields(payload).string() == b"still there?"

    # Key exchange

    def offer(self, strict=True, ahead=b""):
        """Offers what is known; `ahead` goes before it, at once."""
        names = [b"curve25519-sha256" + (b"," + STRICT if strict else b""), b"ssh-ed25519"]
        names += [b"aes256-gcm@openssh.com"] * 2 + [b"hmac-sha2-256-etm@openssh.com"] * 2 + [b"none"] * 2 + [b"", b""]
        self._offered = bytes([KEXINIT]) + os.urandom(16) + b"".join(map(string, names)) + b"\0" + u32(0)
        self.put(*filter(None, (ahead, self._offered)))

    def take_offer(self):
        """What the server offers: lists of names in the order of RFC 4253."""
        while True:
            payload = self.next()
            if payload[0] == KEXINIT:
                break
            self.early.append(payload)
        self._taken = payload
        fields = Fields(payload, 17)
        return [fields.names() for _ in range(8)]

    def send_value(self, value=None, ahead=b""):
        self._private = X25519PrivateKey.generate()
        self._value = self._private.public_key().public_bytes_raw()
        self.put(*filter(None, (ahead, message(KEX_VALUE, self._value if value is None else value))))

    def take_reply(self):
        """Checks that the server holds its key, and computes the new ones."""
        while (payload := self.next())[0] != KEX_REPLY:
            self.early.append(payload)
        fields = Fields(payload)
        self.host_key, value, signature = fields.string(), fields.string(), fields.string()
        secret = mpint(self._private.exchange(X25519PublicKey.from_public_bytes(value)))
        told = [self.version, self.server_version, self._offered, self._taken, self.host_key, self._value, value]
        digest = hashlib.sha256(b"".join(map(string, told)) + secret).digest()
        Ed25519PublicKey.from_public_bytes(self.host_key[-32:]).verify(signature[-64:], digest)
        self.session = self.session or digest

        def derive(letter, count):
            octets = hashlib.sha256(secret + digest + letter + self.session).digest()
            return octets[:count]

        self._next_sealing = Seal(derive(b"C", 32), derive(b"A", 12))
        self._next_opening = Seal(derive(b"D", 32), derive(b"B", 12))

    def confirm(self, ahead=b""):
        self.put(*filter(None, (ahead, bytes([NEWKEYS]))))
        self._sealing = self._next_sealing
        while (payload := self.next())[0] != NEWKEYS:
            self.early.append(payload)
        self._opening = self._next_opening

    def exchange(self):
        self.offer()
        self.take_offer()
        self.send_value()
        self.take_reply()
        self.confirm()
        return self

    # Login and channels

    def start_login(self):
        self.exchange()
        self.put(message(SERVICE_REQUEST, "ssh-userauth"))
        self.take(SERVICE_ACCEPT)
        return self

    def attempt(self, name, method, *fields):
        """Tries to come in; returns the answer: 51, 52, or 60 for questions, and for 60 with a key."""
        self.put(message(LOGIN, name, "ssh-connection", method, *fields))
        return self.take(LOGIN_FAILURE, LOGIN_SUCCESS, QUESTIONS)

    def come_in(self, name="guest", password=None):
        """Comes in as a guest, or as somebody who has that password."""
        self.start_login()
        answer = self.attempt(name, "none") if password is None else self.attempt(name, "password", False, password)
        assert answer[0] == LOGIN_SUCCESS, answer
        return self

    def open(self, number=0, window=1 << 20, packet=32768):
        """Opens a session; returns the server's number of the channel."""
        self.put(message(OPEN, "session", number, window, packet))
        answer = self.take(CONFIRMATION, REFUSAL)
        assert answer[0] == CONFIRMATION, answer
        fields = Fields(answer)
        assert fields.u32() == number
        return fields.u32()

    def ask(self, channel, kind, *fields):
        self.put(message(REQUEST, channel, kind, True, *fields))
        return self.take(SUCCESS, FAILURE)[0] == SUCCESS
