import WorldLanguage

/// The commands of the editor: one row for each.
enum EditorWord: CaseIterable {
    case finish, leave, discard, list, preview, delete, insert, replace, substitute, move, undo, clear, perform, help

    /// What may be typed after the dot, the usual word first.
    var names: [String] {
        switch self {
        case .finish: ["x", "done", "send", "save", "end", "pin"]
        case .leave: ["q", "quit", "exit", "leave", "stop"]
        case .discard: ["drop", "cancel", "abort", "discard"]
        case .list: ["l", "list"]
        case .preview: ["p", "preview", "show"]
        case .delete: ["d", "delete", "del"]
        case .insert: ["i", "insert", "ins"]
        case .replace: ["r", "replace", "change"]
        case .substitute: ["s", "substitute"]
        case .move: ["m", "move"]
        case .undo: ["u", "undo"]
        case .clear: ["c", "clear"]
        case .perform: ["do"]
        case .help: ["h", "help"]
        }
    }

    init?(named name: String) {
        guard let found = Self.allCases.first(where: { $0.names.contains(name) }) else { return nil }
        self = found
    }

    /// How it is used.
    var usage: String {
        switch self {
        case .finish: ".x"
        case .leave: ".q"
        case .discard: ".drop"
        case .list: ".l 3-5"
        case .preview: ".p"
        case .delete: ".d 3-5"
        case .insert: ".i 3 TEXT"
        case .replace: ".r 3 TEXT"
        case .substitute: ".s /OLD/NEW/"
        case .move: ".m 3-5 1"
        case .undo: ".u"
        case .clear: ".c"
        case .perform: ".do COMMAND"
        case .help: ".h"
        }
    }

    /// What it does, in one sentence.
    var summary: Sentence {
        switch self {
        case .finish: "The text is done; a dot alone in a line does the same."
        case .leave: "Leave without being done; what you wrote is kept as a draft."
        case .discard: "Leave and throw the text away, after a question."
        case .list: "Read the lines with their numbers: all, one, or from one to another."
        case .preview: "Read the text as others will."
        case .delete: "Delete lines; the last one is \(command: ".d last")."
        case .insert: "Put a line before another one."
        case .replace: "Write a line anew."
        case .substitute: "Change words wherever they stand; \(command: ".s 3 /OLD/NEW/") does it in one line."
        case .move: "Move lines, so that the first of them gets the second number."
        case .undo: "Take the last change back, and then the one before it."
        case .clear: "Delete all lines."
        case .perform: "Do something in the game and go on writing after it: \(command: ".do say One moment.")"
        case .help: "Read this."
        }
    }
}
