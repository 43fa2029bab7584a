/// Recalling lines, and searching them.
extension LineEditor {
    /// Shows an older line, or a newer one; what was typed before comes after the newest.
    mutating func recall(by step: Int, into actions: inout [LineEditorAction]) {
        let index = (recalled?.index ?? history.lines.count) + step
        if isHidden || index < 0 || index > history.lines.count || recalled == nil && step > 0 {
            return actions.append(.bell)
        }
        let draft = recalled?.draft ?? text
        undo = []
        isOverlong = false
        if let line = history[index] {
            recalled = (index, draft)
            setText(Array(line))
        } else {
            recalled = nil
            setText(draft)
        }
    }

    mutating func beginSearch(into actions: inout [LineEditorAction]) {
        if isHidden { return actions.append(.bell) }
        search = LineSearch(draft: text, cursor: cursor)
    }

    /// Takes a key while a search goes on; any key that means nothing to a search ends it and counts.
    ///
    /// - Returns: Whether the key was for the search alone.
    mutating func receiveInSearch(_ key: TerminalKey, into actions: inout [LineEditorAction]) -> Bool {
        guard var current = search else { return false }
        switch key {
        case .text(let scalar):
            if current.query.unicodeScalars.count >= LineLimits.searchLength {
                actions.append(.bell)
                return true
            }
            current.query.unicodeScalars.append(scalar)
            // What was found nowhere is not found with another letter behind it; an accent makes another letter of the last.
            if current.hasFailed, scalar.isASCII {
                actions.append(.bell)
                break
            }
            // The line that was found may still fit.
            look(for: &current, before: current.found.map { $0 + 1 }, into: &actions)
        case .control(0x12):
            look(for: &current, before: current.found, into: &actions)
        case .backspace:
            if !current.query.isEmpty { current.query.removeLast() }
            look(for: &current, before: nil, into: &actions)
        case .control(0x03), .control(0x07):
            search = nil
            setText(current.draft)
            move(to: current.draftCursor)
            return true
        case .escape:
            endSearch(current)
            return true
        default:
            endSearch(current)
            return false
        }
        search = current
        return true
    }

    /// Leaves what was found in the line.
    private mutating func endSearch(_ ended: LineSearch) {
        search = nil
        isOverlong = false
        undo = []
        recalled = ended.found.map { (index: $0, draft: ended.draft) }
    }

    private mutating func look(
        for current: inout LineSearch, before end: Int?, into actions: inout [LineEditorAction]
    ) {
        if current.query.isEmpty {
            current.found = nil
            current.hasFailed = false
            setText(current.draft)
            return move(to: current.draftCursor)
        }
        guard let match = history.search(current.query, before: end ?? history.lines.count) else {
            current.hasFailed = true
            return actions.append(.bell)
        }
        current.hasFailed = false
        current.found = match.index
        setText(Array(history[match.index] ?? ""))
        move(to: match.offset)
    }
}
