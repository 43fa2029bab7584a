import FileAccessTesting
import Glibc
import SSHKeys
import Testing

@Suite("OpenSSH's agent")
struct SSHAgentCrossTests {
    /// A connection to an agent of a test's own, which ends with it.
    private final class Agent {
        private let tool: SSHKeygen
        private let socket: Int32
        private let process: pid_t

        init() throws {
            tool = try SSHKeygen()
            let said = try tool.output("ssh-agent -a \(tool.folder.path)/agent")
            let words = said.split { !$0.isNumber && !$0.isLetter && $0 != "_" && $0 != "/" }
            let place = try #require(words.firstIndex(of: "SSH_AGENT_PID"))
            process = try #require(pid_t(words[place + 1]))
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let path = Array("\(tool.folder.path)/agent".utf8)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
            let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            self.socket = socket
            let connected = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(connected == 0)
        }

        deinit {
            close(socket)
            kill(process, SIGTERM)
        }

        func ask(_ request: SSHAgentRequest) throws -> SSHAgentAnswer {
            let octets = SSHAgentFramer.framed(request.message)
            try #require(send(socket, octets, octets.count, Int32(MSG_NOSIGNAL)) == octets.count)
            var framer = SSHAgentFramer()
            while true {
                if let message = try framer.next() { return try SSHAgentAnswer(message: message) }
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = recv(socket, &buffer, buffer.count, 0)
                try #require(count > 0)
                framer.receive(buffer.span.extracting(0..<count))
            }
        }
    }

    @Test("It takes our keys, lists them, signs with them, and locks them up")
    func conversation() throws {
        let agent = try Agent()
        #expect(try agent.ask(.list) == .keys([]))
        for type in [SSHKeyType.ed25519, .ecdsaP256, .ecdsaP521, .rsa] {
            let key = try SSHPrivateKey.generate(type, rsaBits: 2048)
            let blob = key.publicKey.blob
            #expect(try agent.ask(.add(key, remark: "ada", constraints: .init(lifetime: 60))) == .success)
            #expect(try agent.ask(.list) == .keys([SSHAgentKey(blob: blob, remark: "ada")]))
            for algorithm in type.signatureAlgorithms {
                let answer = try agent.ask(.sign(key: blob, message: [1, 2], flags: .init(algorithm)))
                guard case .signature(let signature) = answer else {
                    Issue.record("\(answer)")
                    continue
                }
                #expect(key.publicKey.verify(signature, of: [1, 2], as: algorithm))
            }
            #expect(try agent.ask(.remove(key: blob)) == .success)
            #expect(try agent.ask(.sign(key: blob, message: [1], flags: [])) == .failure)
        }
        #expect(try agent.ask(.lock(passphrase: [1])) == .success)
        #expect(try agent.ask(.unlock(passphrase: [2])) == .failure)
        #expect(try agent.ask(.unlock(passphrase: [1])) == .success)
        #expect(try agent.ask(.removeAll) == .success)
        #expect(try agent.ask(.extension(name: "nothing@example.org", contents: [])) != .success)
        #expect(try agent.ask(.other(number: 200, contents: [])) == .failure)
    }
}
