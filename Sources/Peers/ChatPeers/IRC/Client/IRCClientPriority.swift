/// What goes first when a client's lines have to wait for its pace.
public enum IRCClientPriority: Int, CaseIterable, Hashable, Sendable {
    /// Not kept waiting at all: answers to PING, what registers, QUIT.
    case immediate
    /// What changes or asks something: JOIN, MODE, KICK, WHOIS.
    case command
    /// What somebody says.
    case message
    /// What can wait for all others: answers to CTCP, lists of history.
    case background
}
