/// Why an agent gave no useful answer.
public enum SSHAgentFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// It said no.
    case refused
    /// It signed in another way than it was asked to, which old ones do.
    case wrongAlgorithm
    /// The connection to it is not there, or no more.
    case gone
    /// It answered what nobody had asked.
    case unasked
    /// More questions wait than may.
    case tooManyQuestions

    /// The failure in words.
    public var description: String {
        switch self {
        case .refused: "the agent refused"
        case .wrongAlgorithm: "the agent cannot sign in the way that is wanted"
        case .gone: "there is no agent"
        case .unasked: "the agent answered what nobody asked"
        case .tooManyQuestions: "the agent has too many questions to answer"
        }
    }
}
