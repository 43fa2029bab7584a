import Glibc
import ReactorCore

// The examples of the reactor framework: `reactor-examples NAME …`; without a name it lists them.

let examples: [(usage: String, run: (Reactor, [String]) async throws -> Void)] = [
    ("echo ENDPOINT", echo), ("chat ENDPOINT", chat), ("proxy ENDPOINT TARGET", proxy),
    ("fetch ENDPOINT PATH [SECONDS]", fetch), ("udp PORT", datagrams), ("tls ENDPOINT", secureEcho),
    ("process PROGRAM [ARGUMENT...]", processes), ("parlour ENDPOINT PASSWORD", parlour),
    ("call ENDPOINT NAME PASSWORD [LINE...]", call),
    ("shell ENDPOINT HOSTKEY PUBLICKEY", shell),
    ("irc ENDPOINT NICK CHANNEL [LINE...]", irc),
    ("run HOST PORT USER KEY KNOWNHOSTS COMMAND", run), ("sftp HOST PORT USER KEY KNOWNHOSTS PATH", sftp),
]

let words = Array(CommandLine.arguments.dropFirst())
let example = examples.first { $0.usage.prefix { $0 != " " } == words.first ?? "" }
let needed = example.map { $0.usage.split(separator: " ").count(where: { !$0.hasPrefix("[") }) } ?? 0
guard let example, words.count >= needed else {
    print("usage:")
    for example in examples { print("  reactor-examples \(example.usage)") }
    exit(2)
}
// snippet: reactor-react
Reactor.exit(try Reactor.react { reactor in try await example.run(reactor, Array(words.dropFirst())) })
// snippet ends

/// Prints a line at once, also into a pipe.
func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// Waits until the task is cancelled, as it is by Ctrl-C.
func untilCancelled() async throws {
    let never = Deferred<Void> {}
    _ = try await never.value
}
