import Basics
package import WorldModel

/// Which of the messages of a channel are wanted, at most so many.
package enum ChannelHistoryRange: Hashable, Sendable {
    /// A place in a channel's history; the message there, if there is one, is not among those wanted.
    package enum Mark: Hashable, Sendable {
        /// The number of a message, also of one that was taken out.
        case number(Int)
        /// In milliseconds since 1970.
        case time(Int)
    }

    /// Where something stands in a history.
    package struct Place: Hashable, Sendable {
        package let number: Int
        /// In milliseconds since 1970.
        package let time: Int

        package init(number: Int, time: Int) {
            self.number = number
            self.time = time
        }
    }

    /// The latest, behind a mark if one is given.
    case latest(after: Mark?)
    /// The latest of those before a mark.
    case before(Mark)
    /// The first of those behind a mark.
    case after(Mark)
    /// As many before a mark as behind it, the message at the mark among them.
    case around(Mark)
    /// Those between two marks: the first of them when the first mark is the earlier one, else the latest.
    case between(Mark, Mark)
}

extension Channel {
    /// Some of the messages that are kept, the oldest first, without those of people whom the reader ignores.
    ///
    /// They may be of a turn that is not durable yet; who tells of them waits for ``World/sequence``, as with all output.
    ///
    /// - Parameters:
    ///   - range: Which.
    ///   - limit: How many at most; ``mostKept`` are kept.
    ///   - reader: Who wants to read them.
    /// - Returns: The messages.
    /// - Complexity: O(*n*) in the messages kept.
    package func history(_ range: ChannelHistoryRange, atMost limit: Int, for reader: Thing) -> [ChannelMessage] {
        range.chosen(from: history(for: reader), atMost: min(limit, Self.mostKept)) { message in
            ChannelHistoryRange.Place(number: message.number, time: message.time)
        }
    }

    /// What a message is known by, live and in the history.
    package func id(of message: ChannelMessage) -> String { post(message.number).id }

    func post(_ number: Int) -> Utterance.Post {
        Utterance.Post(channel: thing.id, name: name, number: number)
    }
}

extension ChannelHistoryRange {
    /// Those of some messages that are wanted.
    ///
    /// - Parameters:
    ///   - all: The oldest first.
    ///   - limit: How many at most.
    ///   - place: Where one of them stands.
    /// - Returns: Those, the oldest first.
    package func chosen<Message>(from all: [Message], atMost limit: Int, at place: (Message) -> Place) -> [Message] {
        let limit = max(0, limit)
        switch self {
        case .latest(let mark):
            return all.filter { message in mark.map { place(message).isAfter($0) } ?? true }.suffix(limit)
        case .before(let mark): return all.filter { place($0).isBefore(mark) }.suffix(limit)
        case .after(let mark): return Array(all.filter { place($0).isAfter(mark) }.prefix(limit))
        case .between(let first, let last):
            let isForward = first.isInFront(of: last)
            let (early, late) = isForward ? (first, last) : (last, first)
            let inside = all.filter { place($0).isAfter(early) && place($0).isBefore(late) }
            return Array(isForward ? inside.prefix(limit) : inside.suffix(limit))
        case .around(let mark):
            let center = all.firstIndex { !place($0).isBefore(mark) } ?? all.endIndex
            let start = max(0, min(center - limit / 2, all.count - limit))
            return Array(all[start..<min(all.count, start + limit)])
        }
    }
}

extension ChannelMessage {
    /// What was said, or what goes on from the speaker's name.
    package var words: String { isGesture ? gesture.trimmed : text }
}

extension ChannelHistoryRange.Place {
    fileprivate func isAfter(_ mark: ChannelHistoryRange.Mark) -> Bool {
        switch mark {
        case .number(let number): self.number > number
        case .time(let time): self.time > time
        }
    }

    fileprivate func isBefore(_ mark: ChannelHistoryRange.Mark) -> Bool {
        switch mark {
        case .number(let number): self.number < number
        case .time(let time): self.time < time
        }
    }
}

extension ChannelHistoryRange.Mark {
    /// Whether another mark of the same kind is behind it; two of different kinds are taken to be in order.
    fileprivate func isInFront(of other: Self) -> Bool {
        switch (self, other) {
        case (.number(let one), .number(let other)), (.time(let one), .time(let other)): one <= other
        default: true
        }
    }
}
