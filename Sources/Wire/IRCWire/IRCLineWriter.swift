/// Writes lines; the one place where they are built.
///
/// Each parameter goes in as an ``IRCParameter``, so that there are no line ends but those written here. A line too
/// long for its limit is cut behind the last whole character that fits, CR LF included. A parameter that can't
/// stand in the middle of a line, such as an empty one, is written there as `*`.
///
/// - Complexity: O(*n*) in the octets written.
/// - Source: RFC 2812 §2.3; Modern IRC "Message Format".
/// - SeeAlso: `IRCWireTests/IRCLineWriterTests`.
public enum IRCLineWriter {
    /// Appends a line without tags, with CR LF.
    ///
    /// - Parameters:
    ///   - command: The command or numeric.
    ///   - parameters: At most ``IRCLimits/parameters``; what is beyond is left out.
    ///   - source: Where it comes from, if that is said.
    ///   - output: Where the octets go.
    ///   - limit: Octets of the line with CR LF.
    public static func append(
        _ command: IRCCommand, _ parameters: [IRCParameter], from source: IRCSource?, to output: inout [UInt8],
        limit: Int = IRCLimits.bodyOctets
    ) {
        append(command, to: nil, parameters, trailing: nil, from: source, output: &output, limit: limit)
    }

    /// Appends a line whose last parameter always has a colon before it, as some clients expect of texts.
    ///
    /// - Parameters:
    ///   - command: The command or numeric.
    ///   - middle: Those before the last; written as `*` where they can't stand there.
    ///   - trailing: The last one.
    ///   - source: Where it comes from, if that is said.
    ///   - output: Where the octets go.
    ///   - limit: Octets of the line with CR LF.
    public static func append(
        _ command: IRCCommand, _ middle: [IRCParameter], trailing: IRCParameter, from source: IRCSource?,
        to output: inout [UInt8], limit: Int = IRCLimits.bodyOctets
    ) {
        append(command, to: nil, middle, trailing: trailing, from: source, output: &output, limit: limit)
    }

    /// Appends a line of either kind; `nick` goes before the other parameters.
    static func append(
        _ command: IRCCommand, to nick: IRCParameter?, _ parameters: [IRCParameter], trailing: IRCParameter?,
        from source: IRCSource?, output: inout [UInt8], limit: Int
    ) {
        let start = output.count
        if let source { append(source, to: &output) }
        append(command.name, to: &output)
        let room = IRCLimits.parameters - (nick == nil ? 0 : 1) - (trailing == nil ? 0 : 1)
        let count = min(parameters.count, room)
        if let nick { append(nick, isLast: trailing == nil && count == 0, to: &output) }
        for index in 0..<count { append(parameters[index], isLast: trailing == nil && index == count - 1, to: &output) }
        if let trailing {
            output.append(0x20)
            output.append(UInt8(ascii: ":"))
            append(trailing.text, to: &output)
        }
        end(&output, from: start, limit: limit)
    }

    private static func append(_ parameter: IRCParameter, isLast: Bool, to output: inout [UInt8]) {
        output.append(0x20)
        if parameter.isMiddle {
            append(parameter.text, to: &output)
        } else if isLast {
            output.append(UInt8(ascii: ":"))
            append(parameter.text, to: &output)
        } else {
            output.append(UInt8(ascii: "*"))
        }
    }

    private static func append(_ source: IRCSource, to output: inout [UInt8]) {
        if source.octetCount == 0 { return }
        output.append(UInt8(ascii: ":"))
        append(source.name, to: &output)
        if let user = source.user {
            output.append(UInt8(ascii: "!"))
            append(user, to: &output)
        }
        if let host = source.host {
            output.append(UInt8(ascii: "@"))
            append(host, to: &output)
        }
        output.append(0x20)
    }

    /// Appends a text at once; going through its UTF-8 view takes half as long again.
    @inline(__always)
    static func append(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { output.append(contentsOf: $0) }
    }

    /// Cuts what was written since `start` to the limit, and ends the line.
    static func end(_ output: inout [UInt8], from start: Int, limit: Int) {
        let room = max(limit, 2) - 2
        if output.count - start > room {
            var cut = start + room
            while cut > start, output[cut] & 0xC0 == 0x80 { cut -= 1 }
            output.removeSubrange(cut...)
        }
        output.append(0x0D)
        output.append(0x0A)
    }
}
