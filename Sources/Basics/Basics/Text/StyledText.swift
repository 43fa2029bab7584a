/// What a run of text means; each door decides how that looks (colour, HTML class, nothing).
///
/// The raw values are stored with texts, so that new ones are only added at the end.
package enum TextStyle: UInt8, Sendable, CaseIterable {
    case plain
    /// The heading of a room, a help page, a list.
    case title
    /// A direction one can go.
    case exit
    /// A thing one could handle.
    case thing
    /// A person or creature.
    case person
    /// Words somebody says.
    case speech
    /// Something to notice.
    case emphasis
    /// A refusal or a danger.
    case warning
    /// What may be typed, literally.
    case command
    /// Beside the point: hints, times.
    case faint
    /// What hurts somebody.
    case damage
    /// What does somebody good.
    case healing
    /// Where words come from that were said on a channel.
    case channel
    /// Words for one person alone.
    case tell
    /// What was written or said elsewhere.
    case quote
}

/// Text made of styled runs; `\n` separates lines, and no other control character occurs.
///
/// - Isolation: none; a value type.
package struct StyledText: Hashable, Sendable {
    package struct Run: Hashable, Sendable {
        package var text: String
        package var style: TextStyle

        package init(_ text: String, _ style: TextStyle = .plain) {
            self.text = text
            self.style = style
        }
    }

    package var runs: [Run]

    package init(_ text: String = "", _ style: TextStyle = .plain) {
        runs = text.isEmpty ? [] : [Run(text, style)]
    }

    /// The text without its styles.
    package var plain: String {
        var result = ""
        for run in runs { result += run.text }
        return result
    }

    package var isEmpty: Bool { runs.isEmpty }

    package mutating func append(_ text: String, _ style: TextStyle = .plain) {
        if text.isEmpty { return }
        if let last = runs.indices.last, runs[last].style == style {
            runs[last].text += text
        } else {
            runs.append(Run(text, style))
        }
    }

    package mutating func append(_ other: StyledText) {
        for run in other.runs { append(run.text, run.style) }
    }

    package static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.append(right)
        return sum
    }
}

extension StyledText: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}
