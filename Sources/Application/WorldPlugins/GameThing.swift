import WorldModel

/// Something in the world, in the hands of a verb: a room, a rose, a person.
///
/// - Isolation: belongs to the reactor's thread, and to the turn it was given in.
public struct GameThing {
    let thing: Thing
    private let world: World

    init(_ thing: Thing, in world: World) {
        self.thing = thing
        self.world = world
    }

    /// What it is called, without an article.
    public var name: String { thing.name }

    /// Whether somebody plays it.
    public var isPlayer: Bool { thing.has(.player) }

    /// Whether it is a creature, played or not.
    public var isCreature: Bool { thing.has(.persona) }

    /// What it is in; nil for a room.
    public var location: GameThing? { thing.location.map { GameThing($0, in: world) } }

    /// The room that it is in, however deep; itself when it is one.
    public var place: GameThing? { thing.place.map { GameThing($0, in: world) } }

    /// What is in it, in order of arrival.
    public var contents: [GameThing] { thing.contents.map { GameThing($0, in: world) } }

    /// Whether it can do what a plugin's ``GameCapability`` stands for; heirs can what their prototype can.
    public func has(_ capability: GameCapability) -> Bool {
        thing[.capabilities].contains(capability.name)
    }

    /// The value of a property of a plugin's own, or nil when it is unset or of another type.
    public func text(_ property: GameProperty) -> String? { value(property).flatMap { String($0) } }

    /// The value of a property of a plugin's own, or nil when it is unset or of another type.
    public func number(_ property: GameProperty) -> Int? { value(property).flatMap { Int($0) } }

    private func value(_ property: GameProperty) -> Value? {
        world.names.known(property.storedName).flatMap { thing.value(of: $0) }
    }
}

extension GameThing: Equatable {
    /// Whether both are the same thing.
    public static func == (one: GameThing, other: GameThing) -> Bool { one.thing === other.thing }
}

/// A property that a plugin gives to things; it is kept with the world, also while the plugin is not there.
///
/// ```swift
/// static let scent = GameProperty("scent", of: "roses")
/// ```
public struct GameProperty: Hashable, Sendable {
    let storedName: String

    /// Makes the property of a name, which other plugins' properties of that name do not get in the way of.
    public init(_ name: String, of plugin: String) {
        storedName = "\(plugin).\(name)"
    }
}
