import Basics
package import WorldLanguage
import WorldModel

extension Verb {
    static let weather = Verb(
        "weather", group: .looking, usage: ["weather"], summary: "See what the sky is like.",
        help: """
            Outdoors, or through a window that shows the outdoors, it tells what the weather is. A place outdoors says it \
            as well when you look, and you notice when it changes.
            Example: `weather`.
            """,
        forms: [[]]
    ) { _, action in
        try action.tellWeather()
    }
}

extension Action {
    func tellWeather() throws {
        if let here = turn.perception.surroundings, here[.isOutdoors] {
            var text = turn.skyText(over: here)
            if let moon = moonSentence(over: here) {
                text.append(" ")
                text.append(turn.text(moon))
            }
            return turn.show(text)
        }
        guard let view = turn.perception.views.first(where: { $0.place[.isOutdoors] }) else {
            throw refuse("You cannot see the sky from here.")
        }
        let text = turn.skyText(over: view.place)
        if let door = world.door(of: view.exit) {
            turn.reply("You look out through \(name: door). \(text)", as: .sight)
        } else {
            turn.reply("You look out. \(text)", as: .sight)
        }
    }

    private func moonSentence(over place: Thing) -> Sentence? {
        let calendar = world.calendar
        let time = calendar.time(at: world.now)
        guard calendar.daylight(at: time) == .night, world.sky(over: place, at: time.hours).isOpen else { return nil }
        switch calendar.moon(at: time) {
        case .new?: return "There is no moon."
        case .waxing?: return "The moon is waxing."
        case .full?: return "The moon is full, and everything has a shadow."
        case .waning?: return "The moon is waning."
        case nil: return nil
        }
    }
}

/// The sky in words.
extension Turn {
    /// What somebody under the sky sees of it: the light, if it changes, and the weather.
    func skyText(over place: Thing) -> StyledText {
        let calendar = world.calendar
        let time = calendar.time(at: world.now)
        let sky = world.sky(over: place, at: time.hours)
        let light = calendar.daylight(at: time)
        let weather = text(light == .night ? Self.nightly(sky) : Self.daily(sky))
        guard let twilight = Self.twilight(light, sky) else { return weather }
        return text(twilight) + " " + weather
    }

    private static func twilight(_ light: Daylight, _ sky: Sky) -> Sentence? {
        switch (light, sky.isOpen) {
        case (.dawn, true): "The sun is rising."
        case (.dawn, false): "It is getting light."
        case (.dusk, true): "The sun is setting."
        case (.dusk, false): "It is getting dark."
        case (.day, _), (.night, _): nil
        }
    }

    private static func daily(_ sky: Sky) -> Sentence {
        switch sky {
        case .clear: "The sky is clear."
        case .cloudy: "Clouds drift across the sky."
        case .overcast: "The sky is grey from rim to rim."
        case .windy: "A wind goes by in gusts."
        case .mist: "Mist hides whatever is far."
        case .drizzle: "A thin rain drifts down."
        case .rain: "It is raining."
        case .storm: "Rain lashes down, and the wind takes it sideways."
        case .snow: "It is snowing."
        }
    }

    private static func nightly(_ sky: Sky) -> Sentence {
        switch sky {
        case .clear: "It is night, and the stars are out."
        case .cloudy: "It is night; clouds put out one star after another."
        case .overcast: "It is night, without a star."
        case .windy: "It is night, and a wind goes about in the dark."
        case .mist: "It is night, and mist makes a ring about every light."
        case .drizzle: "It is night, and a thin rain drifts down."
        case .rain: "It is night, and raining."
        case .storm: "It is night; rain lashes down, and the wind takes it sideways."
        case .snow: "It is night, and snow falls out of the dark."
        }
    }

    // MARK: Changes

    /// What somebody under the sky notices of the hour that has begun, after the one before.
    func changes(over place: Thing, at time: WorldTime) -> [Sentence] {
        let calendar = world.calendar
        let former =
            time.hour > 0 ? WorldTime(day: time.day, hour: time.hour - 1) : WorldTime(day: time.day - 1, hour: 23)
        let (sky, formerSky) = (world.sky(over: place, at: time.hours), world.sky(over: place, at: former.hours))
        let light = calendar.daylight(at: time)
        var changes: [Sentence] = []
        if light != calendar.daylight(at: former), let change = Self.change(to: light, under: sky) {
            changes.append(change)
        }
        if sky != formerSky { changes.append(Self.change(from: formerSky, to: sky)) }
        return changes
    }

    private static func change(to light: Daylight, under sky: Sky) -> Sentence? {
        switch (light, sky.isOpen) {
        case (.dawn, true): "The sun rises."
        case (.dawn, false): "It grows light, and nobody saw the sun rise."
        case (.dusk, true): "The sun sets."
        case (.dusk, false): "The light begins to go."
        case (.night, _): "Night has fallen."
        case (.day, _): nil
        }
    }

    private static func change(from former: Sky, to sky: Sky) -> Sentence {
        switch (former, sky) {
        case (_, .clear): "The sky clears."
        case (.clear, .cloudy): "A few clouds come up."
        case (_, .cloudy): "The clouds break."
        case (.drizzle, .overcast), (.rain, .overcast), (.storm, .overcast): "The rain stops, and the sky stays grey."
        case (.snow, .overcast): "It stops snowing, and the sky stays grey."
        case (_, .overcast): "Clouds close over the sky."
        case (_, .windy): "A wind gets up."
        case (_, .mist): "Mist comes up."
        case (.rain, .drizzle), (.storm, .drizzle): "The rain thins out."
        case (_, .drizzle): "A thin rain begins."
        case (.drizzle, .rain): "The rain grows heavier."
        case (.storm, .rain): "The storm goes on its way and leaves the rain."
        case (_, .rain): "It begins to rain."
        case (_, .storm): "A storm breaks."
        case (_, .snow): "It begins to snow."
        }
    }
}

extension Interpreter {
    /// Tells everybody who is in play and under the sky what they notice of the hour that has begun.
    ///
    /// - Complexity: O(*n*) in those who are connected; places without players are not looked at.
    package func announceHour(_ turn: Turn) {
        let time = turn.world.time
        var places: [Thing] = []
        var seen: Set<ThingID> = []
        for presence in turn.present {
            guard let place = presence.persona.place, place[.isOutdoors], seen.insert(place.id).inserted else {
                continue
            }
            places.append(place)
        }
        for place in places {
            for change in turn.changes(over: place, at: time) { turn.announce(change, in: place, as: .ambience) }
        }
    }
}
