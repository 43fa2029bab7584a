extension IRCReply {
    /// `FAIL`: the command was not carried out.
    ///
    /// - Parameters:
    ///   - command: What failed; nil (`*`) for none in particular.
    ///   - code: Why, for programs.
    ///   - context: What it is about; none of them with a space in it.
    ///   - text: Why, for people.
    /// - Returns: The reply.
    public static func fail(
        _ command: IRCClientCommand?, _ code: IRCStandardCode, _ context: [IRCParameter], _ text: IRCParameter
    ) -> IRCReply {
        standard("FAIL", command, code, context, text)
    }

    /// `WARN`: it was carried out, and something is to be minded.
    ///
    /// - Parameters:
    ///   - command: What it is about; nil (`*`) for none in particular.
    ///   - code: What is to be minded, for programs.
    ///   - context: Names that go with it.
    ///   - text: What is to be minded, for people.
    /// - Returns: The reply.
    public static func warn(
        _ command: IRCClientCommand?, _ code: IRCStandardCode, _ context: [IRCParameter], _ text: IRCParameter
    ) -> IRCReply {
        standard("WARN", command, code, context, text)
    }

    /// `NOTE`: something to know.
    ///
    /// - Parameters:
    ///   - command: What it is about; nil (`*`) for none in particular.
    ///   - code: What it is, for programs.
    ///   - context: Names that go with it.
    ///   - text: What it is, for people.
    /// - Returns: The reply.
    public static func note(
        _ command: IRCClientCommand?, _ code: IRCStandardCode, _ context: [IRCParameter], _ text: IRCParameter
    ) -> IRCReply {
        standard("NOTE", command, code, context, text)
    }

    private static func standard(
        _ kind: IRCCommand, _ command: IRCClientCommand?, _ code: IRCStandardCode, _ context: [IRCParameter],
        _ text: IRCParameter
    ) -> IRCReply {
        let name = command.map { IRCParameter(checked: $0.rawValue) } ?? .star
        return IRCReply(standard: kind, [name, IRCParameter(checked: code.rawValue)] + context, text)
    }
}
