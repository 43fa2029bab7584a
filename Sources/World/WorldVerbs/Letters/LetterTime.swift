import Basics
import WorldLanguage

/// Says when something was written: how long ago, and the day and hour.
///
/// ```text
///   just now (14 November 2023, 22:13 UTC)
///   5 minutes ago (…)    3 hours ago    2 days ago
/// ```
enum LetterTime {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    /// The last millisecond of the year 9999; beyond it there are no four digits.
    private static let last: Int64 = 253_402_300_799_999

    static func text(_ date: WallInstant, now: WallInstant) -> Sentence {
        "\(relative(date, now)) (\(absolute(date)))"
    }

    static func absolute(_ date: WallInstant) -> Sentence {
        let (stamp, parts) = parts(of: date)
        guard parts.count >= 5, months.indices.contains(parts[1] - 1) else { return "\(plain: stamp)" }
        let month = Sentence(message: months[parts[1] - 1])
        let clock = padded(parts[3]) + ":" + padded(parts[4])
        return "\(plain: String(parts[2])) \(month) \(plain: String(parts[0])), \(plain: clock) UTC"
    }

    /// The day alone, in UTC; nil for what is no date.
    static func day(_ date: WallInstant) -> (day: String, month: Sentence, year: String)? {
        let (_, parts) = parts(of: date)
        guard parts.count >= 3, months.indices.contains(parts[1] - 1) else { return nil }
        return (String(parts[2]), Sentence(message: months[parts[1] - 1]), String(parts[0]))
    }

    /// The numbers of `2023-11-14T22:13:20Z`.
    private static func parts(of date: WallInstant) -> (stamp: String, parts: [Int]) {
        let stamp = WallInstant(milliseconds: min(max(date.milliseconds, 0), last)).description
        return (stamp, stamp.split(whereSeparator: { "-T:Z".contains($0) }).map { Int($0) ?? 0 })
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// How long ago something was, in its largest unit.
    static func relative(_ date: WallInstant, _ now: WallInstant) -> Sentence {
        let minutes = date.duration(to: now).components.seconds / 60
        let (hours, days, years) = (minutes / 60, minutes / 1440, minutes / 525_600)
        switch true {
        case years > 1: return "\(plain: String(years)) years ago"
        case years == 1: return "1 year ago"
        case days > 1: return "\(plain: String(days)) days ago"
        case days == 1: return "1 day ago"
        case hours > 1: return "\(plain: String(hours)) hours ago"
        case hours == 1: return "1 hour ago"
        case minutes > 1: return "\(plain: String(minutes)) minutes ago"
        case minutes == 1: return "1 minute ago"
        default: return "just now"
        }
    }
}

extension Letter {
    /// The subject as lists show it, between the quotation marks of a sentence.
    var shownSubject: Sentence { subject.isEmpty ? "\(phrase: "no subject", .speech)" : "\(speech: subject)" }
    /// The subject as headings have it.
    var headSubject: Sentence { subject.isEmpty ? "no subject" : "\(plain: subject)" }
}
