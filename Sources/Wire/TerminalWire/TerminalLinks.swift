import MUDWire

/// Makes the commands in what was written for one text into links that can be clicked, in MXP.
///
/// While lines are broken, the ends of a link are two octets that no text has and that take no column; afterwards the
/// lines that have them get their elements and the entities of the text around them. Lines without links stay as they
/// are, because a client reads elements only in lines that say so.
///
/// - Complexity: linear in the output of one text.
/// - SeeAlso: `TerminalWireTests/TerminalLinksTests`.
struct TerminalLinks {
    /// The octets around a link's text until ``apply(to:from:)``.
    static let start: UInt8 = 0x01
    static let end: UInt8 = 0x02

    /// The elements that open the links, in the order in which these stand.
    private var elements: [String] = []

    /// Notes that a link was begun.
    mutating func append(_ element: String) {
        elements.append(element)
    }

    /// Puts the links in their places in the output from an offset on.
    func apply(to output: inout [UInt8], from first: Int) {
        if elements.isEmpty { return }
        var result: [UInt8] = []
        result.reserveCapacity(output.count - first)
        var next = elements.makeIterator()
        var open: String?
        var start = first
        while start < output.count {
            let end = output[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? output.count
            let line = output[start..<end]
            if open == nil, !line.contains(Self.start) {
                result += line
            } else {
                result += MXP.secureLine.utf8
                // A link was closed at the end of the line before.
                if let open { result += open.utf8 }
                for octet in line { Self.append(octet, to: &result, &open, &next) }
            }
            start = end
        }
        output.replaceSubrange(first..., with: result)
    }

    private static func append(
        _ octet: UInt8, to result: inout [UInt8], _ open: inout String?, _ next: inout IndexingIterator<[String]>
    ) {
        switch octet {
        case start:
            open = next.next()
            result += (open ?? "").utf8
        case end:
            if open != nil { result += MXP.closeLink.utf8 }
            open = nil
        case 0x0D:
            if open != nil { result += MXP.closeLink.utf8 }
            result.append(octet)
        default:
            if let entity = MXP.entity(octet) { result += entity.utf8 } else { result.append(octet) }
        }
    }
}
