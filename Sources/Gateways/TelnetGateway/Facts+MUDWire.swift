import GatewayCore
import MUDWire
import TerminalWire
import WorldModel
import WorldVerbs

/// From what the world tells of things to what protocols say of them.

extension MUDRoom {
    /// In the dark a place has the number 0, which no place has.
    init(_ place: PlaceFacts) {
        self.init(
            number: Int(clamping: place.number ?? 0), name: place.name, area: place.area,
            environment: place.environment.rawValue,
            coordinates: place.coordinates.map {
                MUDRoom.Coordinates(x: $0.x, y: $0.y, z: $0.z, area: Int(clamping: $0.area))
            },
            exits: place.exits.map { MUDRoom.Exit(direction: $0.way, number: Int(clamping: $0.number)) },
            details: place.details)
    }
}

extension MUDPerson {
    init(_ person: PersonFacts) { self.init(name: person.name, fullName: person.name) }
}

extension MUDItem {
    init(_ item: ItemFacts) {
        var attributes: Set<Attribute> = []
        if item.features.contains(.worn) { attributes.insert(.worn) }
        if item.features.contains(.wearable) { attributes.insert(.wearable) }
        if item.features.contains(.container) { attributes.insert(.container) }
        if item.features.contains(.creature) { attributes.insert(.mobile) }
        if item.features.contains(.takeable) { attributes.insert(.takeable) }
        self.init(number: Int(clamping: item.number), name: item.name, attributes: attributes)
    }
}

extension MUDItem.Location {
    init(_ place: ItemPlace) {
        switch place {
        case .inventory: self = .inventory
        case .room: self = .room
        case .container(let number): self = .container(Int(clamping: number))
        }
    }
}

extension MUDVitals {
    init(_ vitals: [Vital]) {
        self.init(gauges: vitals.map { Gauge(name: $0.name, value: $0.now, maximum: $0.most) })
    }
}

extension MUDStatus.Variable {
    init(_ fact: StatusFact) { self.init(name: fact.key.rawValue, caption: fact.title, value: fact.value) }
}

extension MUDServer {
    /// All that those who list games are told.
    init(_ game: Game) {
        let (census, listing, ports) = (game.census, game.settings.listing, game.openPorts())
        self.init(
            name: census.title, players: census.players, startTime: census.startedAt, codebase: listing.codebase)
        (hostname, contact, location) = (listing.hostname, listing.contact, listing.location)
        (self.ports, tlsPorts) = (ports.plain, ports.encrypted)
        (website, icon) = (listing.website, listing.icon)
        discord = game.settings.clientOffers.discordInvitation
        created = listing.created.flatMap { Int($0) }
        languages = census.languages.map { Self.languageNames[$0] ?? $0 }
        (genre, status) = (listing.genre, listing.status)
        gameplay = listing.gameplay.map { [$0] } ?? []
        (areas, rooms, objects) = (census.areas, census.rooms, census.objects)
        (mobiles, helpFiles) = (census.creatures, census.helpPages)
        charsets = Charset.names
        protocols = ["ANSI", "GMCP", "MCCP", "MSDP", "UTF-8", "VT100", "XTERM 256 COLORS", "XTERM TRUE COLORS"]
    }

    /// The English names of languages that worlds are written in, by their codes.
    private static let languageNames = [
        "en": "English", "zh": "Chinese", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian",
        "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian",
    ]
}
