import Basics

extension IRCBatchRequest {
    /// Reads the parameters of a `BATCH`, of which there is one at least.
    ///
    /// - Throws: `FAIL BATCH INVALID_PARAMS` for a reference or type that can't be.
    init(_ words: [IRCParameter], tags: IRCTags) throws(IRCRequestFailure) {
        let reference = IRCParameter(checked: String(words[0].text.dropFirst()))
        guard Self.isReference(reference.text) else {
            throw IRCRequestFailure(.fail(.batch, .invalidParameters, [], "A batch is +name or -name."))
        }
        switch words[0].text.utf8.first {
        case UInt8(ascii: "+"):
            guard words.count > 1 else { throw IRCRequestFailure(.needMoreParameters(.batch)) }
            self = .start(
                reference: reference, type: words[1], parameters: Array(words.dropFirst(2)), tags: tags)
        case UInt8(ascii: "-"): self = .end(reference: reference)
        default: throw IRCRequestFailure(.fail(.batch, .invalidParameters, [], "A batch is +name or -name."))
        }
    }

    /// Whether a batch can be called so: letters, digits and hyphens, at most ``IRCLimits/batchReferenceOctets``.
    static func isReference(_ text: String) -> Bool {
        (1...IRCLimits.batchReferenceOctets).contains(text.utf8.count)
            && text.utf8.allSatisfy { IRCCommand.capital($0) != nil || $0 == UInt8(ascii: "-") }
    }
}

extension IRCHistoryRequest {
    /// Reads the parameters of a `CHATHISTORY`.
    ///
    /// - Throws: `FAIL CHATHISTORY` with the code for what is wrong.
    init(_ words: [IRCParameter]) throws(IRCRequestFailure) {
        guard let name = words.first, !name.isEmpty else {
            throw IRCRequestFailure(.fail(.chathistory, .needMoreParameters, [.star], "Missing parameters"))
        }
        let subcommand = name.text.uppercased()
        guard let count = ["LATEST": 4, "BEFORE": 4, "AFTER": 4, "AROUND": 4, "BETWEEN": 5, "TARGETS": 4][subcommand]
        else {
            // A name with a space can't stand in the middle of the answer.
            throw IRCRequestFailure(
                .fail(.chathistory, .unknownCommand, [name.isMiddle ? name : .star], "Unknown subcommand"))
        }
        guard words.count >= count else {
            throw IRCRequestFailure(.fail(.chathistory, .needMoreParameters, [name], "Missing parameters"))
        }
        guard let limit = Int(words[count - 1].text), limit >= 0 else {
            throw Self.invalid(name, words[count - 1], "The limit is a number.")
        }
        func point(_ place: Int) throws(IRCRequestFailure) -> IRCHistoryPoint { try Self.point(words[place], in: name) }
        func time(_ place: Int) throws(IRCRequestFailure) -> WallInstant {
            guard case .time(let time) = try point(place) else {
                throw Self.invalid(name, words[place], "Targets are asked for by times.")
            }
            return time
        }
        let target = words[1]
        switch subcommand {
        case "LATEST":
            self = .latest(target: target, after: words[2] == .star ? nil : try point(2), limit: limit)
        case "BEFORE": self = .before(target: target, try point(2), limit: limit)
        case "AFTER": self = .after(target: target, try point(2), limit: limit)
        case "AROUND": self = .around(target: target, try point(2), limit: limit)
        case "BETWEEN": self = .between(target: target, try point(2), try point(3), limit: limit)
        default: self = .targets(try time(1), try time(2), limit: limit)
        }
    }

    private static func point(
        _ word: IRCParameter, in name: IRCParameter
    ) throws(IRCRequestFailure) -> IRCHistoryPoint {
        let text = word.text
        if text.hasPrefix("timestamp=") {
            guard let time = WallInstant(ircTime: text.dropFirst(10)) else {
                throw invalid(name, word, "A time is timestamp=YYYY-MM-DDThh:mm:ss.sssZ.")
            }
            return .time(time)
        }
        guard text.hasPrefix("msgid="), text.utf8.count > 6 else {
            throw invalid(name, word, "A point is timestamp=… or msgid=….")
        }
        return .message(IRCParameter(checked: String(text.dropFirst(6))))
    }

