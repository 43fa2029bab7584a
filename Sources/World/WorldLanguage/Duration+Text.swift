extension Duration {
    /// The duration as people say it, in its two largest units, as part of a sentence: `1 hour 5 minutes`.
    package var told: Sentence {
        var rest = max(0, components.seconds)
        var parts: [Sentence] = []
        for unit in Unit.allCases {
            let count = rest / unit.rawValue
            rest %= unit.rawValue
            if count > 0 { parts.append(unit.sentence(of: count)) }
            if parts.count == 2 || (parts.count == 1 && count == 0) { break }
        }
        guard let first = parts.first else { return "a moment" }
        return parts.count == 1 ? first : "\(first) \(parts[1])"
    }

    /// In seconds, the largest first.
    private enum Unit: Int64, CaseIterable {
        case day = 86_400
        case hour = 3600
        case minute = 60
        case second = 1

        func sentence(of count: Int64) -> Sentence {
            let number = String(count)
            let isOne = count == 1
            switch self {
            case .day: return isOne ? "\(plain: number) day" : "\(plain: number) days"
            case .hour: return isOne ? "\(plain: number) hour" : "\(plain: number) hours"
            case .minute: return isOne ? "\(plain: number) minute" : "\(plain: number) minutes"
            case .second: return isOne ? "\(plain: number) second" : "\(plain: number) seconds"
            }
        }
    }
}
