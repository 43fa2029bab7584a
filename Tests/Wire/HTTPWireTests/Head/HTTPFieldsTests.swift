import Testing

@testable import HTTPWire

@Suite struct HTTPFieldsTests {
    @Test func namesAreTheSameInEitherCase() {
        let fields: HTTPFields = ["Upgrade": "websocket", "UPGRADE": "h2c, , x", "Host": "a"]
        #expect(fields.values("upgrade") == ["websocket", "h2c, , x"])
        #expect(fields["upgrade"] == nil && fields["host"] == "a" && fields["none"] == nil)
        #expect(fields.list("Upgrade") == ["websocket", "h2c", "x"])
        #expect(fields.has("WebSocket", in: "upgrade") && !fields.has("web", in: "upgrade"))
    }

    @Test func nothingBeginsAnotherLine() {
        var fields = HTTPFields()
        for (name, value) in [("A", "b\r\nC: d"), ("A\r\nB", "c"), ("", "c"), ("a b", "c"), ("A", "\0")] {
            let isAdded = fields.add(name, value)
            #expect(!isAdded)
        }
        fields.add("A", "  b\tc  ")
        #expect(fields.all == [HTTPFields.Field(name: "A", value: "b\tc")])
    }
}
