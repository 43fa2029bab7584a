import Basics
import DigestWire

extension SSHPublicKey {
    /// The fingerprint people compare: `SHA256:` and 43 characters of base64.
    public var fingerprint: String {
        "SHA256:" + Base64.text(HashFunction.sha256.hash(blob)).prefix { $0 != "=" }
    }

    /// A drawing of the fingerprint in eleven lines of 19 columns, which is easier to recognise than to read.
    ///
    /// A bishop walks about a board of 17 by 9 fields, two bits of the fingerprint for each step, and each field shows
    /// how often it was there; `S` is where the walk began, `E` where it ended.
    public var randomArt: [String] {
        let (width, height) = (17, 9)
        let marks = Array(" .o+=*BOX@%&#/^SE")
        var visits = [Int](repeating: 0, count: width * height)
        var (column, row) = (width / 2, height / 2)
        for octet in HashFunction.sha256.hash(blob) {
            for shift in stride(from: 0, to: 8, by: 2) {
                let step = octet >> UInt8(shift)
                column = min(max(column + (step & 1 == 0 ? -1 : 1), 0), width - 1)
                row = min(max(row + (step & 2 == 0 ? -1 : 1), 0), height - 1)
                // Places at the end of the marks stand for both ends of the walk.
                visits[row * width + column] = min(visits[row * width + column] + 1, marks.count - 3)
            }
        }
        visits[height / 2 * width + width / 2] = marks.count - 2
        visits[row * width + column] = marks.count - 1
        let lines = (0..<height).map { row in
            "|" + String(visits[row * width..<(row + 1) * width].map { marks[$0] }) + "|"
        }
        let title = "[\(type.title) \(bits)]"
        return [Self.frame(title.utf8.count > width ? "[\(type.title)]" : title, width)] + lines + [
            Self.frame("[SHA256]", width)
        ]
    }

    private static func frame(_ title: String, _ width: Int) -> String {
        let left = (width - title.utf8.count) / 2
        let right = width - title.utf8.count - left
        return "+" + String(repeating: "-", count: left) + title + String(repeating: "-", count: right) + "+"
    }
}
