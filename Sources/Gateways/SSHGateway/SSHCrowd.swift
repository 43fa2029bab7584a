import SSHWire

/// The connections of the SSH door, those with channels and those without: how many of them one player may have.
///
/// How many there may be of all is the game's to say, with those of other doors.
///
/// - Isolation: belongs to the reactor's thread.
final class SSHCrowd {
    /// Connections that one player may have; a program that copies many files may use a handful side by side.
    static let mostOfOne = 16

    private var visits: [ObjectIdentifier: SSHVisit] = [:]
    private var connectionsByName: [String: Int] = [:]

    func add(_ visit: SSHVisit) { visits[ObjectIdentifier(visit)] = visit }

    /// Somebody has shown who they are.
    ///
    /// - Returns: Whether they may have one more connection.
    func prove(_ name: String) -> Bool {
        if connectionsByName[name, default: 0] >= Self.mostOfOne { return false }
        connectionsByName[name, default: 0] += 1
        return true
    }

    /// A connection is gone; `name` is whom it was proven to be.
    func remove(_ visit: SSHVisit, _ name: String?) {
        visits[ObjectIdentifier(visit)] = nil
        guard let name else { return }
        let rest = connectionsByName[name, default: 1] - 1
        connectionsByName[name] = rest > 0 ? rest : nil
    }

    /// Ends all connections.
    func disperse() {
        for visit in visits.values { visit.leave(.byApplication, "The server stops.") }
    }
}
