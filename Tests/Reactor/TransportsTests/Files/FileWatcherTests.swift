import Glibc
import ReactorCore
import ReactorTestingTraits
import Testing
import Transports

@Suite(.everyPoller) struct FileWatcherTests {
    // MARK: One directory

    @Test func aDirectoryTellsOfItsFilesInOrder() throws {
        let harness = try WatchHarness()
        try harness.watch()
        harness.write("a")
        #expect(try harness.takeAll() == ["created a", "changed a", "written a"])
        harness.write("a", "more", O_APPEND)
        #expect(try harness.takeAll() == ["changed a", "written a"])
        chmod(harness.path("a"), 0o640)
        #expect(try harness.takeAll() == ["attributes changed a"])
        harness.delete("a")
        #expect(try harness.takeAll() == ["removed a"])
    }

    @Test func theContentIsWholeWhenTheWriterCloses() throws {
        let harness = try WatchHarness()
        try harness.watch()
        let descriptor = open(harness.path("a"), O_WRONLY | O_CREAT, 0o600)
        #expect(try harness.take(1) == ["created a"])
        #expect(write(descriptor, "x", 1) == 1)
        #expect(try harness.take(1) == ["changed a"])
        close(descriptor)
        #expect(try harness.take(1) == ["written a"])
    }

