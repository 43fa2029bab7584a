"""Checks the articles in the documentation catalogues (`*.docc`) and the links of comments against the sources.

A block of Swift code in an article is a copy of lines that are compiled, and says which:

    <!-- snippet: echo-protocol -->          in the article, right above the block
    // snippet: echo-protocol                in a source or a test, above the lines
    // snippet ends                          and below them

The lines of the source are the truth; `articles.py --fill` copies them into the articles. A symbol in two
backticks, as ``Reactor/callLater(_:fileID:line:_:)``, is the whole path of a public declaration, whose
function names carry their labels. In the comments of sources it is the end of the path of any declaration.
"""

import pathlib
import re
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGINNING = re.compile(r"\s*// snippet: ([\w-]+)$")
ENDING = re.compile(r"\s*// snippet ends$")
BLOCK = re.compile(r"^(?P<head>(?:<!-- snippet: (?P<name>[\w-]+) -->\n)?)```swift\n(?P<body>.*?)^```$", re.M | re.S)
SYMBOL = re.compile(r"(?<!`)``([^`\n]+)``(?!`)")
DECLARATION = re.compile(
    r"(?P<indent> *)(?:@\w+(?:\([^)]*\))? )*(?P<modifiers>(?:[a-z]+(?:\([a-z()]+\))? )*?)"
    r"(?P<kind>class|struct|enum|protocol|extension|func|var|let|init|case|subscript|typealias)\b ?(?P<rest>.*)"
)
TYPES = {"class", "struct", "enum", "protocol"}


def tracked(*patterns):
    listed = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT, text=True)
    return [ROOT / name for name in sorted(set(listed.splitlines())) if (ROOT / name).exists()]


def snippets(failures):
    found = {}
    for file in tracked("Sources/*.swift", "Tests/*.swift"):
        name = None
        lines = []
        for number, line in enumerate(file.read_text().splitlines(), 1):
            place = f"{file.relative_to(ROOT)}:{number}"
            if match := BEGINNING.match(line):
                if name or match[1] in found:
                    failures.append(f"{place}: snippet {match[1]} begins inside another or a second time")
                name, lines = match[1], []
            elif ENDING.match(line):
                if not name:
                    failures.append(f"{place}: a snippet ends that has not begun")
                    continue
                found[name] = (place, textwrap.dedent("\n".join(lines)).strip("\n") + "\n")
                name = None
            elif name:
                lines.append(line)
        if name:
            failures.append(f"{file.relative_to(ROOT)}: snippet {name} does not end")
    return found


def labels(text):
    """The labels of a parameter list that begins `text`, as `_:fileID:`; nil without one."""
    if not text.startswith("("):
        return None
    depth, part, parts = 0, "", []
    for character in text.replace("->", "  ").replace(" << ", "    "):
        if character in "([{<":
            depth += 1
            if depth == 1:
                continue
        elif character in ")]}>":
            depth -= 1
            if depth == 0:
                break
        if character == "," and depth == 1:
            parts.append(part)
            part = ""
        else:
            part += character
    parts.append(part)
    names = [re.match(r"\s*(?:@\w+\s+)*(\w+)(?:\s+\w+)?\s*:", part) for part in parts if part.strip()]
    return "".join(f"{name[1] if name else '_'}:" for name in names)


def names(kind, rest, following):
    """The names a declaration gives, as links write them."""
    if kind == "case":
        found = []
        for part in re.split(r",\s*(?![^(]*\))", rest.split(" = ")[0].rstrip(":")):
            match = re.match(r"`?(\w+)`?(\(.*)?", part.strip())
            if match:
                found.append(match[1] + (f"({labels(match[2])})" if match[2] else ""))
        return found
    if kind in {"init", "func", "subscript"}:
        match = re.match(r"(?:`?(\w+)`?)?[?]?(?:<[^(]*>)?(?=\()", rest)
        if not match:
            return []
        signature = rest[match.end():] + " ".join(line.strip() for line in following)
        return [f"{match[1] if kind == 'func' else kind}({labels(signature)})"]
    match = re.match(r"`?([\w.]+)`?", rest)
    return [match[1]] if match else []


def declarations():
    """The paths of everything public, and those of everything."""
    public, found = set(), set()
    for file in tracked("Sources/*.swift"):
        public.add(file.relative_to(ROOT).parts[2])
        lines = file.read_text().splitlines()
        # Formatting is checked elsewhere, so that the indentation tells what is inside what.
        stack = []
        for number, line in enumerate(lines):
            match = DECLARATION.fullmatch(line)
            if not match:
                continue
            indent, kind = len(match["indent"]), match["kind"]
            stack = [entry for entry in stack if entry[0] < indent]
            if stack and indent != stack[-1][0] + 4 or not stack and indent:
                continue
            outer = stack[-1] if stack else (0, "", "file", True)
            inherits = outer[2] == "protocol" or outer[2] == "enum" and kind == "case"
            is_public = outer[3] and (inherits or kind == "extension" or {"public", "open"} & set(match["modifiers"].split()))
            given = names(kind, match["rest"], lines[number + 1:number + 12])
            prefix = f"{outer[1]}/" if outer[1] else ""
            if kind != "extension":
                found.update(prefix + name for name in given)
                public.update(prefix + name for name in given if is_public)
            if kind in TYPES or kind == "extension":
                path = prefix + (given[0].replace(".", "/") if given else "?")
                stack.append((indent, path, kind, is_public))
    return public, public | found


def stale_links(declared):
    """Links in comments of sources to what is not there."""
    endings = set()
    for path in declared:
        parts = path.split("/")
        endings.update("/".join(parts[start:]) for start in range(len(parts)))
    for file in tracked("Sources/*.swift"):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            for match in SYMBOL.finditer(line) if "///" in line else ():
                # Overloads are told apart by a type behind a hyphen; a module may stand in front.
                link = re.sub(r"-\([^`]*\)$", "", match[1])
                if link not in endings and link.partition("/")[2] not in endings:
                    yield f"{file.relative_to(ROOT)}:{number}: nothing is called {match[1]}"


def main():
    failures = []
    known = snippets(failures)
    public, declared = declarations()
    failures += stale_links(declared)
    used = set()
    for file in tracked("*.docc/*.md"):
        text = file.read_text()
        place = file.relative_to(ROOT)

        def block(match, place=place):
            line = match.string.count("\n", 0, match.start()) + 1
            name = match["name"]
            if name not in known:
                failures.append(f"{place}:{line}: " + (f"no snippet {name}" if name else "a block names no snippet"))
                return match[0]
            used.add(name)
            source, body = known[name]
            if body != match["body"] and "--fill" not in sys.argv:
                failures.append(f"{place}:{line}: differs from {source}; run .ci/articles.py --fill")
            return f"{match['head']}```swift\n{body}```"

        filled = BLOCK.sub(block, text)
        if filled != text and "--fill" in sys.argv:
            file.write_text(filled)
        prose = re.sub(r"^```.*?^```$", lambda match: "\n" * match[0].count("\n"), filled, flags=re.M | re.S)
        for match in SYMBOL.finditer(prose):
            if match[1] not in public:
                line = prose.count("\n", 0, match.start()) + 1
                failures.append(f"{place}:{line}: nothing public is called {match[1]}")
    for name in sorted(known.keys() - used):
        failures.append(f"{known[name][0]}: no article shows snippet {name}")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
