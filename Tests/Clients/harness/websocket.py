"""A client of WebSockets that sends octets as they are told, to try what no library would send.

The masks are zero: what is masked so is sent as it is, and servers may not mind.
"""

import base64
import os
import socket
import struct

from harness.telnet import PATIENCE, Disconnected

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10


def frame(opcode, payload=b"", final=True, masked=True, reserved=0):
    """The octets of a frame as clients send them."""
    head = bytes([(0x80 if final else 0) | reserved << 4 | opcode])
    mask = 0x80 if masked else 0
    if len(payload) < 126:
        head += bytes([mask | len(payload)])
    elif len(payload) < 65536:
        head += struct.pack("!BH", mask | 126, len(payload))
    else:
        head += struct.pack("!BQ", mask | 127, len(payload))
    return head + (bytes(4) if masked else b"") + payload


class WebSocketClient:
    """One connection; nothing is sent by itself, and no Ping answered."""

    def __init__(self, port, host="127.0.0.1"):
        self.socket = socket.create_connection((host, port), timeout=PATIENCE)
        self.key = base64.b64encode(os.urandom(16)).decode()
        self._pending = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, octets):
        try:
            self.socket.sendall(octets)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Disconnected from error

    def ask(self, *fields, first="GET / HTTP/1.1", without=()):
        """Sends a request to open, and returns the status and the fields of the answer."""
        lines = {
            "Host": "a.example", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": self.key,
            "Sec-WebSocket-Version": "13"}
        text = first + "\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items() if name not in without)
        self.send((text + "".join(field + "\r\n" for field in fields) + "\r\n").encode())
        return self.answer()

    def answer(self):
        """The status and the fields of a response."""
        while b"\r\n\r\n" not in self._pending:
            self._more()
        head, _, self._pending = self._pending.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        return int(first.split()[1]), fields

    def _more(self):
        try:
            octets = self.socket.recv(65536)
        except ConnectionResetError:
            octets = b""
        if not octets:
            raise Disconnected
        self._pending += octets

    def frame(self):
        """The next frame of the server: its opcode and payload."""
        while len(self._pending) < 2:
            self._more()
        assert self._pending[0] & 0x70 == 0 and self._pending[1] & 0x80 == 0, self._pending[:2]
        length, start = self._pending[1], 2
        if length > 125:
            start = 4 if length == 126 else 10
            while len(self._pending) < start:
                self._more()
            length = int.from_bytes(self._pending[2:start], "big")
        while len(self._pending) < start + length:
            self._more()
        opcode, payload = self._pending[0], self._pending[start : start + length]
        assert opcode & 0x80, "servers have no reason to fragment"
        self._pending = self._pending[start + length :]
        return opcode & 0x0F, payload

    def close_code(self):
        """The code of the Close that comes next, whatever comes before it; 0 for none."""
        while True:
            opcode, payload = self.frame()
            if opcode == CLOSE:
                return int.from_bytes(payload[:2], "big")

    def is_ended(self):
        """Whether the server closes the connection in time."""
        try:
            while True:
                self._pending = b""
                self._more()
        except Disconnected:
            return True
        except TimeoutError:
            return False