    @Test func aMoveHasTwoNamesAndHalfAMoveOne() throws {
        let harness = try WatchHarness()
        harness.make("in")
        harness.touch("in/a")
        harness.touch("outside")
        try harness.watch("in")
        harness.move("in/a", "in/b")
        #expect(
            try harness.take(1) == [
                "moved \(harness.path("in/a")) to in/b".replacing(harness.directory + "/", with: "")
            ])
        harness.move("outside", "in/c")
        #expect(try harness.take(1) == ["moved in in/c"])
        harness.move("in/b", "elsewhere")
        harness.delete("in/c")
        #expect(try harness.take(2) == ["moved out in/b", "removed in/c"])
    }

    @Test func manyMovesOutAreToldTogether() throws {
        let harness = try WatchHarness()
        harness.make("in")
        for number in 0..<50 { harness.touch("in/\(number)") }
        try harness.watch("in")
        for number in 0..<50 { harness.move("in/\(number)", "\(number)") }
        #expect(try harness.take(50) == (0..<50).map { "moved out in/\($0)" })
    }

    @Test func whatIsBelowADirectoryIsNotToldUnlessAsked() throws {
        let harness = try WatchHarness()
        try harness.watch()
        harness.make("d")
        harness.touch("d/a")
        #expect(try harness.takeAll() == ["created d/"])
    }

    @Test func namesNeedNotBeText() throws {
        let harness = try WatchHarness()
        try harness.watch()
        let name: [UInt8] = [0xFF, 0xC3, 0x28]
        let octets = Array(harness.path("").utf8) + name
        let descriptor = open(octets.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CREAT, 0o600)
        #expect(descriptor >= 0)
        close(descriptor)
        try harness.run { !harness.events.isEmpty }
        #expect(harness.events == [FileEvent(.created, WatchedPath(octets: octets))])
        #expect(harness.events[0].path.name == name)
    }

    // MARK: One file

    @Test func aFileThatEditorsReplaceStaysWatched() throws {
        let harness = try WatchHarness()
        harness.write("mudd.yaml")
        try harness.watch("mudd.yaml")
        for _ in 0..<2 {
            harness.write("mudd.yaml~")
            harness.move("mudd.yaml~", "mudd.yaml")
            #expect(try harness.take(1) == ["moved in mudd.yaml"])
        }
        harness.move("mudd.yaml", "mudd.yaml.bak")
        harness.write("mudd.yaml")
        #expect(
            try harness.take(4)
                == ["moved out mudd.yaml", "created mudd.yaml", "changed mudd.yaml", "written mudd.yaml"])
    }

    @Test func aFileMayComeLater() throws {
        let harness = try WatchHarness()
        let watcher = try harness.watch("later")
        harness.touch("other")
        harness.touch("later")
        harness.delete("later")
        #expect(try harness.take(2) == ["created later", "removed later"])
        #expect(watcher.isOpen)
    }

    // MARK: A tree

    private let tree = FileWatchSettings(isRecursive: true)

    @Test func aTreeIsFollowed() throws {
        let harness = try WatchHarness()
        harness.make("a")
        harness.make("a/b")
        try harness.watch(nil, tree)
        harness.touch("a/b/f")
        #expect(try harness.takeAll() == ["created a/b/f"])
        harness.move("a/b", "c")
        harness.touch("c/g")
        #expect(try harness.takeAll() == ["moved a/b to c/", "created c/g"])
        harness.delete("c/f")
        harness.delete("c/g")
        harness.delete("c")
        harness.make("c")
        #expect(try harness.takeAll() == ["removed c/f", "removed c/g", "removed c/", "created c/"])
        harness.touch("c/h")
        #expect(try harness.takeAll() == ["created c/h"])
    }

    @Test func whatIsMadeInNewDirectoriesBeforeTheyAreWatchedIsTold() throws {
        let harness = try WatchHarness()
        try harness.watch(nil, tree)
        var expected: Set<String> = []
        for branch in 0..<5 {
            var path = "d\(branch)"
            for _ in 0..<4 {
                harness.make(path)
                harness.touch(path + "/f")
                expected.formUnion(["created \(path)/", "created \(path)/f"])
                path += "/d"
            }
        }
        let told = try harness.takeAll()
        #expect(told.count == expected.count && Set(told) == expected)
        harness.touch("d3/d/d/d/late")
        #expect(try harness.takeAll() == ["created d3/d/d/d/late"])
    }

    @Test func everythingIsToldOnceWhileDirectoriesAreMadeBetweenPasses() throws {
        let harness = try WatchHarness()
        try harness.watch(nil, tree)
        var expected: Set<String> = []
        var told: [String] = []
        for number in 0..<40 {
            let path = "d\(number % 4)" + String(repeating: "/d", count: number / 4)
            harness.make(path)
            harness.reactor.runOnePass(waitingAtMost: .zero)
            harness.touch(path + "/f")
            expected.formUnion(["created \(path)/", "created \(path)/f"])
        }
        told = try harness.takeAll()
        #expect(told.count == expected.count && Set(told) == expected)
    }

    @Test func aDirectoryRenamedBeforeItIsWatchedIsFollowedByItsNewName() throws {
        let harness = try WatchHarness()
        try harness.watch(nil, tree)
        harness.make("a")
        harness.make("a/b")
        harness.move("a", "c")
        harness.touch("c/b/f")
        #expect(
            Set(try harness.takeAll()) == [
                "created a/", "moved out a/", "moved in c/", "created c/b/", "created c/b/f",
            ])
        harness.make("c/b/x")
        harness.move("c", "e")
        harness.touch("e/b/x/g")
        #expect(try harness.takeAll() == ["created c/b/x/", "moved c to e/", "created e/b/x/g"])
        harness.touch("e/b/x/h")
        #expect(try harness.takeAll() == ["created e/b/x/h"])
    }

    @Test func aDirectoryThatLeavesIsForgottenAndOneThatComesIsTold() throws {
        let harness = try WatchHarness()
        harness.make("in")
        harness.make("in/d")
        harness.make("new")
        harness.touch("new/f")
        try harness.watch("in", tree)
        harness.move("in/d", "out")
        harness.touch("out/unseen")
        harness.move("new", "in/d")
        let told = try harness.take(3)
        #expect(told == ["moved out in/d/", "moved in in/d/", "created in/d/f"])
        harness.touch("out/unseen2")
        harness.touch("in/d/seen")
        #expect(try harness.take(1) == ["created in/d/seen"])
    }

    @Test func symbolicLinksAreNotFollowed() throws {
        let harness = try WatchHarness()
        harness.make("in")
        harness.make("out")
        try harness.watch("in", tree)
        #expect(symlink(harness.path("out"), harness.path("in/link")) == 0)
        #expect(symlink(harness.path("in"), harness.path("in/loop")) == 0)
        harness.touch("out/f")
        harness.touch("in/g")
        #expect(try harness.take(3) == ["created in/link", "created in/loop", "created in/g"])
    }

    @Test func theNumberOfDirectoriesIsBounded() throws {
        let harness = try WatchHarness()
        harness.make("a")
        harness.make("b")
        var settings = tree
        settings.directoryCount = 2
        #expect(throws: FileWatchFailure.self) { try harness.watch(nil, settings) }
        settings.directoryCount = 3
        try harness.watch(nil, settings)
        harness.make("c")
        let told = try harness.take(2)
        #expect(told[0] == "created c/" && told[1].hasPrefix("unwatched c/") && told[1].contains("3 directories"))
        harness.delete("a")
        harness.make("e")
        harness.touch("e/f")
        #expect(try harness.takeAll() == ["removed a/", "created e/", "created e/f"])
    }

    // MARK: Overflow and ends

    @Test func tooManyWaitingEventsAreAnOverflowAfterWhichTheTreeIsWatched() throws {
        let harness = try WatchHarness()
        var settings = tree
        settings.waitingEventCount = 10
        try harness.watch(nil, settings)
        for number in 0..<20 {
            harness.make("\(number)")
            harness.touch("\(number)/f")
        }
        try harness.run { harness.events.contains { $0.kind == .overflow } }
        while harness.reactor.runOnePass(waitingAtMost: .zero) > 0 {}
        _ = try harness.take(0)
        harness.touch("19/g")
        #expect(try harness.take(1) == ["created 19/g"])
    }

    /// The events the kernel keeps for one watcher.
    private static let kernelQueueLimit: Int = {
        let descriptor = open("/proc/sys/fs/inotify/max_queued_events", O_RDONLY)
        var digits = [UInt8](repeating: 0, count: 32)
        let count = read(descriptor, &digits, 32)
        close(descriptor)
        return Int(String(decoding: digits.prefix(max(0, count)), as: UTF8.self).filter(\.isNumber)) ?? .max
    }()

    @Test(.enabled(if: kernelQueueLimit <= 65_536, "the kernel's queue is too long to fill"))
    func theKernelsOverflowIsAnEvent() throws {
        let harness = try WatchHarness()
        harness.touch("a")
        harness.touch("b")
        try harness.watch(nil, tree)
        harness.make("d")
        for _ in 0...(Self.kernelQueueLimit / 2) {
            chmod(harness.path("a"), 0o600)
            chmod(harness.path("b"), 0o600)
        }
        harness.make("lost")
        try harness.run { harness.events.contains { $0.kind == .overflow } }
        #expect(harness.lines.first == "created d/" && harness.lines.last?.hasPrefix("overflow") == true)
        _ = try harness.take(0)
        harness.touch("lost/f")
        #expect(try harness.take(1) == ["created lost/f"])
    }

    @Test func aPassTellsNoMoreThanItsShare() throws {
        let harness = try WatchHarness()
        var settings = FileWatchSettings()
        settings.eventsPerPass = 5
        try harness.watch(nil, settings)
        for number in 0..<23 { harness.touch("\(number)") }
        var counts: [Int] = []
        try harness.run {
            counts.append(harness.events.count)
            return harness.events.count == 23
        }
        #expect(zip(counts, counts.dropFirst()).allSatisfy { $1 - $0 <= 5 })
        #expect(harness.lines == (0..<23).map { "created \($0)" })
    }

    @Test(arguments: [nil, "file"]) func theWatchEndsWithItsDirectory(file: String?) throws {
        for isMoved in [false, true] {
            let harness = try WatchHarness()
            harness.make("d")
            let watcher = try harness.watch(file.map { "d/" + $0 } ?? "d")
            harness.touch("d/file")
            harness.delete("d/file")
            if isMoved { harness.move("d", "e") } else { harness.delete("d") }
            try harness.run { !watcher.isOpen }
            harness.make("again")
            let end = FileWatchEnd.self
            #expect(harness.events.map(\.kind) == [.created, .removed, .ended(isMoved ? end.moved : end.removed)])
            #expect(harness.events.allSatisfy { $0.path.description.hasPrefix(harness.path("d")) })
        }
    }

    @Test func aWatcherClosedWhileEventsWaitTellsNoMore() throws {
        let harness = try WatchHarness()
        let watcher = try harness.watch()
        harness.onEvent = { _ in watcher.close() }
        for number in 0..<5 { harness.touch("\(number)") }
        #expect(try harness.take(1) == ["created 0"])
        for _ in 0..<20 { harness.reactor.runOnePass(waitingAtMost: .zero) }
        #expect(harness.events.isEmpty && !watcher.isOpen)
        watcher.close()
    }

    @Test func aWatcherClosedWhileAMoveIsUnclearLeavesNothing() throws {
        let harness = try WatchHarness()
        harness.make("in")
        harness.touch("in/a")
        let watcher = try harness.watch("in")
        harness.move("in/a", "a")
        harness.reactor.runOnePass(waitingAtMost: .seconds(1))
        watcher.close()
        #expect(harness.events.isEmpty && harness.reactor.leftovers.isEmpty)
    }

    @Test func aWatcherLeftOverIsNamedWithItsPlace() throws {
        let harness = try WatchHarness()
        try harness.watch()
        let line = try #require(harness.reactor.leftovers.first)
        #expect(line.what.contains("watch over \(harness.directory)"))
        #expect(line.place?.contains("WatchHarness.swift") == true)
    }

    @Test(arguments: ["", "/nowhere/at/all", "a\0b"]) func whatCannotBeWatchedIsRefused(path: String) throws {
        let reactor = try Reactor()
        #expect(throws: FileWatchFailure.self) { try reactor.watchFiles(at: path) { (_: FileEvent) in } }
        expectNoLeftovers(reactor)
    }

    @Test func theLimitsOfTheKernelAreNamed() {
        #expect(
            FileWatchFailure.watchLimit(WatchedPath("/srv")).description
                .contains("/proc/sys/fs/inotify/max_user_watches"))
        #expect(FileWatchFailure.watcherLimit.description.contains("/proc/sys/fs/inotify/max_user_instances"))
    }

    @Test func changesAreToldOnceItIsQuiet() throws {
        let harness = try WatchHarness()
        var told: [FileChanges] = []
        let watcher = try harness.reactor.watchFiles(at: harness.directory, onceQuiet: .milliseconds(20)) {
            told.append($0)
        }
        defer { watcher.close() }
        harness.write("a")
        harness.write("b")
        harness.move("b", "c")
        try harness.run { !told.isEmpty }
        #expect(told.map { $0.paths.map(\.description) } == [["a", "b", "c"].map(harness.path)])
    }
}
