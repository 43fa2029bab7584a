import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let wear = Verb(
        "wear", ["don"], group: .yourself, usage: ["wear THING"], summary: "Put on something to wear.",
        help: "Puts on clothing you carry, one for each part of the body. Example: `wear the oilskin cloak`.",
        forms: [[.objects(.held)]]
    ) { command, action in
        guard let things = command.things.first else { return }
        try action.each(things) { thing in
            guard thing.has(.wearable) else { throw action.refuse("\(the: thing) cannot be worn.") }
            if thing[.isWorn] { throw action.refuse("You wear \(the: thing) already.") }
            if thing.location !== action.actor { try action.take(thing) }
            let rival = action.actor.contents.first { $0[.isWorn] && $0[.slot] == thing[.slot] }
            if let rival { throw action.refuse("You would have to remove \(the: rival) first.") }
            action.world.set(.isWorn, to: true, on: thing)
            action.announce("\(action.actor) \(verb: "put") on \(the: thing).")
        }
    }

    static let remove = Verb(
        "remove", ["doff"], group: .yourself, usage: ["remove THING"], summary: "Take off something you wear.",
        help: "Takes off clothing; you go on carrying it. Example: `remove hat`, `remove all`.",
        forms: [[.objects(.worn)], [.word(["off"]), .objects(.worn)]]
    ) { command, action in
        guard let things = command.things.first else { return }
        try action.each(things) { thing in
            action.world.set(.isWorn, to: false, on: thing)
            action.announce("\(action.actor) \(verb: "take") off \(the: thing).")
        }
    }

    static let equipment = Verb(
        "equipment", ["eq"], group: .yourself, usage: ["equipment"], summary: "See what you wear.",
        help: "Lists what you wear and where.", forms: [[]]
    ) { _, action in
        let worn = action.actor.contents.filter { $0[.isWorn] }
        if worn.isEmpty { return action.turn.show("You wear nothing but your own clothes.") }
        var text = StyledText("You wear:")
        for thing in worn {
            text.append("\n- ")
            text.append(Noun.indefinite(thing))
            if !thing[.slot].isEmpty { text.append(" (\(thing[.slot]))", .faint) }
        }
        action.turn.show(text)
    }
}
