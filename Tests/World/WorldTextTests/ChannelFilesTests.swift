import Basics
import Testing
import WorldModel
import WorldText
import WorldVerbs

@Suite struct ChannelFilesTests {
    private func read(_ lines: String) -> (content: WorldContent, diagnostics: [String]) {
        let file = ContentSource(path: "world.yaml", text: "start: cove/beach\nchannels:\n\(lines)\n")
        return Cove.read(Cove.good, with: [file])
    }

    @Test func theShippedOnesCanBeTyped() throws {
        let content = try ShippedWorld.read()
        #expect(content.channels.map(\.name) == ["chat", "newbie", "news"])
        for channel in content.channels {
            for word in [channel.name] + channel.aliases {
                #expect(VerbTable.standard.verb(exactly: word) == nil, "\(word) is a verb")
                #expect(content.socials[word] == nil, "\(word) is a gesture")
            }
            #expect(!channel.description.isEmpty)
        }
    }

    @Test func theyAreLoadedAndKeepWhatPlayChanged() throws {
        let (content, diagnostics) = read(
            "  chat: {aliases: [gossip], description: Talk., default: true, guests: false}")
        #expect(diagnostics == [])
        let world = makeWorld(content)
        let chat = try #require(Channel(named: "gossip", in: world)?.thing)
        #expect(chat.has(.channel))
        #expect(chat[.joinsNewcomers])
        #expect(chat.location == nil)
        #expect(chat[.locks] == [:])
        #expect(world.root?[.channels] == [chat.id])
        let again = load(content, into: world)
        #expect(again.created == 0)
        #expect(again.updated == 0)
        world.beginTurn(at: .init(milliseconds: 0), seed: 1)
        world.set(.pace, to: 30, on: chat)
        _ = world.endTurn()
        let (changed, _) = read("  chat: {description: Talk and listen., announce: true}")
        #expect(load(changed, into: world).updated == 1)
        #expect(chat[.description] == "Talk and listen.")
        #expect(chat[.nouns] == [])
        #expect(!chat[.joinsNewcomers])
        #expect(chat[.pace] == 30)
        #expect(Set(chat[.locks].keys) == ["join", "speak"])
    }

    @Test func oneThatNoFileHasAnyMoreStays() throws {
        let world = makeWorld(read("  chat: {description: Talk.}").content)
        let summary = load(read("  talk: {description: Talk.}").content, into: world)
        #expect(summary.leftBehind == ["channel:chat"])
        #expect(Channel.all(in: world).map(\.name) == ["chat", "talk"])
        #expect(world.violations() == [])
    }

    @Test(arguments: [
        ("chat: {description: Talk.}", []),
        ("chat: {}", ["3:3: warning: channel chat has no description"]),
        (
            "Chat: {description: Talk.}",
            ["3:3: error: Chat cannot name a channel; use 2 to 20 lower-case letters, and no direction"]
        ),
        (
            "north: {description: Talk.}",
            ["3:3: error: north cannot name a channel; use 2 to 20 lower-case letters, and no direction"]
        ),
        (
            "chat: {description: Talk., defualt: true}",
            ["3:30: error: channel chat has no key defualt (did you mean default?)"]
        ),
        ("chat: {description: Talk., guests: maybe}", ["3:38: error: guests of channel chat must be true or false"]),
        ("chat: Talk.", ["3:9: error: channel chat must be a map, not text"]),
        (
            "chat: {description: Talk., aliases: [a-b]}",
            ["3:39: error: a-b cannot be an alias of channel chat; use 2 to 20 lower-case letters, and no direction"]
        ),
        (
            "chat: {description: Talk.}\n  talk: {description: Talk., aliases: [chat]}",
            ["4:3: error: channel talk is called chat, and so is channel chat"]
        ),
    ])
    func saysWhereAMistakeIs(_ lines: String, _ mistakes: [String]) {
        #expect(read("  " + lines).diagnostics == mistakes.map { "world.yaml:" + $0 })
    }
}
