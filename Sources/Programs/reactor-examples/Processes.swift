import ReactorCore
import Transports

/// Prints each line that a child writes as soon as it is there.
private final class LinePrinter: ChildDelegate {
    let ended = Deferred<ChildStatus>()
    private var line: [UInt8] = []

    func childDataReceived(_ bytes: Span<UInt8>, from channel: Int32) {
        for index in bytes.indices {
            guard bytes[index] == 0x0A else {
                line.append(bytes[index])
                continue
            }
            say("\(channel): \(String(decoding: line, as: UTF8.self))")
            line = []
        }
    }

    func childEnded(_ status: ChildStatus) { ended.succeed(status) }
}

/// `process PROGRAM [ARGUMENT]…`: runs a program with a time limit, its lines as they come, and tells how it ended.
func processes(_ reactor: Reactor, _ words: [String]) async throws {
    // snippet: transport-child
    let printer = LinePrinter()
    let child = try reactor.startChild(words[0], ChildOptions(Array(words.dropFirst())), delegate: printer)
    child.closeChannel(0)
    let limit = reactor.callLater(.seconds(30)) { child.kill() }
    let status = try await printer.ended.value
    limit.cancel()
    // snippet ends
    say("\(words[0]) \(status)")
}
