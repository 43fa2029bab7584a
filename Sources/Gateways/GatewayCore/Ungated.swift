/// Everything that leaves the process without waiting for the archive, in one place.
///
/// All other output goes through ``OutputQueue`` and waits until the turn it may depend on is durable. What is listed
/// here tells nothing of the world, so a crash cannot make a liar of it.
package enum Ungated: String, CaseIterable {
    /// Telnet option negotiation: answers to the client's own offers.
    case telnetNegotiation
    /// The answer to Are You There.
    case areYouThere
    /// The answer to a client's program that measures how long an answer takes.
    case clientPing
    /// `mud-admin status`, what monitoring is told, `broadcast`, `shutdown` and its calling off.
    ///
    /// What the process itself is doing has to be known, and stopped, also when the disk takes nothing.
    case serverControl
    /// What somebody types where each key is sent: their own keys, as they stand in the line.
    case keyEcho
    /// Versions, key exchange, the renewal of keys, keep-alives and farewells of SSH.
    case sshTransport
    /// What SSH asks of somebody who logs in, and what it refuses there; that it lets somebody in waits like all that it tells.
    case sshLogin
    /// The answers to what a client of SSH asks of its channels: whether they are open, whether there is a terminal.
    case sshChannel
    /// What IRC asks and refuses until somebody is let in; that it lets somebody in waits like all that it tells.
    case ircLogin
    /// `PING`, `CAP` and `ERROR` of IRC.
    case ircTransport
    /// The sentence with which a connection is refused before any session exists.
    case connectionRefused
}
