package import WorldLanguage
package import WorldModel
import WorldVerbs

/// Turns of a character that come from no line, such as those of a file that was saved.
extension Game {
    /// Runs one turn by a character, in play or not, and keeps it.
    ///
    /// What the turn tells others they read as ever; the actor is told nothing but what the caller says in the words of
    /// their protocol, when the turn is durable.
    ///
    /// - Parameters:
    ///   - persona: Who acts; they exist.
    ///   - body: What is done; when it throws, nothing of it has happened.
    /// - Returns: What `body` returned; it may be told when the turn ``Game/world`` is at then is durable.
    /// - Throws: What `body` threw, or ``GameFailure/readOnly(_:)``.
    package func act<Answer>(as persona: Thing, _ body: (Turn) throws -> Answer) throws -> Answer {
        var result: Result<Answer, any Error>?
        let outcome = interpreter.turn(by: persona, role: role(of: persona), at: wallTime(), seed: random.next()) {
            turn in
            do {
                result = .success(try body(turn))
            } catch {
                result = .failure(error)
                // So that all is taken back.
                throw error
            }
        }
        guard let result else { preconditionFailure("the interpreter runs every body") }
        let answer = try result.get()
        // A turn that only talks changes nothing, and goes on while nothing can be kept.
        if let reason = interpreter.readOnlyReason, outcome.objection != nil { throw GameFailure.readOnly(reason) }
        run(outcome, by: persona)
        return answer
    }
}
