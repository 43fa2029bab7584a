import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let tutorial = Verb(
        "tutorial", ["tutor"], group: .game,
        usage: ["tutorial", "tutorial hint", "tutorial next", "tutorial stop", "tutorial again"],
        summary: "Learn to play in ten minutes.",
        help: """
            Takes you to the place where playing is taught, and tells you what to try; whatever you try there cannot \
            go wrong. Typed again it repeats the step you are at and takes you back to where it is done, and \
            replaces what you have lost of the things that were lent to you. `tutorial hint` helps with a step, \
            `tutorial next` passes it over, and `tutorial stop` ends the lesson. You may leave at any time and go on \
            later. `tutorial again` begins with the first step, also when you have been through all of them.
            Example: `tutorial`, `tutorial next`.
            """,
        forms: [
            [], [.word(["hint", "help"])], [.word(["next", "skip"])], [.word(["stop", "end", "quit", "leave"])],
            [.word(["again", "restart", "begin"])],
        ]
    ) { command, action in
        switch command.form {
        case 0: try action.goOnLearning()
        case 1: try action.hintAtLesson()
        case 2: try action.skipLesson()
        case 4: try action.goOnLearning(at: 0)
        default: try action.stopLearning()
        }
    }
}

extension Action {
    private func tutorial() throws -> Tutorial {
        guard let tutorial = interpreter.tutorial else {
            throw refuse("Nobody teaches here. \(typed: "help") tells how to play.")
        }
        return tutorial
    }

    /// The step the actor is at.
    private func lesson(of tutorial: Tutorial) throws -> Int {
        if actor[.lesson].isEmpty {
            throw refuse("You are not learning anything just now. Type \(typed: "tutorial") to begin.")
        }
        return tutorial.index(of: actor[.lesson]) ?? 0
    }

    // MARK: What is typed

    /// Goes on with the step the actor is at, or with another; whoever has learned all is not taken from what they do.
    fileprivate func goOnLearning(at step: Int? = nil) throws {
        let tutorial = try tutorial()
        if step == nil, actor[.lesson].isEmpty, actor[.hasLearned] {
            throw refuse("You have been through all lessons. Type \(typed: "tutorial again") to begin anew.")
        }
        let index = step ?? tutorial.index(of: actor[.lesson]) ?? 0
        if let place = world.thing(forContentKey: tutorial.steps[index].place), actor.place !== place {
            try goToSchool(place)
        }
        teach(index, of: tutorial)
    }

    fileprivate func hintAtLesson() throws {
        let tutorial = try tutorial()
        let step = tutorial.steps[try lesson(of: tutorial)]
        turn.show(marked(turn.content(step.hint.isEmpty ? step.text : step.hint)), as: .reference)
    }

    fileprivate func skipLesson() throws {
        let tutorial = try tutorial()
        leaveLesson(try lesson(of: tutorial), of: tutorial)
    }

    fileprivate func stopLearning() throws {
        _ = try lesson(of: try tutorial())
        world.set(PropertyKey(.lesson), to: nil, on: actor)
        giveBack()
        turn.reply(
            "The lesson ends here. Type \(typed: "tutorial") whenever you want to begin again.", as: .reference)
    }

    // MARK: Learning by doing

    /// Goes on to the next step when what the actor did is what the present one asks for.
    func learn(from verb: String, _ line: String, _ things: [Thing]) {
        // A world that cannot remember progress still answers.
        if interpreter.isReadOnly || verb == Verb.tutorial.name { return }
        guard let tutorial = interpreter.tutorial, let index = tutorial.index(of: actor[.lesson]) else { return }
        let step = tutorial.steps[index]
        let words = InputLine.words(of: line)
        // Scenery and topics are no things: what another language calls them, the place and the person asked tell.
        let knowing = things + (actor.place.map { [$0] } ?? [])
        let english = words.compactMap { word in knowing.lazy.compactMap { turn.languages.word(word, of: $0) }.first }
        guard step.isDone(by: verb, words + english, things, in: actor.place) else { return }
        if !step.done.isEmpty { turn.show(marked(turn.content(step.done)), as: .reference) }
        leaveLesson(index, of: tutorial)
    }

