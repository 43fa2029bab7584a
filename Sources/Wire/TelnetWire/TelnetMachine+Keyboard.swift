// How the peer's keyboard comes: shown or hidden, by lines or by keys.
//
//   IAC WILL ECHO                      the peer shows nothing of what is typed
//   IAC WILL SGA  IAC WILL ECHO        and sends each key at once: "character at a time" of RFC 857 and RFC 858
extension TelnetMachine {
    /// Hides or shows what the peer types from now on; around passwords only.
    ///
    /// In character mode the peer shows nothing anyway, and hiding is up to the owner.
    ///
    /// - Returns: Octets to write, often none: while the peer owes an answer to WILL, the wish to end it waits. An end needs no
    ///   answer.
    package mutating func setEcho(hidden: Bool) -> [UInt8] {
        hidesInput = hidden
        defer { queue.settle() }
        return requestKeyboard(.echo, enabled: hidden || wantsCharacters)
    }

    /// Asks the peer to send each key at once and to show none, or to go back to lines.
    ///
    /// Keys come once the peer agrees, which ``TelnetAction/characterMode(enabled:)`` tells, at that very octet of the
    /// input: what was typed of a line until then follows as ``TelnetAction/octets(_:)``. Lines come again at once. A peer
    /// that refuses half of it stays in line mode and shows what is typed again. Not for Mudlet and other clients with an
    /// input line of their own: they take ECHO for a password.
    ///
    /// - Returns: Octets to write; drain the actions too.
    package mutating func setCharacterMode(_ enabled: Bool) -> [UInt8] {
        wantsCharacters = enabled
        let octets =
            requestKeyboard(.suppressGoAhead, enabled: enabled)
            + requestKeyboard(.echo, enabled: enabled || hidesInput)
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

    private mutating func requestKeyboard(_ option: TelnetOption, enabled: Bool) -> [UInt8] {
        let octets = request(option, .local, enabled: enabled)
        finishEnd(of: option)
        return octets
    }

    /// Has ECHO or SGA be off as soon as we have said WONT, which needs nobody's consent: tintin++ never answers it, and would
    /// show the next password.
    mutating func finishEnd(of option: TelnetOption) {
        guard options[option, .local] == .wantNo else { return }
        options[option, .local] = .no
        endedKeyboard.insert(option)
        emit(.optionChanged(option, .local, enabled: false))
    }

    /// Takes what only answers to the end of ECHO or SGA, or crossed it: it draws no reply and says nothing of a later offer.
    ///
    /// - Returns: Whether the statement was that.
    mutating func answersEnd(_ verb: TelnetCommand, _ option: TelnetOption) -> Bool {
        guard endedKeyboard.contains(option) else { return false }
        if verb == .dont {
            endedKeyboard.remove(option)
            return true
        }
        guard verb == .doIt else { return false }
        if options[option, .local] == .no { return true }
        // Answers come in order, so that none to the end will come any more.
        endedKeyboard.remove(option)
        return false
    }

    /// Follows what the peer said about ECHO or SGA of our side.
    mutating func keyboardChanged(_ option: TelnetOption, isRefused: Bool) {
        if isRefused, wantsCharacters {
            wantsCharacters = false
            let octets =
                option == .echo
                ? requestKeyboard(.suppressGoAhead, enabled: false) : requestKeyboard(.echo, enabled: hidesInput)
            if !octets.isEmpty { emit(.send(octets)) }
        }
        updateCharacterMode()
    }

    private mutating func updateCharacterMode() {
        if policy.deliversOctets { return }
        let isOn = wantsCharacters && options[.echo, .local] == .yes && options[.suppressGoAhead, .local] == .yes
        if isOn == deliversOctets { return }
        deliversOctets.toggle()
        emit(.characterMode(enabled: deliversOctets))
        if deliversOctets { queue.append(keys: line.takeUnfinished()) }
    }
}
