import Basics
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// Long texts a page at a time, for those who want that.
extension Session {
    /// As much of a text as is shown now; the rest waits for the player.
    ///
    /// - Parameter rendered: A text that answers the player, as this door's screen takes it.
    /// - Returns: The first page, or everything where it needs no pages.
    func firstPage(of rendered: [UInt8]) -> [UInt8] {
        guard case .playing(let persona) = stage, let size = pageSize(for: persona),
            var made = TextPager(rendered, height: size.height, width: size.width)
        else { return rendered }
        let page = made.next()
        pager = made
        return page
    }

    /// As many lines as the player has said, or what their screen holds.
    private func pageSize(for persona: Thing) -> (height: Int, width: Int?)? {
        // Nearly nobody has set it, and every answer asks.
        if game.world.setting(.pager, of: persona) == nil { return nil }
        let preferences = game.world.preferences(of: persona)
        if let number = preferences.number(.pager) { return (number, nil) }
        guard preferences.isOn(.pager) else { return nil }
        return (console?.scrollingRows ?? windowHeight ?? LineLimits.assumedHeight, clientProfile.width)
    }

    /// Takes a line that is meant for the pager; any other ends it.
    ///
    /// - Returns: Whether the line was for the pager.
    func answerPager(_ line: String) -> Bool {
        guard pager != nil else { return false }
        guard let answer = TextPager.Answer(line: line) else {
            pager = nil
            return false
        }
        turnPage(answer)
        return true
    }

    func turnPage(_ answer: TextPager.Answer) {
        guard pager != nil else { return }
        let page: [UInt8]
        switch answer {
        case .next: page = pager?.next() ?? []
        case .back: page = pager?.back() ?? []
        case .quit: return stopPager()
        }
        if pager?.isAtEnd != false { pager = nil }
        owesPrompt = true
        tell(page, after: game.world.sequence)
    }

    func stopPager() {
        pager = nil
        owesPrompt = true
        game.sessionHasOutput(self)
    }
}
