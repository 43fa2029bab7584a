/// What an account may do, each including those before it.
package enum Role: String, CaseIterable, Comparable, Sendable {
    case guest, player, builder, programmer, admin, owner

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }
}
