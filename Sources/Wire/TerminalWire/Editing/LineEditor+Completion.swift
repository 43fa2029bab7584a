/// Completion of the word before the cursor.
extension LineEditor {
    /// Asks for candidates, or shows those that the last Tab left.
    mutating func complete(into actions: inout [LineEditorAction]) {
        if isHidden { return actions.append(.bell) }
        if !candidates.isEmpty { return actions.append(.list(candidates)) }
        isCompleting = true
        actions.append(.complete(text: String(text), cursor: cursor))
    }

    /// Answers ``LineEditorAction/complete(text:cursor:)``: inserts what all candidates share.
    ///
    /// - Parameters:
    ///   - completion: What was found for the line as it was asked for; nil if nothing was.
    ///   - actions: Gets a bell where nothing could be inserted.
    package mutating func complete(with completion: LineCompletion?, into actions: inout [LineEditorAction]) {
        if !isCompleting { return }
        isCompleting = false
        guard let completion, !completion.candidates.isEmpty, (0...cursor).contains(completion.start) else {
            return actions.append(.bell)
        }
        let typed = Array(text[completion.start..<cursor])
        let isOnly = completion.candidates.count == 1
        var shared = Self.sharedBeginning(of: completion.candidates)
        if isOnly, cursor == text.count { shared.append(" ") }
        let grows = shared.count > typed.count || isOnly && shared != typed
        if grows {
            let rest = Self.size(text[...]) - Self.size(typed[...]) + Self.size(shared[...])
            if rest > LineLimits.lineOctets { return actions.append(.bell) }
            keepForUndo()
            let tail = Array(text[cursor...])
            setText(Array(text[..<completion.start]) + shared + tail)
            move(to: completion.start + shared.count)
        }
        if isOnly { return }
        candidates = completion.candidates
        if !grows { actions.append(.bell) }
    }

    /// The characters with which all begin, whatever their case, as the first has them.
    private static func sharedBeginning(of candidates: [String]) -> [Character] {
        guard var shared = candidates.first.map(Array.init) else { return [] }
        for candidate in candidates.dropFirst() {
            var count = 0
            for (left, right) in zip(shared, candidate) {
                if left != right, left.lowercased() != right.lowercased() { break }
                count += 1
            }
            shared.removeSubrange(count...)
        }
        return shared
    }
}
