"""Real clients behind one face: `type` a line, `expect` a pattern, `expect_end` of the connection, `close`."""

import asyncio
import os
import re
import shutil
import tempfile

import pexpect
import telnetlib3
from harness.telnet import PATIENCE


# Colours and other sequences of a terminal, which may stand between any two words.
SEQUENCE = r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>78])"


def spaced(pattern):
    """The pattern, with line ends and terminal sequences allowed where it has a space."""
    return pattern.replace(" ", rf"(?:\s|{SEQUENCE})+")


def program(*names):
    for name in names:
        found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/games")
        if found:
            return found
    raise FileNotFoundError(f"none of {', '.join(names)} is installed; run .ci/setup test")


class Pseudoterminal:
    """A client program under a terminal of 160 columns."""

    def __init__(self, *words, environment=None):
        self.transcript = tempfile.TemporaryFile("w+")
        self.child = pexpect.spawn(
            words[0], list(words[1:]), encoding="utf-8", codec_errors="replace", timeout=PATIENCE,
            dimensions=(60, 160), env={**os.environ, "TERM": "xterm", **(environment or {})})
        # pexpect pauses before each line it types; nothing here needs that.
        self.child.delaybeforesend = None
        self.child.logfile_read = self.transcript

    def type(self, line):
        self.child.send(line + "\r")

    def expect(self, pattern):
        self.child.expect(spaced(pattern))

    def seen(self):
        """Everything that stood on the screen."""
        self.transcript.flush()
        self.transcript.seek(0)
        text = self.transcript.read()
        self.transcript.seek(0, os.SEEK_END)
        return text

    def close(self):
        self.child.close(force=True)
        self.transcript.close()


class DebianTelnet(Pseudoterminal):
    """`telnet` of inetutils."""

    def __init__(self, port):
        super().__init__(program("inetutils-telnet", "telnet"), "127.0.0.1", str(port))

    def type_secret(self, line):
        # The terminal's own echo goes off when the server's IAC WILL ECHO has come through the client.
        assert self.child.waitnoecho(PATIENCE), "telnet still shows what is typed"
        self.type(line)

    def expect_end(self):
        self.child.expect("Connection closed by foreign host")
        self.child.expect(pexpect.EOF)


class TinTin(Pseudoterminal):
    """`tt++`, the MUD client."""

    def __init__(self, port):
        # Its own folder keeps a user's settings out.
        self.home = tempfile.TemporaryDirectory(prefix="mudd-tt-")
        super().__init__(program("tt++"), "-G", environment={"HOME": self.home.name})
        self.type(f"#session mud 127.0.0.1 {port}")

    def type_secret(self, line):
        self.type(line)

    def expect_end(self):
        self.child.expect("SESSION 'mud' DIED|DISCONNECTED|SESSION.*TERMINATED")

    def close(self):
        super().close()
        self.home.cleanup()


class Telnetlib3:
    """telnetlib3's client, with its own loop."""

    def __init__(self, port):
        self.loop = asyncio.new_event_loop()
        self.text = ""
        self.transcript = ""
        self.reader, self.writer = self.loop.run_until_complete(
            telnetlib3.open_connection(
                "127.0.0.1", port, encoding="utf8", term="xterm", cols=160, rows=60, connect_minwait=0,
                connect_maxwait=PATIENCE))

    def type(self, line):
        self.writer.write(line + "\r\n")
        self.loop.run_until_complete(self.writer.drain())

    def type_secret(self, line):
        self.type(line)

    def expect(self, pattern):
        async def read():
            while not (match := re.search(spaced(pattern), self.text)):
                more = await self.reader.read(4096)
                assert more, f"the connection closed while waiting for {pattern!r}; read {self.text[-500:]!r}"
                self.text += more
                self.transcript += more
            self.text = self.text[match.end() :]

        self.loop.run_until_complete(asyncio.wait_for(read(), PATIENCE))

    def expect_end(self):
        async def read():
            while await self.reader.read(4096):
                pass

        self.loop.run_until_complete(asyncio.wait_for(read(), PATIENCE))

    def seen(self):
        return self.transcript

    def close(self):
        self.writer.close()
        pending = asyncio.all_tasks(self.loop)
        for task in pending:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        self.loop.close()
