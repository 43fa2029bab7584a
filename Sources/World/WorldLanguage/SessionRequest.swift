/// What a verb asks of the session it was typed in.
package enum SessionRequest: Equatable {
    case quit
    case changePassword
    /// To have an authenticator for the account, or to give it up; nil asks how that stands.
    case authenticator(on: Bool?)
    /// To see the keys that let in by SSH.
    case listKeys
    /// To have one more, as its file has it in a line.
    case addKey(String)
    /// To have the key of that name or number no longer.
    case removeKey(String)
    /// To see from where nobody is let in.
    case listBans
    /// To let nobody in from some addresses, for a time or until it is taken back.
    case ban(address: String, seconds: Int?, reason: String)
    case unban(address: String)
    /// About the certificates by which clients come in.
    case certificates(CredentialWish)
    /// About the passwords made for programs, each for a door.
    case appPasswords(CredentialWish)
    /// A claim code to try.
    case claim(String)
    /// A setting of the account was changed; the door should read them again.
    case settingsChanged
    /// To see the connections attached to this character.
    case listDoors
    /// To close the one of that number in the list.
    case closeDoor(Int)
    case closeOtherDoors
    case leaveByDoor
    /// To have another character of the same account.
    case createCharacter(String)
    /// To go on as another character of the same account.
    case play(String)
    /// A character of the same account was ended.
    case characterDeleted(String)
}
