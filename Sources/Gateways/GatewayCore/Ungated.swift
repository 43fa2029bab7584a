/// Everything that leaves the process without waiting for the archive, in one place.
///
/// All other output goes through ``OutputQueue`` and waits until the turn it may depend on is durable. What is listed
/// here depends on no state of the world, so a crash cannot make a liar of it.
package enum Ungated: String, CaseIterable {
    /// Telnet option negotiation: answers to the client's own offers.
    case telnetNegotiation
    /// `IAC WILL ECHO` and `IAC WONT ECHO` around a password.
    case echo
    /// The answer to Are You There.
    case areYouThere
    /// `mud-admin status`: counters, and whether the disk takes anything, which has to be known when it does not.
    case serverStatus
    /// The sentence with which a connection is refused before any session exists.
    case connectionRefused
}
