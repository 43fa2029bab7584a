import Basics
import Glibc
import SSHKeys
import SSHWire

// What an SSH transport costs without a network: `bench-ssh` joins a client and a server in memory and prints
//
//   RESULT handshakes=N/s server_us=…                                 processor time of the server's side for each
//   RESULT cipher=… seal_MBps=… open_MBps=… one_octet_pps=…           of 32 KiB payloads, and of packets with one octet
//
// Times are the thread's own, so that what else runs matters little.

/// Nanoseconds of processor time that this thread has used.
func spent() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

let now = MonotonicInstant(nanoseconds: 0)

/// Both ends, and what the server's has cost.
struct Pair: ~Copyable {
    var client: SSHTransport
    var server: SSHTransport
    var serverTime = 0

    init(_ key: SSHPrivateKey, cipher: SSHCipherName? = nil) {
        var settings = SSHTransportSettings(role: .client)
        if let cipher { settings.algorithms.ciphers = [cipher] }
        settings.rekeyOctets = .max
        client = SSHTransport(settings: settings)
        var own = SSHTransportSettings(role: .server, hostKeys: [key])
        own.rekeyOctets = .max
        server = SSHTransport(settings: own)
    }

    /// Goes as far as the login.
    mutating func shakeHands() throws(SSHFailure) {
        client.start(now: now)
        measured { $0.start(now: now) }
        while true {
            let fromServer = server.takeOutput()
            client.receive(fromServer.span, now: now)
            while let event = try client.nextEvent(now: now) {
                if case .hostKey = event { try client.acceptHostKey(now: now) }
            }
            let fromClient = client.takeOutput()
            if fromServer.isEmpty, fromClient.isEmpty { break }
            let begin = spent()
            server.receive(fromClient.span, now: now)
            while try server.nextEvent(now: now) != nil {}
            serverTime += spent() - begin
        }
        client.markAuthenticated()
        server.markAuthenticated()
    }

    private mutating func measured(_ body: (inout SSHTransport) -> Void) {
        let begin = spent()
        body(&server)
        serverTime += spent() - begin
    }

    /// Sends so many payloads of a size from the server to the client.
    ///
    /// - Returns: Nanoseconds for sending, and for receiving.
    mutating func carry(_ count: Int, of size: Int, batch: Int) throws(SSHFailure) -> (seal: Int, open: Int) {
        let body = [UInt8](repeating: 7, count: size)
        var (seal, open, received) = (0, 0, 0)
        for _ in 0..<count / batch {
            let begin = spent()
            for _ in 0..<batch { server.send([SSHMessageNumber.channelData], followedBy: body.span) }
            let octets = server.takeOutput()
            let sealed = spent()
            client.receive(octets.span, now: now)
            while let event = try client.nextEvent(now: now) {
                if case .message(let payload) = event { received += payload.count - 1 }
            }
            open += spent() - sealed
            seal += sealed - begin
        }
        guard received == count / batch * batch * size else { throw SSHFailure(.protocolError, "Octets are missing.") }
        return (seal, open)
    }
}

let key = try SSHPrivateKey.generate(.ed25519)
let handshakes = 2000
var serverTime = 0
let begin = spent()
for _ in 0..<handshakes {
    var pair = Pair(key)
    try pair.shakeHands()
    serverTime += pair.serverTime
}
let total = spent() - begin
print("RESULT handshakes=\(handshakes * 1_000_000_000 / total)/s server_us=\(serverTime / handshakes / 1000)")

for cipher in SSHCipherName.allCases {
    var pair = Pair(key, cipher: cipher)
    try pair.shakeHands()
    // Once to warm up.
    _ = try pair.carry(256, of: 32_768, batch: 4)
    let octets = 8192 * 32_768
    let bulk = try pair.carry(8192, of: 32_768, batch: 4)
    let packets = 512_000
    // Several at a time, because asking for the time costs as much as a packet.
    let small = try pair.carry(packets, of: 1, batch: 32)
    print(
        "RESULT cipher=\(cipher.rawValue) seal_MBps=\(octets * 1000 / bulk.seal) open_MBps=\(octets * 1000 / bulk.open)",
        "one_octet_pps=\(packets * 1_000_000_000 / (small.seal + small.open))")
}
