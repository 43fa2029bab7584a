@testable import TerminalWire

/// Types a text with its control characters into an editor.
///
/// - Returns: What was to be done.
@discardableResult
func type(_ text: String, _ editor: inout LineEditor) -> [LineEditorAction] {
    var decoder = KeyDecoder()
    var keys: [TerminalKey] = []
    decoder.receive(Array(text.utf8), into: &keys)
    decoder.timeOut(into: &keys)
    var actions: [LineEditorAction] = []
    for key in keys { editor.receive(key, into: &actions) }
    return actions
}

/// A line with `|` where the cursor is.
func look(_ editor: LineEditor) -> String {
    String(editor.text[..<editor.cursor]) + "|" + String(editor.text[editor.cursor...])
}
