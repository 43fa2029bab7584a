import CharacterEncodings
import Testing

@Suite struct CharacterEncodingTests {
    @Test(
        arguments: [
            ("ISO-8859-1", "ISO-8859-1"), ("latin1", "ISO-8859-1"), ("Latin-1", "ISO-8859-1"), ("CP437", "IBM437"),
            ("gb2312", "GBK"), ("BIG5", "Big5"), ("big_5", "Big5"), ("cp950", "Big5"), ("koi8-r", "KOI8-R"),
        ])
    func isFoundByEachOfItsNames(name: String, found: String) {
        #expect(CharacterEncoding(named: name)?.name == found)
    }

    /// The names are told to the system's library, so that no other may come through.
    @Test(
        arguments: [
            "", "UTF-8", "UTF-16", "UTF-7", "../../tmp/x", "ISO-2022-JP", "GBK//IGNORE", "GB18030",
            String(repeating: "-", count: 100_000),
        ])
    func othersAreRefused(name: String) { #expect(CharacterEncoding(named: name) == nil) }

    @Test(arguments: CharacterEncoding.all) func eachIsKnownToTheSystem(encoding: CharacterEncoding) throws {
        let table = try #require(CharacterTable.load(encoding))
        #expect(table === CharacterTable.load(encoding))
        let ascii = Array(UInt8(0)...0x7F)
        #expect(CharacterDecoder.text(of: ascii, in: table) == ascii)
        var encoder = CharacterEncoder(table)
        var octets: [UInt8] = []
        encoder.encode(ascii, into: &octets)
        #expect(octets == ascii)
    }
}
