/// An object that has something to do at the end of a pass.
package protocol PassFinisher: AnyObject {
    /// The pass the object asked for is at its end.
    func passEnded()
}

/// What waits for the end of the pass, in order of registration.
struct EndOfPassQueue {
    enum Item {
        case call(() -> Void)
        case finisher(any PassFinisher)
    }

    /// Two arrays change places in every round, so that a busy reactor allocates neither.
    private var items: [Item] = []
    private var spare: [Item] = []

    var isEmpty: Bool { items.isEmpty }

    mutating func append(_ item: Item) {
        items.append(item)
    }

    mutating func takeRound() -> [Item] {
        let round = items
        items = spare
        spare = []
        return round
    }

    /// Takes a round's memory back; it must be the last one to hold it.
    mutating func giveBack(_ round: consuming [Item]) {
        round.removeAll(keepingCapacity: true)
        spare = round
    }
}
