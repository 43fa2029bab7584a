import WorldModel

/// What those read who see into a place through a way.
extension Turn {
    /// What is told also to those who only look on from the next place; what is said is carried by sound instead.
    static let seenBeyond: Set<MessageCategory> = [.action, .emote, .movement]

    /// Tells those in the next places who see into one what is done there, once for each place.
    ///
    /// What is done to the door between is not told: those behind it read what the door does. Nobody of `except` is told, and
    /// none in the place `unseen`, because those there read otherwise of it.
    ///
    /// - Complexity: O(*n*) in the ways of the place, and in the people who see it.
    func show(
        _ sentence: Sentence, in place: Thing, toThoseBeyond except: [Thing], but unseen: Thing?,
        as category: MessageCategory, by speaker: Thing
    ) {
        let outlooks = world.outlooks(on: place)
        if outlooks.isEmpty || !Perception.isLit(place, in: world) { return }
        let subjects = sentence.things
        for outlook in outlooks where outlook.place !== unseen {
            let door = world.door(of: outlook.exit)
            if let door, subjects.contains(where: { $0 === door }) { continue }
            let seen = sentence.seen(through: outlook.exit, door: door)
            tellEverybody(seen, in: outlook.place, except: except, as: category, by: speaker)
        }
    }
}

extension Sentence {
    /// The same as it is seen from the next place.
    ///
    /// `To the north, through the window, Ada takes the lamp.`
    func seen(through way: Thing, door: Thing?) -> Sentence {
        guard let door else { return "\(way.whereabouts), \(self)" }
        return "\(way.whereabouts), through \(the: door), \(self)"
    }
}
