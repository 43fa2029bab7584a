"""Clients of IRC: one that shows every line, irssi under a pseudoterminal, and WeeChat without a screen.

`IRCServer` is a game whose IRC door is open on a free port.
"""

import base64
import os
import pathlib
import re
import select
import socket
import subprocess
import tempfile
import time

from harness.server import ANY_PORT, Server
from harness.telnet import PATIENCE, Disconnected
from harness.terminals import Pseudoterminal, program


class IRCServer(Server):
    """A server whose IRC door is open on a free port; what clients send is not held back unless the options say so."""

    def __init__(self, data, options=(), door=ANY_PORT, **others):
        super().__init__(data, options=["--irc", door, *options], **others)
        self.irc_port = None

    def start(self):
        super().start()
        self.irc_port = int(re.search(r"\birc\s+\S+:(\d+)\s", self.table)[1])
        return self


class Line:
    """One line: `tags`, `source`, `command` and `words`, its parameters."""

    def __init__(self, text):
        self.text = text
        rest = text
        self.tags = {}
        if rest.startswith("@"):
            tags, _, rest = rest[1:].partition(" ")
            for tag in tags.split(";"):
                key, _, value = tag.partition("=")
                self.tags[key] = re.sub(
                    r"\\(.?)", lambda m: {":": ";", "s": " ", "r": "\r", "n": "\n"}.get(m[1], m[1]), value)
        self.source = ""
        rest = rest.lstrip(" ")
        if rest.startswith(":"):
            self.source, _, rest = rest[1:].partition(" ")
        middle, colon, last = rest.partition(" :")
        self.command, *self.words = middle.split()
        if colon:
            self.words.append(last)

    @property
    def nick(self):
        return self.source.partition("!")[0]

    def __repr__(self):
        return self.text


