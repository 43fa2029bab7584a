import Glibc
import ReactorCore
import Testing
import Transports

@Suite struct DescriptorPassingTests {
    struct Broken: Error {}

    /// A connected Unix pair whose server takes descriptors.
    private func connect(_ kind: ContractKind = .unix) throws -> (
        harness: ContractHarness, client: any Transport, server: DescriptorRecorder, lost: () -> Bool
    ) {
        let harness = try ContractHarness(kind)
        let (client, server) = (Recorder(), DescriptorRecorder())
        try harness.connect(client: client, server: server)
        return (harness, try #require(client.transport), server, { client.isLost && server.isLost })
    }

    @Test(arguments: [ContractKind.unix, .abstract])
    func descriptorsArriveInOrderWithTheirOctets(kind: ContractKind) throws {
        let (harness, client, server, _) = try connect(kind)
        let files = try (0..<3).map { try Scratch(holding: "file \($0)") }
        client.write("before;")
        try client.write(Array("one;".utf8), passing: [files[0].descriptor])
        client.write("between;")
        try client.write(Array("two;".utf8), passing: [files[1].descriptor, files[2].descriptor])
        client.write("after")
        for file in files { file.close() }
        let sent = "before;one;between;two;after"
        try harness.run { server.text == sent }
        #expect(server.contents == ["file 0", "file 1", "file 2"])
        // Each group is there no later than the octet it was sent with.
        #expect(server.places.count == 2)
        #expect(server.places[0] <= "before;".utf8.count)
        #expect(server.places[1] <= "before;one;between;".utf8.count && server.places[1] > server.places[0])
        #expect(server.areAllCloseOnExec)
    }

    @Test func descriptorsInABigTransferKeepTheirPlace() throws {
        let (harness, client, server, lost) = try connect()
        let check = SequenceCheck(server)
        let file = try Scratch(holding: "x")
        let size = 2 << 20
        for part in 0..<8 {
            let piece = SequenceProducer.octets(part * size / 8..<(part + 1) * size / 8)
            try client.write(piece, passing: [file.descriptor])
        }
        client.loseConnection()
        try harness.run(until: lost)
        #expect(check.count == size && check.isRight)
        #expect(server.contents.count == 8)
        for (index, place) in server.places.enumerated() { #expect(place <= index * size / 8) }
    }

    @Test func whatCannotBeSentIsRefusedAndNothingIsWritten() throws {
        let (harness, client, server, lost) = try connect()
        let most = StreamLimits.descriptorsPerRead
        #expect(throws: DescriptorPassingFailure.noOctets) { try client.write([], passing: [0]) }
        #expect(throws: DescriptorPassingFailure.tooMany(limit: most)) {
            try client.write([1], passing: [Int32](repeating: 0, count: most + 1))
        }
        #expect(throws: DescriptorPassingFailure.notDuplicated(SystemFailure(code: EBADF, call: "fcntl"))) {
            try client.write([1], passing: [-1])
        }
        try client.write([1], passing: [])
        try client.write([2], passing: [Int32](repeating: 0, count: most))
        #expect(throws: DescriptorPassingFailure.tooMany(limit: most)) { try client.write([3], passing: [0]) }
        try harness.run { server.receivedCount == 2 && server.count == most }
        client.loseConnection()
        try client.write([4], passing: [0])
        try harness.run(until: lost)
        try client.write([5], passing: [0])
        let tcp = try ContractHarness(.tcp)
        let pair = try tcp.connect()
        #expect(throws: DescriptorPassingFailure.notAUnixSocket) { try pair.client.transport?.write([1], passing: [0]) }
    }

    @Test func descriptorsNobodyTakesAreClosedAndSaidOnce() throws {
        let harness = try Harness(.unix)
        let before = descriptorsOfConnections(harness.reactor)
        let (client, server) = try harness.connect()
        // From Linux 6.16 on the sender is refused (SO_PASSRIGHTS); older kernels always behave as with this option.
        var isOn: Int32 = 1
        for descriptor in descriptorsOfConnections(harness.reactor).subtracting(before) {
            _ = setsockopt(descriptor, SOL_SOCKET, 83, &isOn, socklen_t(MemoryLayout<Int32>.size))
        }
        for octet in "abc".utf8 {
            try client.transport?.write([octet], passing: [0])
            // Each with a read of its own.
            try harness.run { server.receivedCount == Int(octet) - 96 || client.isLost }
        }
        #expect(server.text == "abc" && harness.logLines.count == 1)
        #expect(harness.logLines.first?.contains("descriptors came that nobody here takes") == true)
        client.transport?.loseConnection()
        try harness.run { server.isLost }
        #expect(harness.logLines.count == 2 && harness.logLines.last?.hasSuffix("(2)") == true)
        #expect(harness.reactor.delayedCallCount == 0)
    }

    private func descriptorsOfConnections(_ reactor: Reactor) -> Set<Int32> {
        Set(
            reactor.leftovers.filter { $0.what.contains("connection of") }
                .compactMap { Int32($0.what.split(separator: " ")[1].dropLast()) })
    }

