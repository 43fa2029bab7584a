"""Somebody on the way between a client and a server of SSH."""

import socket
import threading

from harness.ssh_wire import NEWKEYS
from harness.telnet import PATIENCE


class Middle(threading.Thread):
    """Somebody on the way who may change all of the unprotected key exchange.

    `spoil` is told where each packet goes ("client" or "server"), the number of its message, and its octets; it returns what
    goes on.
    """

    def __init__(self, port, spoil):
        super().__init__(daemon=True)
        self._target = port
        self._spoil = spoil
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.touched = 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        # A connection of one's own ends the wait for another.
        with socket.socket() as last:
            last.connect(("127.0.0.1", self.port))
        self._listener.close()
        self.join(PATIENCE)

    def run(self):
        client, _ = self._listener.accept()
        with client, socket.create_connection(("127.0.0.1", self._target)) as server:
            pipes = [threading.Thread(target=self._pipe, args=ends, daemon=True)
                     for ends in ((client, server, "server"), (server, client, "client"))]
            for pipe in pipes:
                pipe.start()
            for pipe in pipes:
                pipe.join(PATIENCE)

    def _pipe(self, source, target, direction):
        try:
            self._copy(source, target, direction)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _copy(self, source, target, direction):
        reader = source.makefile("rb")
        target.sendall(reader.readline())
        number = None
        while number != NEWKEYS:
            length = reader.read(4)
            packet = reader.read(int.from_bytes(length))
            if len(packet) < 2:
                return
            number = packet[1]
            spoilt = self._spoil(direction, number, length + packet)
            self.touched += spoilt != length + packet
            target.sendall(spoilt)
        while octets := reader.read1(65536):
            target.sendall(octets)
