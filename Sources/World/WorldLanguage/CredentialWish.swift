/// What shall become of the things by which a player's programs come in.
package enum CredentialWish: Equatable {
    case list
    /// One more; what it is about as it was typed.
    case add(String)
    /// The one of that name or number no longer.
    case remove(String)
}