    @Test func aProtocolMayEndTheConnectionWhenItGetsThem() throws {
        for throwing in [true, false] {
            let (harness, client, server, lost) = try connect()
            server.onDescriptors = { recorder in
                if throwing { throw Broken() }
                recorder.transport?.abortConnection()
            }
            try client.write([1], passing: [0])
            try harness.run(until: lost)
            #expect(server.receivedCount == 0 && server.lossCount == 1)
            #expect(server.ending == (throwing ? "protocolFailure" : "aborted"))
        }
    }

    /// The number of open descriptors belongs to the process, so these tests run in one of their own.
    @Test func noneIsLeakedWhoeverDropsThem() async {
        await #expect(processExitsWith: .success) {
            let harness = try ContractHarness(.unix)
            try dropDescriptors(harness, rounds: 8)
            let before = openDescriptors()
            try dropDescriptors(harness, rounds: 40)
            #expect(openDescriptors() == before)
        }
    }

    @Test func aPeerThatSendsMoreThanWeCanHoldIsCutOff() async {
        await #expect(processExitsWith: .success) {
            let harness = try ContractHarness(.unix)
            let (client, server) = (Recorder(), DescriptorRecorder())
            try harness.connect(client: client, server: server)
            try client.transport?.write([1], passing: [0, 0, 0, 0])
            let before = openDescriptorCount()
            var limit = rlimit()
            try #require(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            let original = limit
            // Room for two: the copies that wait to be sent are closed only after the message has left.
            limit.rlim_cur = rlim_t(highestDescriptor() + 1)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            server.transport?.pauseProducing()
            harness.idle()
            var fillers: [Int32] = []
            while true {
                let filler = open("/dev/null", O_RDONLY)
                guard filler >= 0 else { break }
                fillers.append(filler)
            }
            server.transport?.resumeProducing()
            try harness.run { server.isLost }
            limit = original
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            #expect(server.ending == "lost" && server.count == 0)
            try harness.run { client.isLost }
            for filler in fillers { close(filler) }
            harness.idle()
            #expect(openDescriptorCount() <= before)
        }
    }
}

/// Sends descriptors that nobody keeps: unwanted, received, still unread or still unsent when the connection ends.
private func dropDescriptors(_ harness: ContractHarness, rounds: Int) throws {
    for round in 0..<rounds {
        let client = Recorder()
        let server = round % 2 == 0 ? Recorder() : DescriptorRecorder()
        try harness.connect(client: client, server: server)
        if round % 4 == 3 { server.transport?.pauseProducing() }
        for _ in 0..<4 { try client.transport?.write([1], passing: [0, 0]) }
        // A kernel that can be told so refuses to send descriptors to who does not take them.
        if round % 4 < 2 { try harness.run { server.receivedCount == 4 || client.isLost } }
        if round % 8 > 5 { harness.idle() }
        client.transport?.abortConnection()
        server.transport?.abortConnection()
        try harness.run { client.isLost && server.isLost }
        (server as? DescriptorRecorder)?.dropAll()
    }
    harness.idle()
}

/// A recorder that takes descriptors, and reads what the files hold.
final class DescriptorRecorder: Recorder, DescriptorReceivingProtocol {
    private var held: [OwnedDescriptor] = []
    private(set) var places: [Int] = []
    var onDescriptors: ((DescriptorRecorder) throws -> Void)?

    var count: Int { held.count }

    var areAllCloseOnExec: Bool { held.allSatisfy { fcntl($0.number, F_GETFD) & FD_CLOEXEC != 0 } }

    var contents: [String] {
        held.map { descriptor in
            var buffer = [UInt8](repeating: 0, count: 64)
            let count = pread(descriptor.number, &buffer, buffer.count, 0)
            return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        }
    }

    func descriptorsReceived(_ descriptors: [OwnedDescriptor]) throws {
        held += descriptors
        places.append(receivedCount)
        try onDescriptors?(self)
    }

    func dropAll() { held = [] }
}

/// A file without a name.
final class Scratch {
    private(set) var descriptor: Int32

    init(holding text: String) throws {
        var template = Array("/tmp/transports-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        unlink(template)
        try #require(Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
    }

    deinit { close() }

    func close() {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
        descriptor = -1
    }
}

/// The numbers of this process's open sockets, pipes and files.
///
/// The kernel's anonymous objects, which have no file type, are left out: the test library's threads make
/// and close timers and pollers of their own.
func openDescriptors() -> [Int32] {
    (0..<Int32(4096)).filter { number in
        var status = stat()
        return fstat(number, &status) == 0 && status.st_mode & S_IFMT != 0
    }
}

func openDescriptorCount() -> Int { openDescriptors().count }

/// The highest number in use, whatever it is for.
func highestDescriptor() -> Int32 { (0..<Int32(4096)).last { fcntl($0, F_GETFD) >= 0 } ?? 0 }
