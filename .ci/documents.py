"""Checks every relative link and anchor in the Markdown files, and every test that a comment points to."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


def anchors(file):
    found = set()
    fenced = False
    for line in file.read_text().splitlines():
        if line.startswith("```"):
            fenced = not fenced
        match = re.match(r"#{1,6}\s+(.*)", line)
        if match and not fenced:
            slug = re.sub(r"[^\w\- ]", "", match[1].strip().lower()).replace(" ", "-")
            found.add(slug)
    return found


def pointers():
    """Tests named by `SeeAlso` lines of Swift sources, which must be there."""
    suites = {path.stem for path in (ROOT / "Tests").rglob("*.swift")}
    targets = {path.name for path in (ROOT / "Tests").rglob("*Tests") if path.is_dir()}
    for file in sorted((ROOT / "Sources").rglob("*.swift")):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if "- SeeAlso:" not in line:
                continue
            for target, suite in re.findall(r"(?<!`)`(\w+Tests)(?:/(\w+))?`(?!`)", line):
                if target not in targets or (suite and suite not in suites):
                    yield f"{file.relative_to(ROOT)}:{number}: no test {target}/{suite}".rstrip("/")


def main():
    listed = subprocess.check_output(["git", "ls-files", "*.md"], cwd=ROOT, text=True).split("\n")
    failures = list(pointers())
    for name in filter(None, listed):
        file = ROOT / name
        if not file.exists():
            continue
        text = re.sub(r"```.*?```", lambda m: "\n" * m[0].count("\n"), file.read_text(), flags=re.S)
        for match in LINK.finditer(text):
            target = match[1] or match[2]
            line = text.count("\n", 0, match.start()) + 1
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            aim = (file.parent / path).resolve() if path else file
            if not aim.exists():
                failures.append(f"{name}:{line}: link to {target}, which does not exist")
            elif anchor and aim.suffix == ".md" and anchor not in anchors(aim):
                failures.append(f"{name}:{line}: link to {target}: no such heading")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
