package import Basics
import TerminalWire

/// Turns styled text into a piece of HTML.
///
/// ```text
///   heading, paragraph         <h2>The Hall</h2>  <p>You see <span class="thing">a lamp</span> here.</p>
///   items                      <ul><li>…</li></ul>
///   example                    <p class="example">…</p>
///   a style                    <span class="thing">  <em>  <strong class="warning">
///   exit, command              <button type="button" class="exit" data-command="north">north</button>
///   a command with blanks      <code class="command">get THING</code>
/// ```
///
/// A page makes the buttons work by sending `data-command` as a line; without that they are words. What a style looks
/// like is the style sheet's. All text is escaped, and nothing of it stands in an attribute but commands; control
/// characters and bidirectional overrides are dropped.
///
/// - Isolation: none; a value type.
/// - Complexity: O(*n*) in the text.
/// - SeeAlso: `MarkupWireTests/HTMLRendererTests`.
package struct HTMLRenderer: Hashable, Sendable {
    package init() {}

    /// The text as blocks, one after the other.
    package func render(_ text: StyledText) -> String {
        var page = ""
        var isInList = false
        for block in text.blocks {
            if isInList != (block.kind == .item) {
                page += isInList ? "</ul>" : "<ul>"
                isInList.toggle()
            }
            switch block.kind {
            case .heading: page += "<h2>\(inline(block.text))</h2>"
            case .item: page += "<li>\(inline(block.text))</li>"
            case .example: page += "<p class=\"example\">\(inline(block.text))</p>"
            case .paragraph: page += "<p>\(inline(block.text))</p>"
            }
        }
        if isInList { page += "</ul>" }
        return page
    }

    private func inline(_ text: StyledText) -> String {
        text.runs.map(element).joined()
    }

    private func element(_ run: StyledText.Run) -> String {
        let text = Self.escaped(run.text)
        switch run.style {
        case .plain: return text
        case .title: return "<span class=\"title\">\(text)</span>"
        case .emphasis: return "<em>\(text)</em>"
        case .warning: return "<strong class=\"warning\">\(text)</strong>"
        case .exit: return button(run.text, text, "exit")
        case .command:
            if Self.isComplete(run.text) { return button(run.text, text, "command") }
            return "<code class=\"command\">\(text)</code>"
        case .person: return "<span class=\"name\">\(text)</span>"
        case .thing, .speech, .faint, .damage, .healing, .channel, .tell, .quote:
            return "<span class=\"\(run.style)\">\(text)</span>"
        }
    }

    private func button(_ line: String, _ text: String, _ kind: String) -> String {
        "<button type=\"button\" class=\"\(kind)\" data-command=\"\(Self.escaped(line.trimmed))\">\(text)</button>"
    }

    /// Whether a command can be sent as it is: no word of it is a blank like THING, and nothing is there to choose.
    static func isComplete(_ command: String) -> Bool {
        if command.contains("|") { return false }
        return !command.split(separator: " ").contains { word in
            word.count > 1 && word.allSatisfy { $0.isUppercase || !$0.isLetter } && word.contains(where: \.isUppercase)
        }
    }

    /// Text that stands for itself, in an element as well as in a quoted attribute.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default:
                if TextSafety.isSpaceLike(scalar) {
                    result += " "
                } else if !isDropped(scalar) {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        TextSafety.isControl(scalar) || TextSafety.isDirectionOverride(scalar) || scalar.value & 0xFFFE == 0xFFFE
    }
}
