import Basics
import MarkupWire
import TerminalWire
import Testing

/// One text as every kind of door shows it.
@Suite struct DoorTextTests {
    private static var kitchen: StyledText {
        var text = StyledText("The Miller's Kitchen", .title)
        text.append("\nFlour lies on everything. A way leads ")
        text.append("up", .exit)
        text.append(".\nYou see:\n- ")
        text.append("a sack of rye", .thing)
        text.append("\n- ")
        text.append("a caf\u{E9} cup", .thing)
        text.append(", chipped\n==========\n  ")
        text.append("get THING", .command)
        text.append("\n")
        text.append("J\u{FC}rgen", .person)
        text.append(" says, \"")
        text.append("Take <this> & go!", .speech)
        text.append("\"\n")
        text.append("Ouch", .damage)
        text.append(". ")
        text.append("look", .command)
        return text
    }

    private static func terminal(_ profile: TerminalProfile) -> String {
        String(decoding: TerminalRenderer(profile).render(kitchen), as: UTF8.self)
            .replacing("\r\n", with: "\n").replacing("\u{1B}", with: "^")
    }

    @Test func plain() {
        #expect(
            Self.terminal(TerminalProfile(width: 40)) == """
                The Miller's Kitchen
                Flour lies on everything. A way leads
                up.
                You see:
                - a sack of rye
                - a caf\u{E9} cup, chipped
                ==========
                  get THING
                J\u{FC}rgen says, "Take <this> & go!"
                Ouch. 'look'
                """)
    }

    @Test func sixteenColours() {
        #expect(
            Self.terminal(TerminalProfile(width: 80, colour: .ansi16)) == """
                ^[1mThe Miller's Kitchen^[0m
                Flour lies on everything. A way leads ^[36mup^[0m.
                You see:
                - ^[32ma sack of rye^[0m
                - ^[32ma caf\u{E9} cup^[0m, chipped
                ==========
                  ^[1;36mget THING^[0m
                ^[35mJ\u{FC}rgen^[0m says, "^[33mTake <this> & go!^[0m"
                ^[31mOuch^[0m. ^[1;36mlook^[0m
                """)
    }

    @Test func twoHundredFiftySixColours() {
        #expect(
            Self.terminal(TerminalProfile(width: 80, colour: .indexed256)) == """
                ^[1mThe Miller's Kitchen^[0m
                Flour lies on everything. A way leads ^[38;5;63mup^[0m.
                You see:
                - ^[38;5;29ma sack of rye^[0m
                - ^[38;5;29ma caf\u{E9} cup^[0m, chipped
                ==========
                  ^[1;38;5;63mget THING^[0m
                ^[38;5;163mJ\u{FC}rgen^[0m says, "^[38;5;131mTake <this> & go!^[0m"
                ^[31mOuch^[0m. ^[1;38;5;63mlook^[0m
                """)
    }

    @Test func trueColour() {
        #expect(
            Self.terminal(TerminalProfile(width: 80, colour: .trueColour)) == """
                ^[1mThe Miller's Kitchen^[0m
                Flour lies on everything. A way leads ^[38;2;12;114;231mup^[0m.
                You see:
                - ^[38;2;7;137;29ma sack of rye^[0m
                - ^[38;2;7;137;29ma caf\u{E9} cup^[0m, chipped
                ==========
                  ^[1;38;2;0;130;142mget THING^[0m
                ^[38;2;223;25;124mJ\u{FC}rgen^[0m says, "^[38;2;143;114;0mTake <this> & go!^[0m"
                ^[38;2;232;26;19mOuch^[0m. ^[1;38;2;0;130;142mlook^[0m
                """)
    }

    @Test func screenReader() {
        #expect(
            Self.terminal(TerminalProfile(width: 20, screenReader: true)) == """
                The Miller's Kitchen
                Flour lies on everything. A way leads up.
                You see:
                - a sack of rye
                - a caf\u{E9} cup, chipped
                get THING
                J\u{FC}rgen says, "Take <this> & go!"
                Ouch. 'look'
                """)
    }

    @Test func html() {
        #expect(
            HTMLRenderer().render(Self.kitchen).replacing("><", with: ">\n<") == """
                <h2>
                <span class="title">The Miller&#39;s Kitchen</span>
                </h2>
                <p>Flour lies on everything. A way leads \
                <button type="button" class="exit" data-command="up">up</button>.</p>
                <p>You see:</p>
                <ul>
                <li>
                <span class="thing">a sack of rye</span>
                </li>
                <li>
                <span class="thing">a caf\u{E9} cup</span>, chipped</li>
                </ul>
                <p>==========</p>
                <p class="example">
                <code class="command">get THING</code>
                </p>
                <p>
                <span class="name">J\u{FC}rgen</span> says, &quot;\
                <span class="speech">Take &lt;this&gt; &amp; go!</span>&quot;</p>
                <p>
                <span class="damage">Ouch</span>. \
                <button type="button" class="command" data-command="look">look</button>
                </p>
                """)
    }

    @Test func irc() {
        let lines = IRCRenderer().render(Self.kitchen).map {
            $0.replacing("\u{2}", with: "^B").replacing("\u{3}", with: "^C").replacing("\u{F}", with: "^O")
                .replacing("\u{1D}", with: "^I")
        }
        #expect(
            lines == [
                "^BThe Miller's Kitchen^O",
                "Flour lies on everything. A way leads ^C10up^O.",
                "You see:",
                "- ^C03a sack of rye^O",
                "- ^C03a caf\u{E9} cup^O, chipped",
                "==========",
                "  ^Bget THING^O",
                "^C13J\u{FC}rgen^O says, \"^ITake <this> & go!^O\"",
                "^C04Ouch^O. ^Blook^O",
            ])
    }

    @Test func ircWithoutFormatting() {
        #expect(
            IRCRenderer(isFormatted: false).render(Self.kitchen)
                == Self.kitchen.quotingCommands.plain.split(separator: "\n").map(String.init))
    }
}
