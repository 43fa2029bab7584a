"""Compares every import with the needs declared in Package.swift, and keeps the rules no compiler keeps.

SwiftPM accepts an import of a sibling that is only a transitive need; here it is an error, and so is a need that no file
of a room imports. Also: a pure room imports no Foundation and no C library; no module shares a name with a type; every
folder of tests mirrors a room.
"""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLCHAIN = {"Swift", "Testing", "Synchronization", "Dispatch", "_Concurrency", "RegexBuilder"}
SYSTEM = {"Glibc", "Darwin", "Foundation", "FoundationEssentials"}
LIBC = {"Glibc", "Darwin"}
# Foundation's whole weight is let in nowhere; its essentials only above the reactor.
LOW_FLOORS = {"Basics", "World", "Wire", "Reactor"}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |private |fileprivate )?import "
    r"(?:struct |class |enum |protocol |func |var |typealias )?(\w+)",
    re.M,
)
TYPE = re.compile(r"^\s*(?:public |package )(?:final |indirect )?(?:class|struct|enum|protocol|actor|typealias) (\w+)", re.M)

# Names that Swift Testing or the standard library would make ambiguous.
FORBIDDEN_TYPES = set(
    "Tag Trait Comment Issue Bug Attachment Actor Clock Duration Result Task Process Stream Timer".split()
)


# Rooms that load plugins.
HOSTS = {"mudd"}


def unused_needs(description, imported, declared, products):
    """What rooms declare and do not import; tests are given what their room has."""
    for target in description["targets"]:
        name = target["name"]
        # A room in C imports nothing, and a program that loads plugins has things in it for them.
        if target["type"] == "test" or not imported[name] or name in HOSTS:
            continue
        # The packages of a room are those of its tests, which have none of their own.
        by_tests = products.get(name, set()) & imported.get(f"{name}Tests", set())
        for need in sorted(declared[name] - imported[name] - by_tests):
            yield f"Package.swift: {name} declares {need}, which none of its files imports"


def main():
    description = json.loads(subprocess.check_output(["swift", "package", "dump-package"], cwd=ROOT))
    manifest = (ROOT / "Package.swift").read_text()
    pure = {
        match[1]
        for match in re.finditer(r'Room\(\s*floor: \.\w+, name: "([\w-]+)"((?:[^()]|\([^()]*\))*)\)', manifest)
        if "pure: true" in match[2]
    }
    failures = []
    modules = {target["name"] for target in description["targets"]}
    imported, declared, products = {}, {}, {}
    for target in description["targets"]:
        needs = set()
        for dependency in target["dependencies"]:
            kind = next(iter(dependency))
            needs.add(dependency[kind][0].replace("-", "_"))
            if kind == "product":
                products.setdefault(target["name"], set()).add(dependency[kind][0])
        path = ROOT / target["path"]
        floor = pathlib.Path(target["path"]).parts[1]
        imported[target["name"]], declared[target["name"]] = set(), needs
        for file in sorted(path.rglob("*.swift")):
            text = file.read_text()
            place = file.relative_to(ROOT)
            for match in IMPORT.finditer(text):
                name = match[1]
                line = text.count("\n", 0, match.start(1)) + 1
                imported[target["name"]].add(name)
                if name in TOOLCHAIN or name in needs:
                    continue
                if name in SYSTEM:
                    if name == "Foundation" and target["type"] != "test":
                        failures.append(f"{place}:{line}: imports Foundation; use FoundationEssentials or none")
                    elif target["name"] in pure or (name not in LIBC and floor in LOW_FLOORS and target["type"] != "test"):
                        failures.append(f"{place}:{line}: {target['name']} may not import {name}")
                    continue
                failures.append(f"{place}:{line}: imports {name}, which {target['name']} does not declare")
            if target["type"] == "test":
                continue
            for match in TYPE.finditer(text):
                line = text.count("\n", 0, match.start(1)) + 1
                if match[1] in modules:
                    failures.append(f"{place}:{line}: type {match[1]} has the name of a module")
                if match[1] in FORBIDDEN_TYPES:
                    failures.append(f"{place}:{line}: type {match[1]} clashes with a name every test imports")
    failures += unused_needs(description, imported, declared, products)
    mirrored = {target["path"] for target in description["targets"] if target["type"] == "test"}
    for folder in sorted((ROOT / "Tests").glob("*/*Tests")):
        if str(folder.relative_to(ROOT)) not in mirrored:
            failures.append(f"{folder.relative_to(ROOT)}: no room of Package.swift has these tests")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
