import Basics
import Glibc
import ReactorCore
import ReactorTestingTraits
import Testing
import Transports

/// Keeps a list of what exists from events alone.
private struct Mirror {
    private(set) var paths: Set<String> = []

    mutating func note(_ event: FileEvent) {
        let path = event.path.description
        switch event.kind {
        case .created: paths.insert(path)
        case .movedIn:
            _ = take(path)
            paths.insert(path)
        case .removed, .movedOut: _ = take(path)
        case .moved(let origin):
            _ = take(path)
            let tails = take(origin.description)
            paths.insert(path)
            paths.formUnion(tails.map { path + $0 })
        default: break
        }
    }

    /// Takes a path and all below it out, and gives what follows the path in them.
    private mutating func take(_ path: String) -> [String] {
        let gone = paths.filter { $0 == path || $0.hasPrefix(path + "/") }
        paths.subtract(gone)
        return gone.map { String($0.dropFirst(path.count)) }
    }
}

@Suite(.everyPoller) struct FileWatcherModelTests {
    /// Whatever is done between passes, however quickly, the events lead to what is there.
    @Test(arguments: 1...8) func eventsLeadToWhatIsThere(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let harness = try WatchHarness()
        harness.make("in")
        harness.make("out")
        var mirror = Mirror()
        harness.onEvent = { mirror.note($0) }
        try harness.watch("in", FileWatchSettings(isRecursive: true))
        for step in 0..<300 {
            act(harness, step, &random)
            if Int.random(in: 0..<4, using: &random) == 0 { harness.reactor.runOnePass(waitingAtMost: .zero) }
        }
        var actual: Set<String> = []
        list(harness.path("in"), into: &actual)
        try harness.run { mirror.paths == actual }
        harness.touch("in/last")
        try harness.run { harness.lines.last == "created in/last" }
        #expect(mirror.paths == actual.union([harness.path("in/last")]))
    }

    private func act(_ harness: WatchHarness, _ step: Int, _ random: inout SeededGenerator) {
        var known: Set<String> = []
        list(harness.path("in"), into: &known)
        list(harness.path("out"), into: &known)
        let all = known.sorted()
        let places = all.filter { isDirectory($0) } + [harness.path("in"), harness.path("out")]
        let place = places[Int.random(in: 0..<places.count, using: &random)]
        let target = place + "/" + ["a", "b", "c", "d"][Int.random(in: 0..<4, using: &random)]
        let victim = all.isEmpty ? target : all[Int.random(in: 0..<all.count, using: &random)]
        switch Int.random(in: 0..<8, using: &random) {
        case 0...2: mkdir(target, 0o700)
        case 3: close(open(target, O_RDONLY | O_CREAT, 0o600))
        case 4: remove(victim)
        case 5: removeTree(victim)
        default: rename(victim, target)
        }
    }

    private func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private func list(_ path: String, into found: inout Set<String>) {
        guard let listing = opendir(path) else { return }
        while let entry = readdir(listing) {
            let name = nameOf(entry)
            if name == "." || name == ".." { continue }
            found.insert(path + "/" + name)
            if Int(entry.pointee.d_type) == Int(DT_DIR) { list(path + "/" + name, into: &found) }
        }
        closedir(listing)
    }
}