    private static func invalid(
        _ name: IRCParameter, _ word: IRCParameter, _ text: IRCParameter
    ) -> IRCRequestFailure {
        IRCRequestFailure(.fail(.chathistory, .invalidParameters, [name, word.isMiddle ? word : .star], text))
    }
}

extension IRCWhoRequest {
    /// Reads the parameters of a `WHO`, of which there is one at least.
    init(_ words: [IRCParameter]) {
        self.init(mask: words[0].isEmpty ? .star : words[0])
        guard words.count > 1 else { return }
        // `o` may come before or after the fields of WHOX: `o%tn,42`, `%tn,42`.
        let text = words[1].text
        let mark = text.firstIndex(of: "%")
        operatorsOnly = text[..<(mark ?? text.endIndex)].contains { $0 == "o" || $0 == "O" }
        fields = mark.map { IRCWhoxFields(parsing: text[text.index(after: $0)...]) }
    }
}

extension IRCWhoxFields {
    /// Reads what stands after the `%`; letters that are no field are left out, as is a token of more than 3 digits.
    init(parsing text: Substring) {
        let comma = text.firstIndex(of: ",")
        let fields = Set(text[..<(comma ?? text.endIndex)].utf8.compactMap { Field(rawValue: $0 | 0x20) })
        let token = comma.map { text[text.index(after: $0)...] }
        let isToken = token.map { (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }
        self.init(fields, token: isToken == true ? token.map { IRCParameter(checked: String($0)) } : nil)
    }
}

extension IRCMonitorRequest {
    /// Reads the parameters of a `MONITOR`, of which there is one at least.
    init(_ words: [IRCParameter], _ limits: IRCTargetLimits) throws(IRCRequestFailure) {
        switch words[0].text.uppercased() {
        case "C": self = .clear
        case "L": self = .list
        case "S": self = .status
        case let sign where sign == "+" || sign == "-":
            guard words.count > 1 else { throw IRCRequestFailure(.needMoreParameters(.monitor)) }
            let nicks = try IRCRequest.targets(words[1], of: .monitor, limit: limits.people)
            self = sign == "+" ? .add(nicks) : .remove(nicks)
        default: throw IRCRequestFailure(.unknownError("MONITOR", "Unknown subcommand"))
        }
    }
}

extension IRCBanRequest {
    /// Reads the parameters of a `KLINE`, of which there is one at least.
    init(_ words: [IRCParameter]) throws(IRCRequestFailure) {
        if let minutes = Int(words[0].text) {
            guard words.count > 1, minutes >= 0 else { throw IRCRequestFailure(.needMoreParameters(.kline)) }
            self.init(minutes: minutes == 0 ? nil : minutes, mask: words[1], reason: words.count > 2 ? words[2] : nil)
        } else {
            self.init(mask: words[0], reason: words.count > 1 ? words[1] : nil)
        }
    }
}

extension IRCListRequest {
    /// Reads the parameters of a `LIST`: channels and conditions, in one list or in two.
    init(_ words: [IRCParameter], _ limits: IRCTargetLimits) throws(IRCRequestFailure) {
        self.init()
        let items = words.prefix(2).flatMap { IRCRequest.items($0) }
        if items.count > limits.channels { throw IRCRequestFailure(.tooManyTargets(items[limits.channels])) }
        for item in items {
            if let condition = Self.condition(item.text) { conditions.append(condition) } else { channels.append(item) }
        }
    }

    private static func condition(_ text: String) -> Condition? {
        func number(after count: Int) -> Int? { Int(text.dropFirst(count)).flatMap { $0 >= 0 ? $0 : nil } }
        switch text.prefix(2).uppercased() {
        case "C>": return number(after: 2).map(Condition.createdBefore(minutes:))
        case "C<": return number(after: 2).map(Condition.createdWithin(minutes:))
        case "T>": return number(after: 2).map(Condition.topicBefore(minutes:))
        case "T<": return number(after: 2).map(Condition.topicWithin(minutes:))
        case let start where start.first == ">": return number(after: 1).map(Condition.morePeople(than:))
        case let start where start.first == "<": return number(after: 1).map(Condition.fewerPeople(than:))
        case let start where start.first == "!": return .doesNotMatch(IRCParameter(checked: String(text.dropFirst())))
        default:
            return text.contains { $0 == "*" || $0 == "?" } ? .matches(IRCParameter(checked: text)) : nil
        }
    }
}
