import IRCWire
import ReactorCore
import SASLWire

/// A login by SASL that is under way.
final class IRCLogin {
    let mechanism: String
    let exchange: any IRCSASLExchange
    /// What has come of the client's message.
    var pieces = IRCSASLPieces(limit: SASLLine.longest)
    /// The answer that is awaited.
    private var step: Deferred<IRCSASLStep>?

    init(_ mechanism: String, _ exchange: any IRCSASLExchange) {
        self.mechanism = mechanism
        self.exchange = exchange
    }

    /// Whether the exchange is at work.
    var isBusy: Bool { step != nil }

    func await(_ step: Deferred<IRCSASLStep>, then: @escaping (IRCSASLStep) -> Void) {
        self.step = step
        step.whenDone { [self] result in
            self.step = nil
            switch result {
            case .success(let step): then(step)
            case .failure: then(.refused())
            }
        }
    }

    func cancel() { step?.cancel() }
}
