extension IRCRequest {
    /// The parts of a list with commas.
    ///
    /// - Parameters:
    ///   - list: As the client wrote it.
    ///   - keepsEmpty: Whether an empty part keeps its place, as keys of a `JOIN` do.
    /// - Returns: The parts in order.
    static func items(_ list: IRCParameter, keepsEmpty: Bool = false) -> [IRCParameter] {
        var text = list.text
        guard text.withUTF8({ $0.contains(UInt8(ascii: ",")) }) else { return list.isEmpty ? [] : [list] }
        return list.text.split(separator: ",", omittingEmptySubsequences: !keepsEmpty)
            .map { IRCParameter(checked: String($0)) }
    }

    /// The parts of a list with commas, of which there must be one and may not be too many.
    ///
    /// - Throws: 461 for none, 407 for too many.
    static func targets(
        _ list: IRCParameter, of command: IRCClientCommand, limit: Int
    ) throws(IRCRequestFailure) -> [IRCParameter] {
        let items = items(list)
        if items.isEmpty { throw IRCRequestFailure(.needMoreParameters(command)) }
        if items.count > limit { throw IRCRequestFailure(.tooManyTargets(items[limit])) }
        return items
    }

    /// The words of all parameters; some clients send several as one.
    static func spaced(_ words: [IRCParameter]) -> [IRCParameter] {
        words.flatMap { word in
            word.isMiddle ? [word] : word.text.split(separator: " ").map { IRCParameter(checked: String($0)) }
        }
    }
}
