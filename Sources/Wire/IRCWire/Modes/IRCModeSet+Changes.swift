extension IRCModeSet {
    /// One thing that a `MODE` asks for.
    public enum Wish: Hashable, Sendable {
        case change(IRCModeChange)
        /// The entries of a list of type A.
        case show(Character)
        /// There is no such mode.
        case unknown(Character)
        /// The parameter that the mode needs is missing.
        case incomplete(Character, isOn: Bool)
    }

    /// Reads the letters and parameters of a `MODE`.
    ///
    /// - Parameters:
    ///   - modes: Letters with signs, as `+o-v`; a plus is meant where none stands.
    ///   - arguments: The parameters, taken in turn.
    ///   - limit: How many things are looked at; the others are left out.
    /// - Returns: What is asked for, in order.
    public func wishes(
        _ modes: IRCParameter, _ arguments: some Sequence<IRCParameter>, limit: Int = IRCLimits.modeChanges
    ) -> [Wish] {
        var rest = arguments.makeIterator()
        var isOn = true
        var wishes: [Wish] = []
        for letter in modes.text {
            if letter == "+" || letter == "-" {
                isOn = letter == "+"
                continue
            }
            if wishes.count >= limit { break }
            switch kind(of: letter) {
            case nil: wishes.append(.unknown(letter))
            case .never?: wishes.append(.change(IRCModeChange(letter, isOn: isOn)))
            case .whenSet? where !isOn: wishes.append(.change(IRCModeChange(letter, isOn: false)))
            case .list?:
                if let mask = rest.next() {
                    wishes.append(.change(IRCModeChange(letter, isOn: isOn, mask)))
                } else {
                    wishes.append(.show(letter))
                }
            case .always? where !isOn:
                // A key is taken away with any parameter; clients may leave it out.
                wishes.append(.change(IRCModeChange(letter, isOn: false, rest.next())))
            case .rank?, .always?, .whenSet?:
                if let parameter = rest.next(), !parameter.isEmpty {
                    wishes.append(.change(IRCModeChange(letter, isOn: isOn, parameter)))
                } else {
                    wishes.append(.incomplete(letter, isOn: isOn))
                }
            }
        }
        return wishes
    }

    /// Reads the changes in a `MODE` of a server; letters that the server did not name before are left out.
    ///
    /// - Parameter words: Letters with signs, then parameters.
    /// - Returns: The changes in order.
    public func changes(in words: some Collection<IRCParameter>) -> [IRCModeChange] {
        guard let modes = words.first else { return [] }
        return wishes(modes, words.dropFirst(), limit: IRCLimits.bodyOctets).compactMap { wish in
            guard case .change(let change) = wish else { return nil }
            return change
        }
    }

    /// The letters with signs and the parameters for changes: what stands after the target in one or more `MODE`s.
    ///
    /// - Parameters:
    ///   - changes: What changes, in order.
    ///   - limit: Octets of all words of one message.
    /// - Returns: The words of each message.
    public static func composed(
        _ changes: some Sequence<IRCModeChange>, limit: Int = IRCLimits.listOctets
    ) -> [[IRCParameter]] {
        var lines: [[IRCParameter]] = []
        var (letters, parameters, octets) = ("", [IRCParameter](), 0)
        var sign: Bool?
        func line() -> [IRCParameter] { [IRCParameter(cleaning: letters)] + parameters }
        for change in changes {
            let size = (change.parameter?.text.utf8.count ?? 0) + 3
            if !letters.isEmpty, octets + size > limit || parameters.count >= IRCLimits.parameters - 3 {
                lines.append(line())
                (letters, parameters, octets, sign) = ("", [], 0, nil)
            }
            if sign != change.isOn {
                letters += change.isOn ? "+" : "-"
                sign = change.isOn
            }
            letters.append(change.mode)
            if let parameter = change.parameter { parameters.append(parameter) }
            octets += size
        }
        if !letters.isEmpty { lines.append(line()) }
        return lines
    }
}

extension IRCLimits {
    /// Changes of modes looked at in one `MODE` of a client.
    ///
    /// Source: own choice; a line has room for 13 parameters.
    public static let modeChanges = 20
}
