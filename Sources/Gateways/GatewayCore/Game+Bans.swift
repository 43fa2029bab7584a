import AuditCore
import Basics
import Transports
import WorldLanguage
import WorldModel
import WorldVerbs

/// Addresses from which nobody is let in.
extension Game {
    /// Those that still count, the latest last.
    package var bans: [SourceBan] {
        let all = knownBans ?? world.root?[.sourceBans] ?? []
        knownBans = all
        let now = wallTime()
        return all.filter { $0.counts(at: now) }
    }

    /// What keeps a peer out; nil for nearly all.
    ///
    /// - Parameter source: Its address, without a port.
    /// - Returns: The newest that covers it.
    /// - Complexity: O(*n*) in the bans.
    package func ban(on source: String) -> SourceBan? {
        if knownBans?.isEmpty == true { return nil }
        return bans.last { $0.covers(source) }
    }

    /// Lets nobody in any more from some addresses, and ends the connections that come from there.
    ///
    /// Those of the control socket are from nowhere, so `mud-admin` always gets in.
    ///
    /// - Parameters:
    ///   - text: The addresses, as ``SourceBan/network(_:)`` reads them; a ban of the same ones is replaced.
    ///   - seconds: How long; nil is until it is taken back.
    ///   - reason: What those read who are kept out.
    ///   - author: Who decides it.
    /// - Returns: The ban, how many connections it ends, and the sequence to wait for before telling that it happened.
    /// - Throws: ``SourceBanFailure``.
    package func ban(
        _ text: String, for seconds: Int?, because reason: String, by author: SourceBan.Author
    ) throws(SourceBanFailure) -> (ban: SourceBan, connections: Int, sequence: UInt64) {
        let network = try SourceBan.network(text)
        // It is shown to strangers as it stands.
        let reason = reason.cleaned.trimmed
        if reason.utf8.count > SourceBan.longestReason { throw .reasonTooLong }
        let now = wallTime()
        let end = seconds.map { seconds in
            WallInstant(milliseconds: now.milliseconds &+ 1000 * Int64(min(max(seconds, 1), SourceBan.longest)))
        }
        let ban = SourceBan(network, until: end, by: name(of: author), at: now, reason: reason)
        if case .character(let persona, _) = author { try requirePower(over: ban, by: persona) }
        let others = bans.filter { $0.network != network }
        if others.count >= SourceBan.most { throw .tooMany }
        let sequence = try keep(others + [ban])
        let count = sessionsByNumber.values.count { ban.covers($0.door.source) } + silentCount(within: ban)
        whenDurable(sequence) { [self] in
            expel(ban)
            record(ban.deed, of: ban.title, by: author)
        }
        return (ban, count, sequence)
    }

    /// Lets people in again from some addresses.
    ///
    /// - Returns: The addresses as people write them, and the sequence to wait for before telling that it happened.
    /// - Throws: ``SourceBanFailure``.
    package func unban(
        _ text: String, by author: SourceBan.Author
    ) throws(SourceBanFailure) -> (title: String, sequence: UInt64) {
        let network = try SourceBan.network(text)
        let (bans, title) = (bans, SourceBan.title(of: network))
        let rest = bans.filter { $0.network != network }
        guard rest.count < bans.count else { throw .notBanned(title) }
        let sequence = try keep(rest)
        whenDurable(sequence) { [self] in record("unban", of: title, by: author) }
        return (title, sequence)
    }

    private func name(of author: SourceBan.Author) -> String {
        switch author {
        case .character(let persona, _): persona.name
        case .user(let number): "uid \(number)"
        }
    }

    /// Takes down what was decided in play; commands of the machine's administrators are on record as such.
    private func record(_ deed: String, of title: String, by author: SourceBan.Author) {
        guard case .character(let persona, let origin) = author else { return }
        audit(AuditEvent(.administer, actor: persona.name, origin: origin, subject: title, detail: deed))
    }

    private func keep(_ bans: [SourceBan]) throws(SourceBanFailure) -> UInt64 {
        guard let root = world.root else { throw .notKept }
        defer { knownBans = nil }
        do throws(GameFailure) {
            return try administer { turn in
                turn.world.set(PropertyKey(.sourceBans), to: bans.isEmpty ? nil : bans.value, on: root)
            }
        } catch {
            throw .notKept
        }
    }

    /// Nobody shuts themself out by a slip, or others who run the game as much as they do.
    private func requirePower(over ban: SourceBan, by persona: Thing) throws(SourceBanFailure) {
        let role = role(of: persona)
        var people = sessionsByNumber.values.filter { ban.covers($0.door.source) }.compactMap(\.persona).map {
            (name: $0.name, role: self.role(of: $0))
        }
        for knock in entered.values where ban.covers(knock.source) {
            guard let entry = knock.entry, let account = account(of: entry) else { continue }
            people.append((entry.name, Role(rawValue: account[.role]) ?? .player))
        }
        if people.contains(where: { $0.name == persona.name }) { throw .own }
        if let other = people.filter({ $0.role >= role }).map(\.name).min() { throw .powerful(other) }
    }

    /// Connections from there on which nobody plays.
    private func silentCount(within ban: SourceBan) -> Int {
        Set(knocks.keys).union(entered.values.filter { $0.sessionCount == 0 }.map(\.number)).count { number in
            (knocks[number] ?? entered[number]).map { ban.covers($0.source) } ?? false
        }
    }

    private func expel(_ ban: SourceBan) {
        var held = Array(knocks.values) + Array(entered.values)
        for session in sessionsByNumber.values where ban.covers(session.door.source) {
            if let knock = session.door.knock { held.append(knock) }
            if let persona = session.persona { notePartingWords("Sent away", of: persona) }
            sendAway(session, ban.sentence, .warning)
        }
        var seen: Set<UInt64> = []
        for knock in held where ban.covers(knock.source) && seen.insert(knock.number).inserted {
            // Before anybody has come in, no door listens for last words.
            if knock.entry == nil { knock.cut() } else { dismiss(knock, ban.sentence) }
        }
    }
}
