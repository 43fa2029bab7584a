import SSHKeys
import Testing

@Suite("Messages of agents")
struct SSHAgentMessageTests {
    @Test("Requests are read as they are written")
    func requests() throws {
        let key = try SSHPrivateKey.generate(.ed25519)
        let rows: [(SSHAgentRequest, [UInt8])] = [
            (.list, [11]), (.removeAll, [19]), (.remove(key: [1, 2]), [18, 0, 0, 0, 2, 1, 2]),
            (.sign(key: [1], message: [2], flags: .rsaSHA512), [13, 0, 0, 0, 1, 1, 0, 0, 0, 1, 2, 0, 0, 0, 4]),
            (.lock(passphrase: [9]), [22, 0, 0, 0, 1, 9]), (.unlock(passphrase: []), [23, 0, 0, 0, 0]),
            (.extension(name: "q", contents: [7]), [27, 0, 0, 0, 1, 0x71, 7]),
            (.other(number: 20, contents: [3]), [20, 3]),
        ]
        for (request, octets) in rows {
            #expect(request.message == octets)
            #expect(try SSHAgentRequest(message: octets).message == octets)
        }
        let constraints = [
            SSHAgentRequest.Constraints(), .init(lifetime: 60), .init(confirms: true),
            .init(lifetime: 1, confirms: true),
        ]
        for constraint in constraints {
            let added = SSHAgentRequest.add(key, remark: "ada", constraints: constraint).message
            #expect(added.first == (constraint.isEmpty ? 17 : 25))
            guard case .add(let read, let remark, let again) = try SSHAgentRequest(message: added) else {
                Issue.record("not an addition")
                continue
            }
            #expect(read.publicKey == key.publicKey && remark == "ada" && again == constraint)
        }
    }

    @Test("Answers are read as they are written")
    func answers() throws {
        let key = SSHAgentKey(blob: [1, 2], remark: "ada")
        let rows: [(SSHAgentAnswer, [UInt8])] = [
            (.failure, [5]), (.success, [6]), (.keys([]), [12, 0, 0, 0, 0]),
            (.keys([key]), [12, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 0, 0, 0, 3, 0x61, 0x64, 0x61]),
            (.signature([8]), [14, 0, 0, 0, 1, 8]), (.extensionFailure, [28]),
            (.extensionAnswer(name: "q", contents: [7]), [29, 0, 0, 0, 1, 0x71, 7]),
            (.other(number: 99, contents: []), [99]),
        ]
        for (answer, octets) in rows {
            #expect(answer.message == octets)
            #expect(try SSHAgentAnswer(message: octets) == answer)
        }
        #expect(key.publicKey == nil)
        let known = try SSHPrivateKey.generate(.ecdsaP256).publicKey
        #expect(SSHAgentKey(blob: known.blob, remark: "").publicKey == known)
        #expect(throws: SSHKeyFailure.self) { try SSHAgentAnswer(message: [12, 0xFF, 0xFF, 0xFF, 0xFF]) }
    }

    @Test("What is cut off, or goes on, is refused")
    func truncated() throws {
        let key = try SSHPrivateKey.generate(.ecdsaP384)
        let requests: [SSHAgentRequest] = [
            .sign(key: [1], message: [2], flags: []), .remove(key: [1]), .lock(passphrase: [1]),
            .add(key, remark: "a", constraints: .init(lifetime: 1)),
        ]
        for octets in requests.map(\.message) {
            for length in 0..<octets.count where length < octets.count - 5 || octets.first != 25 {
                #expect(throws: SSHKeyFailure.self) { try SSHAgentRequest(message: Array(octets.prefix(length))) }
            }
            #expect(throws: SSHKeyFailure.self) { try SSHAgentRequest(message: octets + [0]) }
        }
    }

    @Test("A constraint that is not known is not left out")
    func constraints() throws {
        let key = try SSHPrivateKey.generate(.ed25519)
        let octets = SSHAgentRequest.add(key, remark: "", constraints: .init(confirms: true)).message
        #expect(throws: SSHKeyFailure.self) { try SSHAgentRequest(message: octets + [255, 0, 0, 0, 0]) }
    }

    @Test("No description shows a passphrase")
    func description() {
        for request in [SSHAgentRequest.lock(passphrase: [77, 78, 79]), .unlock(passphrase: [77, 78, 79])] {
            var text = "\(request)"
            dump(request, to: &text)
            #expect(!text.contains("78"))
        }
    }

    @Test("Messages come out however they are cut")
    func framing() throws {
        let messages: [[UInt8]] = [[11], [5], [UInt8](repeating: 3, count: 300), [19]]
        let octets = messages.flatMap { SSHAgentFramer.framed($0) }
        for size in 1...octets.count {
            var framer = SSHAgentFramer()
            var read: [[UInt8]] = []
            for start in stride(from: 0, to: octets.count, by: size) {
                framer.receive(octets.span.extracting(start..<min(start + size, octets.count)))
                while let message = try framer.next() { read.append(message) }
            }
            #expect(read == messages)
        }
    }

    @Test(
        "Impossible lengths are refused", arguments: [[0, 0, 0, 0], [0, 4, 0, 1], [255, 255, 255, 255]] as [[UInt8]])
    func lengths(octets: [UInt8]) {
        var framer = SSHAgentFramer()
        framer.receive(octets.span)
        #expect(throws: SSHKeyFailure.self) { try framer.next() }
    }
}
