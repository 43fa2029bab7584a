import Basics
import WorldLanguage

/// A sentence about things that reads differently for each who hears it.
///
/// ```swift
/// scene.announce("\(scene.actor) \(verb: "smell") at \(the: rose).")
/// // to Ada, who did it:   You smell at the red rose.
/// // to Ben, who sees it:  Ada smells at the red rose.
/// ```
///
/// The verb agrees with the last subject before it. The first letter becomes a capital.
public struct GameSentence: ExpressibleByStringInterpolation {
    let sentence: Sentence

    /// Gathers the parts of a sentence.
    public struct StringInterpolation: StringInterpolationProtocol {
        var inner: Sentence.StringInterpolation

        /// Begins a sentence.
        public init(literalCapacity: Int, interpolationCount: Int) {
            inner = Sentence.StringInterpolation(
                literalCapacity: literalCapacity, interpolationCount: interpolationCount)
        }

        /// Adds words as they are.
        public mutating func appendLiteral(_ literal: String) { inner.appendLiteral(literal) }

        /// Adds a subject: `you`, a name, or `someone`.
        public mutating func appendInterpolation(_ subject: GameThing) { inner.appendInterpolation(subject.thing) }

        /// Adds a thing: `the red rose`.
        public mutating func appendInterpolation(the thing: GameThing) { inner.appendInterpolation(the: thing.thing) }

        /// Adds a thing: `a red rose`.
        public mutating func appendInterpolation(a thing: GameThing) { inner.appendInterpolation(a: thing.thing) }

        /// Adds what the subject does, given as one says it to `you`: `smell`.
        public mutating func appendInterpolation(verb: String) { inner.appendInterpolation(verb: verb) }

        /// Adds `your`, `her`.
        public mutating func appendInterpolation(their thing: GameThing) {
            inner.appendInterpolation(their: thing.thing)
        }

        /// Adds `you`, `her`.
        public mutating func appendInterpolation(them thing: GameThing) { inner.appendInterpolation(them: thing.thing) }

        /// Adds `you`, `she`, as a subject.
        public mutating func appendInterpolation(they thing: GameThing) { inner.appendInterpolation(they: thing.thing) }

        /// Adds words from elsewhere.
        public mutating func appendInterpolation(plain text: String) { inner.appendInterpolation(plain: text) }

        /// Adds what somebody says, between the quotation marks of the sentence.
        public mutating func appendInterpolation(speech text: String) { inner.appendInterpolation(speech: text) }
    }

    /// Makes a sentence that is the same for everybody.
    public init(stringLiteral value: String) { sentence = Sentence(stringLiteral: value) }

    /// Makes a sentence of its parts.
    public init(stringInterpolation: StringInterpolation) {
        sentence = Sentence(stringInterpolation: stringInterpolation.inner)
    }
}
