import GatewayCore
import IRCWire
import Testing
import WorldModel
import WorldVerbs

@testable import IRCGateway

/// The table of how the world appears in IRC.
@Suite struct IRCMapTests {
    @Test(
        arguments: [
            ("Ada", "Ada"), ("Guest1", "Guest1"), ("the old keeper", "the_old_keeper"), ("", "*somebody"),
            ("a!b c", "a_b_c"), ("ben@libera", "ben/libera"), ("#chat", "_chat"), ("老人", "老人"), (":x", "_x"),
        ]) func aNameBecomesANick(name: String, nick: String)
    {
        #expect(IRCMap.nick(name) == nick)
        #expect(!nick.contains(" ") && !nick.contains("!") && !nick.contains("@"))
    }

    @Test func theNicksOfCharactersAreNicksOfIRC() {
        for name in ["Ada", "Guest12", String(repeating: "x", count: NameRules.longest)] {
            #expect(IRCNick(IRCMap.nick(name)) != nil)
        }
    }

    @Test(
        arguments: [
            (".look", "look"), (".look at lamp", "look at lamp"), (".看", "看"), ("...", nil), (".", nil),
            (". look", nil),
            ("look", nil), (".5 is a number", nil), ("..look", nil), ("", nil),
        ] as [(String, String?)]) func aLineWithTheMarkIsACommand(line: String, command: String?)
    {
        #expect(IRCMap.command(in: line) == command)
    }

    @Test(
        arguments: [
            ("ben", "ben"), ("ben!*@*", "ben"), ("*!ben@*", "ben"), ("b*!*@*", "b*"), ("ben@*", "ben"),
            ("*!*@example.com", nil), ("*!*@*", nil), ("*", nil), ("ada!ben@*", nil), ("*!ben@example.com", nil),
        ] as [(String, String?)]) func aMaskMeansNames(mask: String, pattern: String?)
    {
        #expect(IRCMap.pattern(of: mask) == pattern)
    }

    @Test func theMaskOfAPatternMeansThePattern() {
        for pattern in ["ben", "b*", "be?"] { #expect(IRCMap.pattern(of: IRCMap.mask(of: pattern)) == pattern) }
    }

    @Test func eachModeHasOneRowAndIsOnTheWire() {
        let letters = IRCMap.channelModes.map(\.letter)
        #expect(Set(letters).count == letters.count)
        for letter in letters { #expect(IRCMap.modeSet.kind(of: letter) != nil) }
        #expect(IRCMap.modeSet.channelModesToken == "b,,,miMnt")
        #expect(IRCMap.modeSet.prefixToken == "(ov)@+")
    }

    @Test func whatTheWorldRefusesHasANumeric() {
        let aims: [IRCMap.Aim] = [
            .joining, .leaving, .speaking, .telling, .governing, .inviting, .banning, .asking,
        ]
        for kind in RefusalKind.allCases {
            for aim in aims {
                let numeric = IRCMap.numeric(for: kind, aim)
                let isNone = kind == .unchanged || kind == .listensAlready && aim != .governing && aim != .inviting
                #expect((numeric == nil) == isNone, "\(kind) \(aim)")
                if let numeric { #expect(numeric.isError) }
            }
        }
        #expect(IRCMap.numeric(for: .notInvited, .joining) == .inviteOnlyChannel)
        #expect(IRCMap.numeric(for: .banned, .joining) == .bannedFromChannel)
        #expect(IRCMap.numeric(for: .banned, .speaking) == .cannotSendToChannel)
        #expect(IRCMap.numeric(for: .locked, .governing) == .channelOperatorNeeded)
        // Of a kick it is the other who is not there, of an invitation oneself.
        #expect(IRCMap.numeric(for: .notListening, .governing) == .userNotInChannel)
        #expect(IRCMap.numeric(for: .notListening, .inviting) == .notOnChannel)
        #expect(IRCMap.numeric(for: .listensAlready, .inviting) == .userOnChannel)
        #expect(IRCMap.numeric(for: .ignored, .telling) == .cannotSendToUser)
        #expect(IRCMap.numeric(for: nil, .governing) == .channelOperatorNeeded)
    }

    @Test func aPlaceIsAboutItsWays() {
        var place = PlaceFacts(number: 1, name: "Hall", environment: .indoors)
        #expect(IRCMap.topic(of: place) == "Hall")
        place.area = "The Mill"
        place.exits = [.init(way: "n", number: 2), .init(way: "trapdoor", number: 3)]
        #expect(IRCMap.topic(of: place) == "Hall (The Mill): n, trapdoor")
    }
}
