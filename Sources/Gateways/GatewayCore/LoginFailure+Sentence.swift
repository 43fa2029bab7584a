package import CredentialCore
package import WorldLanguage

extension LoginFailure {
    /// What is told of it at every door, in words that say nothing more than the failure itself.
    package var sentence: Sentence {
        switch self {
        case .refused: "That is not the right name and password."
        case .codeWanted: "The code of your authenticator is wanted as well."
        case .tooManyGuesses(let wait): "There were too many wrong passwords. Please wait \(wait.told) and try again."
        case .unavailable: "Passwords cannot be checked just now. Please try again in a moment."
        case .notAdmitted(let english): english.isEmpty ? "You are not let in." : Sentence(message: english)
        }
    }
}
