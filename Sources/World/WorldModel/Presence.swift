/// Somebody who is connected, as the world may show them.
package struct Presence {
    package let persona: Thing
    package let idle: Duration
    /// By which door, as `telnet` or `ssh`.
    package let door: String

    package init(persona: Thing, idle: Duration, door: String) {
        self.persona = persona
        self.idle = idle
        self.door = door
    }
}

/// What the world may know of the sessions, without knowing any protocol.
package protocol Attendance: AnyObject {
    /// Everybody who is connected and in play, in order of arrival.
    var present: [Presence] { get }
    /// The same without what their doors know of them.
    ///
    /// - Complexity: O(1) in the game while nobody comes or goes.
    var connected: [Thing] { get }
    /// The same, and behind them those whose connection broke and whose bodies wait: what they are told they read later.
    ///
    /// - Complexity: O(1) in the game while nobody comes or goes.
    var inPlay: [Thing] { get }
    func isPresent(_ persona: Thing) -> Bool
    /// Whether somebody is known to listen to the text instead of seeing it: they have set it, or their client tells.
    func usesScreenReader(_ persona: Thing) -> Bool
}

extension Attendance {
    package var connected: [Thing] { present.map(\.persona) }
    package var inPlay: [Thing] { connected }
}
