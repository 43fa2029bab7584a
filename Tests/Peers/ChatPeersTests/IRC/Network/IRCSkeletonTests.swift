import Testing

@testable import ChatPeers

struct IRCSkeletonTests {
    @Test(arguments: [
        ("admin", "аdmіn"), ("Admin", "ADMIN"), ("bob0", "bobo"), ("paypal", "раураl"), ("ada", "ａｄａ"), ("lan", "Ian"),
        ("xeno", "хеnо"), ("max", "𝐦𝐚𝐱"), ("σ", "o"),
    ])
    func looksTheSame(first: String, second: String) {
        #expect(IRCSkeleton.of(first) == IRCSkeleton.of(second))
    }

    @Test(arguments: [("ann", "anna"), ("zoe", "zoë"), ("мир", "mir"), ("李", "理"), ("a1", "a2")])
    func looksDifferent(first: String, second: String) {
        #expect(IRCSkeleton.of(first) != IRCSkeleton.of(second))
    }
}