class IRCClient:
    """One connection; `lines` is all that came, `mark` the first line that no caller has seen yet."""

    def __init__(self, port, host="127.0.0.1", tls=None, source=None):
        self.socket = socket.create_connection((host, port), timeout=PATIENCE, source_address=source and (source, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname=host)
        self.lines = []
        self.mark = 0
        self.is_open = True
        self.nick = "*"
        self._pending = b""
        self._markers = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.is_open = False
        self.socket.close()

    def abort(self):
        """Closes with a reset, as a vanished machine does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.close()

    # Sending

    def send(self, *lines):
        try:
            self.socket.sendall("".join(line + "\r\n" for line in lines).encode())
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Disconnected from error

    # Receiving

    def pump(self, timeout):
        """Reads once what is there within `timeout` seconds; says whether anything came."""
        pending = getattr(self.socket, "pending", lambda: 0)()
        if not self.is_open or not pending and not select.select([self.socket], [], [], max(0, timeout))[0]:
            return False
        try:
            octets = self.socket.recv(65536)
        except ConnectionResetError:
            octets = b""
        if not octets:
            self.is_open = False
            return True
        *whole, self._pending = (self._pending + octets).split(b"\r\n")
        for line in whole:
            # What would end a line for some client must not stand inside one.
            assert not {0, 10, 13} & set(line), line
            self.lines.append(Line(line.decode()))
            if line.startswith(b"PING "):
                self.send("PONG " + line.decode()[5:])
        return True

    def read(self, wanted, patience=PATIENCE):
        """Returns the next line that `wanted` holds for, and moves the mark behind it.

        `wanted` is a function, or a pattern that is searched for in the whole line.
        """
        test = wanted if callable(wanted) else lambda line: re.search(wanted, line.text)
        deadline = time.monotonic() + patience
        at = self.mark
        while True:
            while at < len(self.lines):
                at += 1
                if test(self.lines[at - 1]):
                    self.mark = at
                    return self.lines[at - 1]
            recent = "\n".join(line.text for line in self.lines[self.mark :][-15:])
            if not self.is_open:
                raise Disconnected(f"waiting for {wanted!r}; read\n{recent}")
            if time.monotonic() >= deadline:
                raise TimeoutError(f"waiting for {wanted!r}; read\n{recent}")
            self.pump(min(1, deadline - time.monotonic()))

    def command(self, command, *words):
        """The next line of that command or numeric whose parameters begin with these words."""
        return self.read(
            lambda line: line.command == command
            and [word.casefold() for word in line.words[: len(words)]] == [word.casefold() for word in words])

    def numeric(self, number):
        return self.command(f"{number:03}")

    def settle(self):
        """Everything that came until the server had done what was sent before; the mark moves behind it.

        The fence is a question about nobody; the second one comes behind what others are told at the end of a pass.
        """
        before, fences = self.mark, []
        for _ in range(2):
            self._markers += 1
            mask = f"fence{self._markers}"
            self.send(f"WHO {mask}")
            fences.append(self.command("315", self.nick, mask))
        return [line for line in self.lines[before : self.mark] if line not in fences]

    def do(self, *lines):
        """Sends lines and returns what came of them."""
        self.send(*lines)
        return self.settle()

    def drain(self):
        """Reads to the end of the connection."""
        deadline = time.monotonic() + PATIENCE
        while self.is_open:
            self.pump(1)
            assert time.monotonic() < deadline, "the connection stays open"

    # Coming in

    def register(self, nick, password=None, caps=(), sasl=True):
        """Comes in, with a password by SASL or as PASS, and reads on to the end of the message of the day."""
        caps = list(caps) + (["sasl"] if password and sasl else [])
        if caps or sasl:
            self.send("CAP LS 302")
        if password and not sasl:
            self.send(f"PASS :{password}")
        self.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        if caps:
            self.send("CAP REQ :" + " ".join(caps))
            self.read(r" CAP \S+ (ACK|NAK) ")
        if password and sasl:
            self.send("AUTHENTICATE PLAIN")
            self.command("AUTHENTICATE", "+")
            self.send("AUTHENTICATE " + base64.b64encode(f"\0{nick}\0{password}".encode()).decode())
            self.read(r" (903|904) ")
        if caps or sasl:
            self.send("CAP END")
        self.nick = self.numeric(1).words[0]
        self.read(r" (376|422) ")
        return self


class Irssi(Pseudoterminal):
    """`irssi` under a terminal, with a folder of its own; `script` is what it does at its start."""

    def __init__(self, port, nick, password=None):
        self.home = tempfile.TemporaryDirectory(prefix="mudd-irssi-")
        login = f'sasl_mechanism = "PLAIN"; sasl_username = "{nick}"; sasl_password = "{password}";' if password else ""
        pathlib.Path(self.home.name, "config").write_text(f"""
servers = ({{ address = "127.0.0.1"; chatnet = "mud"; port = "{port}"; autoconnect = "yes"; use_tls = "no"; }});
chatnets = {{ mud = {{ type = "IRC"; nick = "{nick}"; {login} }}; }};
settings = {{
  core = {{ real_name = "{nick}"; user_name = "{nick}"; nick = "{nick}"; }};
  "fe-common/core" = {{ term_charset = "utf-8"; autolog = "no"; }};
}};
""")
        super().__init__(
            program("irssi"), "--home", self.home.name, environment={"HOME": self.home.name, "LC_ALL": "C.UTF-8"})

    def close(self):
        super().close()
        self.home.cleanup()


class WeeChat:
    """`weechat-headless`, which is told what to do by a pipe and keeps what it shows in files."""

    def __init__(self, port, nick, password=None, join=(), mechanism="plain"):
        self.home = tempfile.TemporaryDirectory(prefix="mudd-wee-")
        folder = pathlib.Path(self.home.name)
        self.logs, self.pipe = folder / "logs", folder / "pipe"
        self._marks = {}
        commands = [
            "/set weechat.startup.display_version off", f"/set fifo.file.path {self.pipe}", "/fifo enable",
            f"/set logger.file.path {self.logs}", "/set logger.file.flush_delay 0", "/set logger.level.irc 9",
            "/set logger.file.mask $plugin.$name.log", "/set logger.file.name_lower_case off",
            "/set irc.look.smart_filter off", "/set irc.look.server_buffer independent",
            f"/server add mud 127.0.0.1/{port} -notls -nicks={nick}",
        ]
        if password:
            commands += [
                f"/set irc.server.mud.sasl_mechanism {mechanism}", f"/set irc.server.mud.sasl_username {nick}",
                f"/set irc.server.mud.sasl_password {password}"]
        if join:
            commands.append(f"/set irc.server.mud.autojoin {','.join(join)}")
        commands.append("/connect mud")
        words = [program("weechat-headless"), "--dir", str(folder)]
        for command in commands:
            words += ["--run-command", command]
        self.process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": self.home.name, "LC_ALL": "C.UTF-8"})

    def log(self, buffer):
        """The file in which the lines of a buffer stand: `server.mud`, `mud.#chat`, `mud.Ben`."""
        return self.logs / f"irc.{buffer}.log"

    def type(self, line, buffer="server.mud"):
        deadline = time.monotonic() + PATIENCE
        while not self.pipe.exists():
            assert time.monotonic() < deadline, "WeeChat has no pipe"
            time.sleep(0.02)
        with open(self.pipe, "w") as pipe:
            pipe.write(f"irc.{buffer} *{line}\n")

    def expect(self, pattern, buffer="server.mud"):
        """Waits for a pattern in a buffer behind what was expected there before."""
        pattern = re.compile(pattern)
        deadline = time.monotonic() + PATIENCE
        while True:
            text = self.log(buffer).read_text(errors="replace") if self.log(buffer).exists() else ""
            match = pattern.search(text, self._marks.get(buffer, 0))
            if match:
                self._marks[buffer] = match.end()
                return match
            assert time.monotonic() < deadline, f"waited for {pattern.pattern!r} in {buffer}; read {text[-800:]!r}"
            time.sleep(0.02)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.home.cleanup()
