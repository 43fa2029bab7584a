import MUDWire
import Testing

@Suite struct MXPTests {
    @Test func modes() {
        #expect(MXP.Mode.allCases.map(\.rawValue) == Array(0...7))
        #expect(MXP.start == "\u{1B}[7z")
        #expect(MXP.secureLine == "\u{1B}[1z")
        #expect(MXP.Mode.temporarilySecure.sequence == "\u{1B}[4z")
    }

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("a & b < c > \"d\"", "a &amp; b &lt; c &gt; &quot;d&quot;"),
        ("&lt;", "&amp;lt;"), ("é中<", "é中&lt;"),
        ("<SEND href=\"quit\">x</SEND>", "&lt;SEND href=&quot;quit&quot;&gt;x&lt;/SEND&gt;"),
        ("a\u{1B}[1zb", "a[1zb"), ("a\u{9B}1zb\r\nc", "a1zb c"),
    ])
    func escapes(text: String, escaped: String) {
        #expect(MXP.escaped(text) == escaped)
    }

    @Test(
        arguments: [
            ("north", "north", nil, #"<SEND href="north">north</SEND>"#),
            ("north", "north", "Go north", #"<SEND href="north" hint="Go north">north</SEND>"#),
            (
                "<b>", "say \"<hi>\" & go", "a \"b\"",
                #"<SEND href="say &quot;&lt;hi&gt;&quot; &amp; go" hint="a &quot;b&quot;">&lt;b&gt;</SEND>"#
            ),
            // What would be a menu, another line or a sequence makes no link.
            ("x<", "a|b", nil, "x&lt;"), ("x", "a\nquit", nil, "x"), ("x", "a\u{1B}[1z", nil, "x"), ("x", "", nil, "x"),
            ("x", "look", "a|b", #"<SEND href="look">x</SEND>"#), ("x", "look", "", #"<SEND href="look">x</SEND>"#),
        ] as [(String, String, String?, String)])
    func links(text: String, command: String, hint: String?, element: String) {
        #expect(MXP.link(text, command: command, hint: hint) == element)
    }

    @Test func lengths() {
        let longest = String(repeating: "x", count: MXP.attributeOctets)
        #expect(MXP.openLink(command: longest) == "<SEND href=\"\(longest)\">")
        #expect(MXP.openLink(command: longest + "x") == nil)
        #expect(MXP.openLink(command: "look", hint: longest + "x") == "<SEND href=\"look\">")
    }
}

@Suite struct MXPOfferTests {
    @Test(
        arguments: [
            ("look", #"<SEND href="look">"#), ("look at lamp", #"<SEND href="look at lamp">"#),
            ("tell NAME TEXT", #"<SEND href="tell " PROMPT>"#), ("look [at THING]", #"<SEND href="look " PROMPT>"#),
            ("go N", #"<SEND href="go N">"#), ("finger Ada", #"<SEND href="finger Ada">"#),
            ("看", #"<SEND href="看" PROMPT>"#), ("NAME", nil), ("", nil), (" ", nil), ("  A  ", nil), ("a|b", nil),
            ("a\nb", nil), ("[x]", nil), ("say \"x\"", #"<SEND href="say &quot;x&quot;">"#),
        ] as [(String, String?)])
    func offers(text: String, element: String?) {
        #expect(MXP.openLink(offering: text) == element)
    }
}
