package import Basics
import WorldLanguage
package import WorldModel

/// What somebody may know of the world at one moment, in pieces that a program can work with instead of texts.
///
/// It says what `look`, `inventory`, `commands`, `channels` and the like tell in words, and nothing beyond: what is not seen
/// or not perceived is not in it. Names are as the player reads them.
///
/// - Isolation: holds for the state of the world it was made in; drop it after use.
/// - Limits: those of ``FactLimits``.
/// - SeeAlso: `WorldVerbsTests/FactsTests`.
package struct Facts {
    let turn: Turn
    let interpreter: Interpreter

    package var persona: Thing { turn.actor }
    var world: World { turn.world }

    /// A name in the reader's words, as in the middle of a sentence.
    func phrase(_ sentence: Sentence) -> String { turn.phrase(sentence).plain }
}

/// The bounds of what is told at once.
package enum FactLimits {
    /// People of one place.
    package static let people = 100
    /// Things of one list.
    package static let items = 200
    /// Ways out of one place.
    package static let exits = 64
    /// Verbs of the things around.
    package static let ownVerbs = 100
    /// Listeners of all channels together.
    package static let listeners = 200
    /// Characters of a name.
    package static let name = 200
    /// Places of one area that are laid out on a grid.
    package static let charted = 5000
}

extension Interpreter {
    /// Opens the world for looks at it between two turns, through the eyes of as many people as there is a need for.
    ///
    /// What a look would change is taken back.
    ///
    /// - Parameters:
    ///   - time: What time it is.
    ///   - body: Does the looking, with ``facts(of:role:)``.
    package func observe(at time: WallInstant, _ body: () -> Void) {
        world.beginTurn(at: time, seed: 0)
        body()
        world.rollBack()
    }

    /// What somebody may know of the world as it is.
    ///
    /// - Parameters:
    ///   - persona: Through whose eyes.
    ///   - role: What they may do.
    /// - Returns: The facts, to be read while a turn is open.
    package func facts(of persona: Thing, role: Role) -> Facts {
        Facts(
            turn: Turn(world: world, actor: persona, role: role, attendance: attendance, languages: spoken),
            interpreter: self)
    }
}

extension Facts {
    /// The number of what the player looks out into; nil when they are nowhere.
    package var surroundings: ThingID? { turn.perception.surroundings?.id }

    /// Whether there is light where the player is.
    package var isLit: Bool { turn.perception.isLit }
}
