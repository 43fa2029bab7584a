package import WorldModel

/// Where finished turns go to become durable.
///
/// The archive answers through ``Game/archiveReached(_:)`` on the reactor's thread.
package protocol TurnArchive: AnyObject {
    /// Takes turns in order; returns at once.
    func submit(_ batch: [TurnRecord])
}
