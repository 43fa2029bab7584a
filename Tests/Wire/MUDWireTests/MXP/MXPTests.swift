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
            ("north", #"<SEND href="north">"#),
            ("say \"<hi>\" & go", #"<SEND href="say &quot;&lt;hi&gt;&quot; &amp; go">"#),
            // What would be a menu, another line or a sequence makes no link.
            ("a|b", nil), ("a\nquit", nil), ("a\u{1B}[1z", nil), ("", nil),
        ] as [(String, String?)])
    func links(command: String, element: String?) {
        #expect(MXP.openLink(command: command) == element)
    }

    @Test func lengths() {
        let longest = String(repeating: "x", count: MXP.attributeOctets)
        #expect(MXP.openLink(command: longest) == "<SEND href=\"\(longest)\">")
        #expect(MXP.openLink(command: longest + "x") == nil)
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
