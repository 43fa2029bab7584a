// How the peer's keyboard comes: shown or hidden, by lines or by keys.
//
//   IAC WILL ECHO                      the peer shows nothing of what is typed
//   IAC WILL SGA  IAC WILL ECHO        and sends each key at once: "character at a time" of RFC 857 and RFC 858
extension TelnetMachine {
    /// Hides or shows what the peer types from now on; around passwords only.
    ///
    /// In character mode the peer shows nothing anyway, and hiding is up to the owner.
    ///
    /// - Returns: Octets to write, often none: while the peer still owes an answer, the wish waits for it.
    package mutating func setEcho(hidden: Bool) -> [UInt8] {
        hidesInput = hidden
        return request(.echo, .local, enabled: hidden || wantsCharacters)
    }

    /// Asks the peer to send each key at once and to show none, or to go back to lines.
    ///
    /// Nothing changes until the peer agrees, which ``TelnetAction/characterMode(enabled:)`` tells, at that very octet of the
    /// input: what was typed of a line until then follows as ``TelnetAction/octets(_:)``. A peer that refuses half of it
    /// stays in line mode and shows what is typed again. Not for Mudlet and other clients with an input line of
    /// their own: they take ECHO for a password.
    ///
    /// - Returns: Octets to write; drain the actions too.
    package mutating func setCharacterMode(_ enabled: Bool) -> [UInt8] {
        wantsCharacters = enabled
        let octets =
            request(.suppressGoAhead, .local, enabled: enabled)
            + request(.echo, .local, enabled: enabled || hidesInput)
        updateCharacterMode()
        queue.settle()
        return octets
    }

    /// Lets a server hide or take what is typed once more; called by a client's owner with each text it sends.
    ///
    /// A server hides every password anew, so that no fixed number of replies is enough. Two programs that answer each other
    /// send no text and stay within their share.
    package mutating func textSent() {
        guard role == .client else { return }
        options.renewReplies(.echo)
        options.renewReplies(.suppressGoAhead)
    }

    /// Follows what the peer said about ECHO or SGA of our side.
    mutating func keyboardChanged(_ option: TelnetOption, isRefused: Bool) {
        if isRefused, wantsCharacters {
            wantsCharacters = false
            let octets =
                option == .echo
                ? request(.suppressGoAhead, .local, enabled: false) : request(.echo, .local, enabled: hidesInput)
            if !octets.isEmpty { emit(.send(octets)) }
        }
        updateCharacterMode()
    }

    private mutating func updateCharacterMode() {
        if policy.deliversOctets { return }
        let areBothOn = isEnabled(.echo, .local) && isEnabled(.suppressGoAhead, .local)
        let mayBegin = wantsCharacters && areBothOn
        guard deliversOctets ? !areBothOn : mayBegin else { return }
        deliversOctets.toggle()
        emit(.characterMode(enabled: deliversOctets))
        if deliversOctets { queue.append(keys: line.takeUnfinished()) }
    }
}
