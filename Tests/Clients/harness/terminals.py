"""Real clients behind one face: `type` a line, `expect` a pattern, `expect_end` of the connection, `close`."""

import asyncio
import os
import pathlib
import re
import shutil
import sys
import tempfile
import time

import pexpect
import telnetlib3
from harness.telnet import PATIENCE

# Colours, cursor movements, titles: what a terminal takes for orders and a reader does not see.
SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78DEHM])")
UNFINISHED = re.compile(r"\x1b[^\x1b]{0,80}\Z")


def program(*names):
    for name in names:
        found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/games")
        if found:
            return found
    raise FileNotFoundError(f"none of {', '.join(names)} is installed; run .ci/setup test")


class Screen:
    """What a client showed, without a terminal's sequences; `receive(seconds)` adds to `raw` or says False at the end."""

    def __init__(self):
        self.raw = ""
        self.mark = 0

    def seen(self):
        text = SEQUENCE.sub("", self.raw)
        return UNFINISHED.sub("", text)

    def expect(self, pattern):
        """Waits for a pattern behind what was expected before; a space in it is any white space."""
        pattern = re.compile(pattern.replace(" ", r"\s+"))
        deadline = time.monotonic() + PATIENCE
        while True:
            text = self.seen()
            match = pattern.search(text, self.mark)
            if match:
                self.mark = match.end()
                return match
            assert time.monotonic() < deadline, f"waited for {pattern.pattern!r}; read {text[self.mark:][-800:]!r}"
            assert self.receive(1), f"the end came before {pattern.pattern!r}; read {text[self.mark:][-800:]!r}"


class Pseudoterminal(Screen):
    """A client program under a terminal of 160 columns."""

    def __init__(self, *words, environment=None):
        super().__init__()
        self.child = pexpect.spawn(
            words[0], list(words[1:]), encoding="utf-8", codec_errors="replace", dimensions=(60, 160),
            env={**os.environ, "TERM": "xterm", **(environment or {})})
        # pexpect pauses before each line it types; nothing here needs that.
        self.child.delaybeforesend = None

    def receive(self, seconds):
        try:
            self.raw += self.child.read_nonblocking(65536, seconds)
        except pexpect.TIMEOUT:
            pass
        except pexpect.EOF:
            return False
        return True

    def type(self, line):
        self.child.send(line + "\r")

    def type_secret(self, line):
        self.type(line)

    def close(self):
        self.child.close(force=True)


class DebianTelnet(Pseudoterminal):
    """`telnet` of inetutils."""

    def __init__(self, port):
        super().__init__(program("inetutils-telnet", "telnet"), "127.0.0.1", str(port))

    def type_secret(self, line):
        # The terminal's own echo goes off when the server's IAC WILL ECHO has come through the client.
        assert self.child.waitnoecho(PATIENCE), "telnet still shows what is typed"
        self.type(line)

    def expect_end(self):
        self.expect("Connection closed by foreign host")


class TinTin(Pseudoterminal):
    """`tt++`, the MUD client; `script` is what a player's file of settings would say."""

    def __init__(self, port, script=""):
        # Its own folder keeps a user's settings out.
        self.home = tempfile.TemporaryDirectory(prefix="mudd-tt-")
        settings = pathlib.Path(self.home.name, "settings.tin")
        settings.write_text(script or "#nop")
        super().__init__(program("tt++"), "-G", str(settings), environment={"HOME": self.home.name})
        self.type(f"#session mud 127.0.0.1 {port}")

    def expect_end(self):
        self.expect("SESSION 'mud' (?:DIED|DISCONNECTED|TIMED OUT|CLOSED)")

    def close(self):
        super().close()
        self.home.cleanup()


class Telnetlib3Program(Pseudoterminal):
    """`telnetlib3-client`, which writes what it negotiates to a file."""

    def __init__(self, port, *options):
        self.folder = tempfile.TemporaryDirectory(prefix="mudd-t3-")
        self.log = pathlib.Path(self.folder.name, "log")
        super().__init__(
            str(pathlib.Path(sys.executable).with_name("telnetlib3-client")), "--logfile", str(self.log), "--loglevel",
            "debug", *options, "127.0.0.1", str(port))

    def type_secret(self, line):
        assert self.child.waitnoecho(PATIENCE), "telnetlib3-client still shows what is typed"
        self.type(line)

    def expect_end(self):
        deadline = time.monotonic() + PATIENCE
        while self.receive(1):
            assert time.monotonic() < deadline, "the connection stays open"

    def close(self):
        super().close()
        self.folder.cleanup()


class Telnetlib3(Screen):
    """telnetlib3's client, with its own loop."""

    def __init__(self, port):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.reader, self.writer = self.loop.run_until_complete(
            telnetlib3.open_connection(
                "127.0.0.1", port, encoding="utf8", term="xterm", cols=160, rows=60, connect_minwait=0,
                connect_maxwait=PATIENCE))

    def receive(self, seconds):
        try:
            more = self.loop.run_until_complete(asyncio.wait_for(self.reader.read(65536), seconds))
        except asyncio.TimeoutError:
            return True
        self.raw += more
        return bool(more)

    def type(self, line):
        self.writer.write(line + "\r\n")
        self.loop.run_until_complete(self.writer.drain())

    def type_secret(self, line):
        self.type(line)

    def expect_end(self):
        deadline = time.monotonic() + PATIENCE
        while self.receive(1):
            assert time.monotonic() < deadline, "the connection stays open"

    def close(self):
        self.writer.close()
        self.loop.run_until_complete(self.end_tasks())
        self.loop.close()

    @staticmethod
    async def end_tasks():
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
