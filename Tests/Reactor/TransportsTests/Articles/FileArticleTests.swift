import ReactorCore
import Testing
import Transports

/// The code of the article on transports about watching files.
@Suite struct FileArticleTests {
    @Test func whatIsSavedIsTold() throws {
        let harness = try WatchHarness()
        let (reactor, folder) = (harness.reactor, harness.directory)
        var saved: [WatchedPath] = []
        // snippet: files-watch
        let watcher = try reactor.watchFiles(at: folder, settings: FileWatchSettings(isRecursive: true)) { event in
            if event.kind == .written || event.kind == .movedIn { saved.append(event.path) }
        }
        // snippet ends
        harness.write("inn.yaml")
        try harness.run { !saved.isEmpty }
        watcher.close()
        #expect(saved == [WatchedPath(folder + "/inn.yaml")])
    }

    @Test func aSaveBecomesOneCall() throws {
        let harness = try WatchHarness()
        let (reactor, file) = (harness.reactor, harness.path("mudd.yaml"))
        var reloads = 0
        func reload() { reloads += 1 }
        // snippet: files-quiet
        let watcher = try reactor.watchFiles(at: file, onceQuiet: .milliseconds(20)) { _ in reload() }
        // snippet ends
        harness.write("mudd.yaml")
        try harness.run { reloads == 1 }
        watcher.close()
    }
}
