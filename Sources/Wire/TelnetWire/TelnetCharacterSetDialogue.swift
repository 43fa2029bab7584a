/// How far the agreement on a character set has come.
struct TelnetCharacterSetDialogue {
    /// Whether the peer owes an answer to our list.
    private(set) var isWaiting = false
    private var rounds = 0

    /// Whether our list may be sent; counts it.
    mutating func ask() -> Bool {
        guard !isWaiting, spend() else { return false }
        isWaiting = true
        return true
    }

    /// Whether a list of the peer's may be answered; counts it.
    mutating func spend() -> Bool {
        guard rounds < TelnetLimits.dialogueRounds else { return false }
        rounds += 1
        return true
    }

    /// Takes the peer's answer; false for one that nobody asked for.
    mutating func receiveAnswer() -> Bool {
        defer { isWaiting = false }
        return isWaiting
    }
}
