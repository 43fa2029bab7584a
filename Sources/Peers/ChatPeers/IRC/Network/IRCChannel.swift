import Basics
import IRCWire

/// A channel of an ``IRCNetwork``: who is in it, its topic, its modes, what was said.
///
/// Members stand in one array, so that a message to all of them walks through memory in order.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: those of ``IRCNetworkSettings``.
final class IRCChannel {
    struct Member {
        let user: IRCUser
        var rank: IRCRank
    }

    struct Topic {
        let text: IRCParameter
        let setter: IRCParameter
        let setAt: WallInstant
    }

    /// A mask that keeps out, or lets in.
    struct Entry {
        let mask: IRCMask
        let setter: IRCParameter
        let setAt: WallInstant
    }

    let name: IRCParameter
    /// The form of the name under which it is found.
    let key: String
    /// Never the same for two channels, also of the same name.
    let number: UInt64
    let createdAt: WallInstant
    var topic: Topic?
    var modes = IRCChannelModes.initial
    /// What must be said to come in (`k`).
    var password: IRCParameter?
    var memberLimit: Int?
    var lists: [IRCMaskList: [Entry]] = [:]
    private(set) var members: [Member] = []
    private var places: [ObjectIdentifier: Int] = [:]
    let history: IRCHistory
    /// The lists of names in the forms that were asked for, until they change in another way than by growing.
    private var packedNames: [IRCPackedNames.Form: IRCPackedNames] = [:]

    init(_ name: IRCChannelName, key: String, number: UInt64, at now: WallInstant, history: IRCHistory) {
        (self.name, self.key, self.number, createdAt) = (name.parameter, key, number, now)
        self.history = history
    }

    var isEmpty: Bool { members.isEmpty }
    var visibility: IRCChannelVisibility { modes.contains(.secret) ? .secret : .public }

    func rank(of user: IRCUser) -> IRCRank? { places[ObjectIdentifier(user)].map { members[$0].rank } }

    func add(_ user: IRCUser, rank: IRCRank) {
        places[ObjectIdentifier(user)] = members.count
        let member = Member(user: user, rank: rank)
        members.append(member)
        for form in Array(packedNames.keys) { packedNames[form]?.add(member) }
    }

    /// Takes somebody out; the last one takes their place in the order.
    func remove(_ user: IRCUser) {
        guard let place = places.removeValue(forKey: ObjectIdentifier(user)) else { return }
        let last = members.removeLast()
        if place < members.count {
            members[place] = last
            places[ObjectIdentifier(last.user)] = place
        }
        namesChanged()
    }

    func setRank(_ rank: IRCRank, of user: IRCUser) {
        guard let place = places[ObjectIdentifier(user)] else { return }
        members[place].rank = rank
        namesChanged()
    }

    /// The names have changed, as by a new nick.
    func namesChanged() { packedNames.removeAll(keepingCapacity: true) }

    /// The names of all members, packed into texts of so many octets.
    func names(_ form: IRCPackedNames.Form, room: Int) -> [IRCParameter] {
        if let packed = packedNames[form] { return packed.all }
        var packed = IRCPackedNames(form, room: room)
        for member in members { packed.add(member) }
        packedNames[form] = packed
        return packed.all
    }

    // MARK: Masks

    /// Whether one of a list's masks is meant for somebody.
    func has(_ user: IRCUser, on list: IRCMaskList) -> Bool {
        guard let entries = lists[list], !entries.isEmpty else { return false }
        let text = user.source.text
        return entries.contains { $0.mask.matches(text) }
    }

    /// Whether somebody is kept out: by a ban without an exception from it.
    func bans(_ user: IRCUser) -> Bool { has(user, on: .bans) && !has(user, on: .exceptions) }
}