    private func leaveLesson(_ index: Int, of tutorial: Tutorial) {
        if index + 1 < tutorial.steps.count { return teach(index + 1, of: tutorial) }
        world.set(PropertyKey(.lesson), to: nil, on: actor)
        world.set(.hasLearned, to: true, on: actor)
        giveBack()
        turn.reply("That was the last lesson. You know how to play.", as: .reference)
    }

    private func teach(_ index: Int, of tutorial: Tutorial) {
        let step = tutorial.steps[index]
        world.set(.lesson, to: step.name, on: actor)
        lend(step.lent, after: tutorial.steps[..<index])
        let heading = turn.text("Lesson \(plain: "\(index + 1)") of \(plain: "\(tutorial.steps.count)")")
        var text = StyledText(heading.plain, .title)
        text.append("\n")
        text.append(marked(turn.content(step.text)))
        if let place = world.thing(forContentKey: step.place), actor.place !== place {
            text.append("\n")
            text.append(
                turn.text("It is done in \(content: place.name, .title); \(typed: "tutorial") takes you there."))
        }
        turn.show(text, as: .reference)
    }

    private func goToSchool(_ place: Thing) throws {
        guard place.has(.place) else { throw refuse("The school is closed.") }
        if let enclosure = actor.location, !enclosure.has(.place) {
            throw refuse("You would have to leave \(the: enclosure) first.")
        }
        turn.announce("\(actor) \(verb: "go") to school.", in: actor.place, except: [actor], as: .movement)
        world.move(actor, to: place)
        world.noteVisit(of: place, by: actor)
        turn.announce("\(actor) \(verb: "arrive").", in: place, except: [actor], as: .movement)
        turn.show(RoomView(turn: turn).text())
    }

    // MARK: Things of the school

    /// Makes what a step is done with as the earlier ones leave it, unless it is at hand still.
    private func lend(_ keys: [String], after earlier: ArraySlice<TutorialStep>) {
        let kinds = keys.compactMap { world.thing(forContentKey: $0) }
        if kinds.isEmpty { return }
        let lent = actor[.lent].compactMap { world[$0] }
        let areAtHand = kinds.allSatisfy { kind in lent.contains { $0.prototype === kind && isAtHand($0) } }
        if areAtHand { return }
        Tutorial.takeBack(from: actor, world)
        var made: [Thing] = []
        for kind in kinds {
            let thing = world.create(prototype: kind)
            world.move(thing, to: made.first ?? actor)
            made.append(thing)
        }
        for step in earlier {
            guard let thing = made.first(where: { $0[.nouns].contains(step.thing) }) else { continue }
            catchUp(with: step, thing)
        }
        world.set(.lent, to: made.map(\.id), on: actor)
        guard let first = made.first else { return }
        turn.reply(
            first.location === actor ? "You are given \(a: first)." : "There is \(a: first) on the ground for you.")
    }

    /// Does quietly what a step did with an earlier one of the same, so that whoever comes back finds it so.
    private func catchUp(with step: TutorialStep, _ thing: Thing) {
        if step.verbs.contains(Verb.open.name), thing.has(.container), thing[.isOpenable] {
            world.set(.isOpen, to: true, on: thing)
        }
        if step.verbs.contains(Verb.drop.name) { world.move(thing, to: actor.place) }
        if step.verbs.contains(Verb.get.name) { world.move(thing, to: actor) }
        let isFree = !actor.contents.contains { $0[.isWorn] && $0[.slot] == thing[.slot] }
        if step.verbs.contains(Verb.wear.name), thing.has(.wearable), thing.location === actor, isFree {
            world.set(.isWorn, to: true, on: thing)
        }
    }

    private func isAtHand(_ thing: Thing) -> Bool { thing.isWithin(actor) || thing.place === actor.place }

    private func giveBack() {
        if Tutorial.takeBack(from: actor, world) {
            turn.reply("You give back what was lent to you.", as: .reference)
        }
    }
}
