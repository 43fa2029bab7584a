import Basics
import Testing
import WorldModel

@Suite struct IgnoringTests {
    private let world = World()

    init() { world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1) }

    /// Somebody with an account and as many characters.
    private func people(_ count: Int) -> (account: Thing, characters: [Thing]) {
        let account = world.create(.account)
        let characters = (0..<count).map { _ in
            let character = world.create([.persona, .player])
            world.set(.account, to: account, on: character)
            return character
        }
        return (account, characters)
    }

    @Test func anAccountIgnoresAnAccount() {
        let (ada, ben) = (people(2), people(2))
        world.set(.ignored, to: [ben.account.id], on: ada.account)
        for (listener, speaker) in zip(ada.characters, ben.characters) {
            #expect(Ignoring.ignores(listener, speaker, world) && !Ignoring.ignores(speaker, listener, world))
            #expect(Ignoring.ignores(listener, number: speaker.id, world))
        }
        #expect(!Ignoring.ignores(ada.characters[0], ada.characters[1], world))
        #expect(!Ignoring.ignores(ada.characters[0], number: ThingID(9999), world))
        #expect(Ignoring.accounts(ignoring: ben.characters[1], world) == [ada.account.id])
        #expect(Ignoring.accounts(ignoring: ada.characters[0], world) == [])
    }

    @Test func whoRunsTheGameIsHeard() {
        let (ada, ben) = (people(1), people(1))
        world.set(.ignored, to: [ben.account.id], on: ada.account)
        world.set(.role, to: "admin", on: ben.account)
        #expect(!Ignoring.ignores(ada.characters[0], ben.characters[0], world))
        #expect(Ignoring.accounts(ignoring: ben.characters[0], world) == [])
    }

    /// Whatever is stored, both ways to ask say the same.
    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func bothWaysToAskAgree(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var characters: [Thing] = []
        var holders: [Thing] = []
        for _ in 0..<6 {
            let (account, own) = people(Int.random(in: 1...2, using: &random))
            holders.append(account)
            characters += own
        }
        for _ in 0..<3 {
            let guest = world.create([.persona, .player])
            holders.append(guest)
            characters.append(guest)
        }
        for holder in holders {
            var ignored: [Value] = []
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                // Also oneself, one's character, nobody and twice the same.
                let values: [Value] =
                    [holders, characters].flatMap { $0 }.map { .thing($0.id) } + [.thing(ThingID(99)), .int(3)]
                if let value = values.randomElement(using: &random) { ignored.append(value) }
            }
            if !ignored.isEmpty { world.set(PropertyKey(.ignored), to: .list(ignored), on: holder) }
            if Int.random(in: 0..<5, using: &random) == 0 { world.set(.role, to: "admin", on: holder) }
        }
        if let gone = holders.randomElement(using: &random) { world.destroy(gone) }
        for speaker in characters where speaker.exists {
            let deaf = Ignoring.accounts(ignoring: speaker, world)
            for listener in characters where listener.exists {
                #expect(deaf.contains(world.holder(of: listener).id) == Ignoring.ignores(listener, speaker, world))
            }
        }
    }
}
