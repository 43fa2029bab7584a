import ReactorCore
import ShellPeers
import Transports

// snippet: ssh-client
/// Nobody is there to be asked: what the files and keys do not settle is refused.
private final class Nobody: SSHClientPrompter {}

/// Logs in with a key at a host that a file knows.
private func logIn(_ reactor: Reactor, _ words: ArraySlice<String>) async throws -> SSHClient {
    let (host, port, user) = (words[0], UInt16(words[1]) ?? 22, words[2])
    var settings = SSHClientSettings(user: user, host: host, port: port)
    settings.keyFiles = [words[3]]
    settings.knownHosts = [words[4]]
    let registry = EndpointRegistry(resolver: SystemNameResolver(on: reactor))
    let endpoint = try registry.client("tcp:\(host):\(port)")
    return try await endpoint.connectSSH(settings, prompter: Nobody(), on: reactor).value
}
// snippet ends

/// `run localhost 7022 ada user_key known_hosts look`: has a server run a command, and prints its answer.
func run(_ reactor: Reactor, _ words: [String]) async throws {
    let client = try await logIn(reactor, words[...])
    // snippet: ssh-run
    let result = try await client.run(words[5]).value
    say("\(result.text)status \(result.status.map { "\($0)" } ?? "none")")
    client.close()
    // snippet ends
    _ = try await client.ended.value
}

/// `sftp localhost 4022 ada user_key known_hosts /notes/friends.txt`: makes a copy beside a file, by SFTP.
func sftp(_ reactor: Reactor, _ words: [String]) async throws {
    let client = try await logIn(reactor, words[...])
    let path = words[5]
    // snippet: ssh-files
    let files = try await client.connection.openSFTP().value
    let contents = try await files.get(path, limit: 1 << 20).value
    try await files.put(contents, to: path + ".copy").value
    files.close()
    // snippet ends
    say("\(contents.count) octets")
    client.close()
    _ = try await client.ended.value
}
