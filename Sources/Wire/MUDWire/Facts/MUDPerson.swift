/// A name for a list and the longer one for a title; `Char.Name`, `Room.Players` in GMCP, `CHARACTER_NAME` in MSDP.
package struct MUDPerson: Hashable, Sendable {
    /// By which the person is addressed.
    package var name: String
    /// With titles, as it is shown.
    package var fullName: String

    package init(name: String, fullName: String) {
        self.name = name
        self.fullName = fullName
    }
}
