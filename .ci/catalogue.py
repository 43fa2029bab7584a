"""Checks the message catalogues in `World/languages` against the sentences that the sources can say.

A sentence is a string literal; its key has `{1}`, `{2}` … for what is put in, and `<take>` for `\\(verb: "take")`. A key
of a catalogue has to be the key of some literal in the sources, one of the phrases for directions, or a word of the
world's content; and a translation may not speak of more than its key does.

    catalogue.py                   prints what does not fit
    catalogue.py --missing zh      prints sentences that the language does not have
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENTRY = re.compile(r'^  ("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*")$')
VERB = re.compile(r'\s*verb:\s*"([^"]*)"\s*$')
ESCAPES = {"n": "\n", '"': '"', "\\": "\\", "t": "\t", "'": "'", "0": "\0", "r": "\r"}


class Source:
    """Finds the string literals of a Swift file, those within interpolations too; each as its parts."""

    def __init__(self, text):
        self.text = text
        self.found = []
        place = 0
        while place < len(text):
            if text.startswith("//", place):
                end = text.find("\n", place)
                place = len(text) if end < 0 else end
            elif text[place] == '"':
                place = self.literal(place)
            else:
                place += 1

    def literal(self, place):
        """Reads a literal that begins here, and returns where it ends."""
        mark = '"""' if self.text.startswith('"""', place) else '"'
        place += len(mark)
        parts, words = [], ""
        while not self.text.startswith(mark, place):
            if self.text.startswith("\\(", place):
                end = self.interpolation(place + 2)
                parts += [words, (self.text[place + 2 : end - 1],)]
                words, place = "", end
            elif self.text.startswith("\\u{", place):
                end = self.text.index("}", place)
                words += chr(int(self.text[place + 3 : end], 16))
                place = end + 1
            elif self.text[place] == "\\" and self.text[place + 1] in ESCAPES:
                words += ESCAPES[self.text[place + 1]]
                place += 2
            else:
                words += self.text[place]
                place += 1
        parts.append(words)
        self.found.append(self.unwrapped(parts) if mark == '"""' else parts)
        return place + len(mark)

    def interpolation(self, place):
        depth = 1
        while depth:
            if self.text[place] == '"':
                place = self.literal(place)
                continue
            depth += {"(": 1, ")": -1}.get(self.text[place], 0)
            place += 1
        return place

    @staticmethod
    def unwrapped(parts):
        """A literal of several lines without its indentation and without the ends of lines that are joined."""
        indent = len(parts[-1]) - len(parts[-1].rstrip(" "))
        parts = [
            part if isinstance(part, tuple) else part.replace("\n" + " " * indent, "\n").replace("\\\n", "")
            for part in parts
        ]
        if isinstance(parts[0], str):
            parts[0] = parts[0].removeprefix("\n")
        parts[-1] = parts[-1].rstrip(" ").removesuffix("\n")
        return parts


def key(parts):
    text, number = "", 0
    for part in parts:
        if isinstance(part, str):
            text += part
        elif verb := VERB.match(part[0]):
            text += f"<{verb[1]}>"
        else:
            number += 1
            text += f"{{{number}}}"
    return text


def sentences():
    found = {}
    for folder in ["Sources/World", "Sources/Gateways/GatewayCore", "Sources/Gateways/SSHGateway", "Sources/Gateways/IRCGateway"]:
        for file in sorted((ROOT / folder).rglob("*.swift")):
            for parts in Source(file.read_text()).found:
                found.setdefault(key(parts), file.relative_to(ROOT))
            # Names of cases are their raw values.
            for names in re.findall(r"^ *case ((?:\w+, )*\w+)$", file.read_text(), re.M):
                for name in names.split(", "):
                    found.setdefault(name, None)
    compass = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"]
    for direction in compass:
        for phrase in [direction, f"from the {direction}", f"to the {direction}"]:
            found.setdefault(phrase, None)
    return found


def messages(code):
    for file in sorted((ROOT / "World/languages" / code).rglob("*.yaml")):
        isMessages = False
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if line and not line.startswith((" ", "#")):
                isMessages = line == "messages:"
            elif isMessages and (entry := ENTRY.match(line)):
                yield f"{file.relative_to(ROOT)}:{number}", json.loads(entry[1]), json.loads(entry[2])


def main():
    known = sentences()
    # In the files a paragraph has line ends where it is read with spaces.
    content = " ".join(
        word
        for file in sorted((ROOT / "World").rglob("*.yaml"))
        if "languages" not in file.parts
        for word in file.read_text().split()
    )
    if "--missing" in sys.argv:
        have = {english for _, english, _ in messages(sys.argv[-1])}
        for text, file in known.items():
            words = re.sub(r"<\w+>|{\d+}", "", text)
            if file and text not in have and re.search("[a-z]{2}", words) and (" " in text or "<" in text):
                print(f"{file}: {text!r}")
        return 0
    failed = False
    for folder in sorted((ROOT / "World/languages").iterdir()):
        if not folder.is_dir():
            continue
        for place, english, translation in messages(folder.name):
            if english not in known and english not in content:
                print(f'{place}: nothing says "{english}"')
                failed = True
            extra = set(re.findall(r"{\d+}", translation)) - set(re.findall(r"{\d+}", english))
            if extra:
                print(f"{place}: the sentence has no {', '.join(sorted(extra))}")
                failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
