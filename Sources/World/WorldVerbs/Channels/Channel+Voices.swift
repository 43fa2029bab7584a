package import WorldLanguage
package import WorldModel

/// Who speaks on a channel that is moderated.
extension Channel {
    package static let mostVoiced = 100

    /// Whether somebody may speak where only chosen ones do.
    package func hasVoice(_ persona: Thing) -> Bool { world.holder(of: persona).isListed(.voiced, of: thing) }

    /// Lets only moderators speak and those with a voice, or everybody again.
    package func setModerated(_ isModerated: Bool, _ turn: Turn) throws {
        try requireModerator(turn)
        if ChannelRules.isModerated(thing) == isModerated {
            throw turn.refusal("That is so on \(title) already.", .unchanged)
        }
        if isModerated {
            let areQuiet = ChannelRules.keepsGuestsQuiet(thing)
            if !areQuiet {
                guard case .none = thing.lock(for: .speak) else {
                    throw turn.refusal("There is another rule for who speaks on \(title).", .unchanged)
                }
            }
            world.setLock(ChannelRules.moderated(guestsQuiet: areQuiet), for: .speak, on: thing)
        } else {
            let areQuiet = ChannelRules.keepsGuestsQuietAfterwards(thing)
            // Whoever built the channel may want it so for good, as where only news are told.
            guard case .lock(let lock, on: _) = thing.lock(for: .speak),
                lock == ChannelRules.moderated(guestsQuiet: areQuiet)
            else { throw turn.refusal("There is another rule for who speaks on \(title).", .needsRole) }
            world.setLock(areQuiet ? ChannelRules.quietGuests : nil, for: .speak, on: thing)
        }
        note(.moderated, turn, amount: isModerated ? 1 : 0)
    }

    /// Lets somebody speak where only chosen ones do, or no longer.
    package func setVoice(_ person: Thing, _ hasVoice: Bool, _ turn: Turn) throws {
        try requireModerator(turn)
        if self.hasVoice(person) == hasVoice {
            throw turn.refusal(
                hasVoice
                    ? "\(name: person) has a voice on \(title) already." : "\(name: person) has no voice on \(title).",
                .unchanged)
        }
        let holder = world.holder(of: person).id
        var voiced = thing[.voiced]
        if hasVoice {
            if voiced.count >= Self.mostVoiced { throw turn.refusal("\(title) has voices enough.", .tooMany) }
            voiced.append(holder)
        } else {
            voiced.removeAll { $0 == holder }
        }
        world.set(PropertyKey(.voiced), to: voiced.isEmpty ? nil : voiced.value, on: thing)
        note(hasVoice ? .voice : .unvoice, turn, target: person.name)
        guard turn.isPresent(person), person !== turn.actor else { return }
        if hasVoice {
            turn.tell(person, "\(name: turn.actor) gives you a voice on \(title).", as: .action)
        } else {
            turn.tell(person, "\(name: turn.actor) takes your voice on \(title).", as: .action)
        }
    }
}
