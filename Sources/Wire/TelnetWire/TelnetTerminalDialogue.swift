/// How far the questions and answers about the terminal's names have come, on either side.
struct TelnetTerminalDialogue {
    /// Server: questions asked so far.
    private(set) var rounds = 0
    /// Server: whether an answer is owed; answers nobody asked for are ignored.
    private var isWaiting = false
    /// Server: the names heard, at most one a round.
    private var names: [String] = []
    /// Client: which name comes next.
    private var nextName = 0

    /// Server: whether one more question may be asked; counts it.
    mutating func ask() -> Bool {
        guard rounds < TelnetLimits.terminalTypeRounds else { return false }
        rounds += 1
        isWaiting = true
        return true
    }

    /// Server: whether an answer is news, which asks for the next question too.
    ///
    /// A repeat ends the list, whether the client repeats its last name or begins anew with its first.
    mutating func receive(_ name: String) -> Bool {
        guard isWaiting else { return false }
        isWaiting = false
        guard !name.isEmpty, !names.contains(name) else {
            names = []
            return false
        }
        names.append(name)
        return true
    }

    /// Client: the next name of the list; the last is repeated.
    mutating func answer(from names: [String]) -> String? {
        guard !names.isEmpty else { return nil }
        let name = names[min(nextName, names.count - 1)]
        nextName = min(nextName + 1, names.count)
        return name
    }
}
