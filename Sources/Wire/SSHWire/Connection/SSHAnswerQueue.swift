/// Puts answers into the order of the questions, which may be answered in any order.
struct SSHAnswerQueue<Answer> {
    private var slots: [Answer?] = []
    /// The number of the first slot's question.
    private var first = 0

    var count: Int { slots.count }

    /// Notes a question, and gives its number.
    mutating func ask() -> Int {
        slots.append(nil)
        return first + slots.count - 1
    }

    /// Notes an answer; a second one to the same question does nothing.
    mutating func answer(_ number: Int, _ answer: Answer) {
        let place = number - first
        guard slots.indices.contains(place), slots[place] == nil else { return }
        slots[place] = answer
    }

    /// Takes the next answer if its turn has come.
    mutating func next() -> Answer? {
        guard let answer = slots.first ?? nil else { return nil }
        slots.removeFirst()
        first += 1
        return answer
    }
}
