import Basics
import ReactorCore
import SFTPWire
import ShellPeers
import Testing

@Suite("SFTP server under any requests")
struct SFTPServerFuzzTests {
    private static let names = ["/", "/a", "/a/b", "/a/b/c", "x", "../y", "/a/../x", ".", "", "/z/\0", "/dots/..", "~"]

    private struct Requests {
        var random: SeededGenerator
        var handles: [[UInt8]] = [[]]

        private mutating func number(_ limit: UInt64) -> UInt64 { UInt64.random(in: 0...limit, using: &random) }
        private mutating func path() -> [UInt8] { octets(names.randomElement(using: &random) ?? "/") }
        private mutating func handle() -> [UInt8] { handles.randomElement(using: &random) ?? [] }
        private mutating func offset() -> UInt64 {
            [number(3000), number(3000), number(70_000), number(.max)].randomElement(using: &random) ?? 0
        }
        private mutating func data() -> [UInt8] { Array(repeating: UInt8(number(255)), count: Int(number(2000))) }
        private mutating func attributes() -> SFTPAttributes {
            var attributes = SFTPAttributes()
            if number(2) == 0 { attributes.size = offset() }
            if number(2) == 0 { attributes.permissions = UInt32(number(0o177777)) }
            if number(2) == 0 {
                attributes.times = SFTPAttributes.Times(access: 1, modification: UInt32(number(1 << 31)))
            }
            return attributes
        }

        mutating func next() -> SFTPRequest {
            switch number(21) {
            case 0, 1, 2: .open(path: path(), SFTPOpenFlags(rawValue: UInt32(number(63))), attributes())
            case 3: .close(handle: handle())
            case 4, 5: .read(handle: handle(), at: offset(), count: UInt32(number(100_000)))
            case 6, 7, 8: .write(handle: handle(), at: offset(), data: data())
            case 9: .attributes(path: path())
            case 10: .handleAttributes(handle: handle())
            case 11: .setAttributes(path: path(), attributes())
            case 12: .setHandleAttributes(handle: handle(), attributes())
            case 13: .openDirectory(path: path())
            case 14: .readDirectory(handle: handle())
            case 15: .remove(path: path())
            case 16: .makeDirectory(path: path(), attributes())
            case 17: .removeDirectory(path: path())
            case 18: .rename(path: path(), newPath: path())
            case 19: .extended(.replace(path: path(), newPath: path()))
            case 20:
                .extended(
                    .copyData(
                        from: handle(), at: offset(), count: number(1) * offset(), to: handle(), newOffset: offset()))
            default: .extended(.synchronize(handle: handle()))
            }
        }
    }

    @Test(
        "Every request has one answer, and the tree stays a tree within its limits", arguments: 0..<30 as Range<UInt64>)
    func invariants(seed: UInt64) throws {
        let tree = SFTPMemoryTree(octetLimit: 60_000, fileLimit: 12) { stageTime }
        let stage = ServerStage(tree)
        var requests = Requests(random: SeededGenerator(seed: seed))
        var (done, open) = (0, 0)
        for _ in 0..<600 {
            let request = requests.next()
            stage.forgetReplies()
            let id = stage.send(request)
            #expect(stage.replies.map(\.id) == [id], "\(request)")
            guard let reply = stage.replies.first?.reply else { return }
            switch (request, reply) {
            case (_, .handle(let handle)):
                #expect(!requests.handles.contains(handle))
                requests.handles.append(handle)
                open += 1
            case (.close, .status(let status)) where status.message != "nothing of that handle is open": open -= 1
            case (.read, .data(let data)): #expect(data.count <= SFTPLimits.data)
            default: break
            }
            if case .status(let status) = reply, status.code != .ok {} else { done += 1 }
            #expect(open <= 64)
            var total = 0
            for path in tree.paths {
                total += tree.contents(of: path)?.count ?? 0
                #expect(path.parent.isRoot || tree.paths.contains(path.parent) && tree.contents(of: path.parent) == nil)
            }
            #expect(total == tree.octetCount && total <= 60_000 && tree.paths.count <= 12)
        }
        #expect(done > 50)
        stage.server.closed()
    }
}
