import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let time = Verb(
        "time", ["date"], group: .looking, usage: ["time"], summary: "Find out the hour and the day.",
        help: """
            Tells about what time it is in this world, which day, and when the sun rises and sets. Days here are not as \
            long as yours; the last line says how long one lasts.
            Example: `time`, `date`.
            """,
        forms: [[]]
    ) { _, action in
        action.tellTime()
    }
}

extension Action {
    func tellTime() {
        let calendar = world.calendar
        let time = calendar.time(at: world.now)
        let season = calendar.season(of: time.day)
        var text = turn.text(Self.sentence(of: time))
        text.append(" ")
        text.append(turn.text(Self.sentence(of: calendar.date(of: time.day), calendar.weekday(of: time.day), calendar)))
        text.append("\n")
        let (dawn, dusk) = (Self.dial(season.dawn), Self.dial(season.dusk))
        text.append(
            turn.text(
                "It is \(content: season.name); the sun rises about \(number: dawn) and sets about \(number: dusk)."))
        text.append("\n")
        let length = Duration.seconds(calendar.dayLength * 60).told
        text.append(turn.text("A day of this world lasts \(length) of yours."))
        turn.show(text, as: .reference)
    }

    /// The hour in words, to the half hour; clocks strike twelve twice a day.
    private static func sentence(of time: WorldTime) -> Sentence {
        let isHalf = (15..<45).contains(time.minute)
        let hour = time.minute < 45 ? time.hour : (time.hour + 1) % 24
        let number = dial(hour)
        switch (hour, isHalf) {
        case (0, false): return "It is about midnight."
        case (12, false): return "It is about noon."
        case (5..<12, false): return "It is about \(number: number) in the morning."
        case (5..<12, true): return "It is about half past \(number: number) in the morning."
        case (12..<18, false): return "It is about \(number: number) in the afternoon."
        case (12..<18, true): return "It is about half past \(number: number) in the afternoon."
        case (18..<22, false): return "It is about \(number: number) in the evening."
        case (18..<22, true): return "It is about half past \(number: number) in the evening."
        case (_, false): return "It is about \(number: number) at night."
        case (_, true): return "It is about half past \(number: number) at night."
        }
    }

    /// The number at which the hand stands.
    private static func dial(_ hour: Int) -> Int { (hour + 11) % 12 + 1 }

    private static func sentence(of date: WorldDate, _ weekday: String?, _ calendar: WorldCalendar) -> Sentence {
        let (month, day) = (calendar.months[date.month].name, String(date.day))
        switch (weekday, calendar.firstYear) {
        case (let weekday?, nil): return "Today is \(content: weekday), \(content: month) \(plain: day)."
        case (let weekday?, _?):
            return
                "Today is \(content: weekday), \(content: month) \(plain: day), in the year \(plain: String(date.year))."
        case (nil, nil): return "Today is \(content: month) \(plain: day)."
        case (nil, _?): return "Today is \(content: month) \(plain: day), in the year \(plain: String(date.year))."
        }
    }
}
