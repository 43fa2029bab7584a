import Glibc
import ReactorCore
import Transports

/// One connection to the control socket: requests in, answers out, in the same order.
///
/// Requests are performed one at a time; while one is under way the connection is not read. Only the
/// server's own user and root are heard.
///
/// - Limits: a line of ``AdminLineFramer/longestLine`` octets; requests of one read wait in memory.
final class AdminSession: StreamProtocol {
    private let authority: any AdminAuthority
    private let ended: (AdminSession) -> Void
    private var caller: AdminCaller?
    private var transport: (any Transport)?
    private var framer = AdminLineFramer()
    private var waiting: [[UInt8]] = []
    /// Whether a request is under way.
    private(set) var isBusy = false

    init(authority: any AdminAuthority, ended: @escaping (AdminSession) -> Void) {
        self.authority = authority
        self.ended = ended
    }

    func connectionMade(over transport: any Transport) {
        self.transport = transport
        guard let peer = transport.peerCredentials, peer.uid == geteuid() || peer.uid == 0 else {
            return refuse(AdminFailure(.permission, "Only the user that runs the server may administer it."))
        }
        caller = AdminCaller(user: peer.uid, origin: "control socket, process \(peer.pid)")
    }

    func dataReceived(_ bytes: Span<UInt8>) {
        do throws(AdminFailure) {
            waiting += try framer.receive(bytes)
        } catch {
            return refuse(error)
        }
        performNext()
    }

    func connectionLost(_ reason: DisconnectReason) {
        transport = nil
        waiting = []
        ended(self)
    }

    /// Ends an idle connection in favour of a new one.
    func makeRoom() { transport?.abortConnection() }

    private func performNext() {
        while !isBusy, !waiting.isEmpty, transport != nil { perform(waiting.removeFirst()) }
        if isBusy { transport?.pauseProducing() } else { transport?.resumeProducing() }
    }

    private func perform(_ line: [UInt8]) {
        do throws(AdminFailure) {
            guard let caller else { return }
            let command = try AdminLine.decode(AdminRequest.self, from: line).meaning()
            isBusy = true
            var isInside = true
            authority.perform(command, by: caller) { [weak self] answer in
                guard let self else { return }
                isBusy = false
                send(answer)
                if !isInside { performNext() }
            }
            isInside = false
        } catch {
            send(.failure(error))
        }
    }

    /// Says why, and hears nothing more from this peer.
    private func refuse(_ failure: AdminFailure) {
        send(.failure(failure))
        transport?.loseConnection()
        transport = nil
        waiting = []
    }

    private func send(_ answer: AdminAnswer) {
        do throws(AdminFailure) {
            transport?.write(try AdminLine.encode(answer))
        } catch {
            transport?.loseConnection()
        }
    }
}
