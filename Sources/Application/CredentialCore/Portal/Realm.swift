public import ReactorCore

/// Makes avatars for those who are who they say: a table of the types of avatars there are.
///
/// ```swift
/// realm.provide(Shell.self) { identity, terminal in
///     .succeeded(Login(identity, avatar: Shell(identity.name, terminal)))
/// }
/// ```
///
/// - Isolation: belongs to the reactor's thread.
public final class Realm {
    /// Makes the avatar of one type for an identity and a mind, or fails; with a ``LoginFailure/notAdmitted(_:)`` the client
    /// is told why.
    public typealias Maker<Who: Avatar> = (Identity, Who.Mind) throws -> Deferred<Login<Who>>

    private var makers: [ObjectIdentifier: Any] = [:]

    /// Makes a realm without avatars.
    public init() {}

    /// Adds a type of avatars, in place of what was provided for it before.
    public func provide<Who: Avatar>(_ type: Who.Type, _ make: @escaping Maker<Who>) {
        makers[ObjectIdentifier(type)] = make
    }

    /// Whether there are avatars of a type.
    public func provides<Who: Avatar>(_ type: Who.Type) -> Bool { makers[ObjectIdentifier(type)] != nil }

    func makeAvatar<Who: Avatar>(of identity: Identity, as type: Who.Type, mind: Who.Mind) -> Deferred<Login<Who>>? {
        guard let make = makers[ObjectIdentifier(type)] as? Maker<Who> else { return nil }
        return Deferred.attempt { try make(identity, mind) }
    }
}
