import CLinux
import Glibc
public import ReactorCore

/// A protocol that takes descriptors from the process at the other end of a Unix stream socket.
///
/// Without it, descriptors that arrive are closed by the kernel, which the log tells once in a second at most, or, from Linux 6.16 on, refused to the sender, whose connection
/// is lost with `EPERM`. Older kernels close them in our thread: a socket that lingers (`SO_LINGER`) then lets whoever may connect
/// keep the loop waiting. What to know before using it:
///
/// - Descriptors travel with octets. They arrive before the call of `dataReceived` that holds the first
///   octet they were sent with; the same call may begin with octets written earlier. A protocol
///   whose messages say how many descriptors belong to them is never in doubt.
/// - They keep the order in which they were sent.
/// - The peer may send anything: a pipe where a socket is expected, a descriptor that blocks, one nobody
///   asked for. Look (`fstat(2)`) before use, and check ``Transport/peerCredentials`` first.
/// - Both processes share the open file: its position and its flags, `O_NONBLOCK` too.
/// - They are close-on-exec, and closed when the last reference to their ``OwnedDescriptor`` goes.
/// - A peer that sends more than ``StreamLimits/descriptorsPerRead`` with one message is cut off, and so is
///   one whose descriptors find this process at its limit: what is missing could not be told.
public protocol DescriptorReceivingProtocol: StreamProtocol {
    /// Descriptors arrived, at least one; `dataReceived` follows.
    ///
    /// - Throws: Whatever shall end the connection, as ``DisconnectReason/protocolFailure(_:)``.
    func descriptorsReceived(_ descriptors: [OwnedDescriptor]) throws
}

/// A descriptor that is closed with its last reference, unless it is taken.
public final class OwnedDescriptor {
    /// The number, or -1 when it has been taken or closed.
    public private(set) var number: Int32

    /// Takes over a descriptor.
    public init(_ number: Int32) { self.number = number }

    deinit { close() }

    /// Hands the descriptor to the caller, who closes it from now on.
    public func take() -> Int32 {
        defer { number = -1 }
        return number
    }

    /// Closes the descriptor now.
    public func close() {
        if number >= 0 {
            // Whoever sent a socket could have us wait for its peer for as long as it likes.
            Socket.disableLinger(number)
            _ = Glibc.close(number)
        }
        number = -1
    }
}

/// Why descriptors could not be sent.
public enum DescriptorPassingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Only Unix stream sockets carry descriptors.
    case notAUnixSocket

    /// Descriptors travel with at least one octet.
    case noOctets

    /// One write carries, and one connection holds, no more than `limit` unsent descriptors.
    case tooMany(limit: Int)

    /// A descriptor could not be duplicated.
    case notDuplicated(SystemFailure)

    /// The failure in one line.
    public var description: String {
        switch self {
        case .notAUnixSocket: "only Unix stream sockets carry descriptors"
        case .noOctets: "descriptors travel with at least one octet"
        case .tooMany(let limit): "no more than \(limit) descriptors may wait to be sent"
        case .notDuplicated(let cause): "a descriptor cannot be sent: \(cause)"
        }
    }
}

/// Descriptors on their way out, each group at its place among the octets.
struct OutboundDescriptors {
    private struct Group {
        /// The place of the octet that carries the group, counted from the first octet ever noted.
        var position: Int
        var descriptors: [Int32]
    }

    private var groups: [Group] = []
    private var sent = 0
    private var count = 0

    var isEmpty: Bool { groups.isEmpty }

    /// Duplicates descriptors, to travel with the octet that `unsent` octets precede.
    mutating func append(_ descriptors: [Int32], before unsent: Int) throws(DescriptorPassingFailure) {
        guard !descriptors.isEmpty else { return }
        guard descriptors.count <= StreamLimits.descriptorsPerRead,
            count <= StreamLimits.descriptorsPerRead - descriptors.count
        else { throw .tooMany(limit: StreamLimits.descriptorsPerRead) }
        var copies: [Int32] = []
        for descriptor in descriptors {
            let copy = clinux_duplicate(descriptor)
            guard copy >= 0 else {
                let failure = SystemFailure(call: "fcntl")
                for copy in copies { close(copy) }
                throw .notDuplicated(failure)
            }
            copies.append(copy)
        }
        groups.append(Group(position: sent + unsent, descriptors: copies))
        count += copies.count
    }

    /// Sends octets up to the next group, or that group with the octets up to the one after it.
    ///
    /// - Returns: The number of octets sent, or -1 with `errno`.
    mutating func send(_ octets: UnsafeRawBufferPointer, over socket: Int32) -> Int {
        guard let first = groups.first else { return 0 }
        let carries = first.position == sent
        let end = (carries ? groups.dropFirst().first?.position : first.position) ?? .max
        let length = min(octets.count, end - sent)
        let done = unsafe Socket.sendDescriptors(
            socket, UnsafeRawBufferPointer(rebasing: octets[..<length]), carries ? first.descriptors : [])
        guard done > 0 else { return done }
        if carries {
            count -= first.descriptors.count
            for descriptor in groups.removeFirst().descriptors { close(descriptor) }
        }
        sent = groups.isEmpty ? 0 : sent + done
        return done
    }

    mutating func removeAll() {
        for group in groups { for descriptor in group.descriptors { close(descriptor) } }
        groups = []
        (sent, count) = (0, 0)
    }
}

extension Socket {
    /// Octets with the descriptors that came along.
    struct DescriptorMessage {
        /// The number of octets; 0 at the end, -1 with `errno`.
        var count: Int
        var descriptors: [OwnedDescriptor]
        var areSomeMissing: Bool
    }

    /// Sends octets and descriptors (`sendmsg(2)`); -1 with `errno` when that fails.
    static func sendDescriptors(_ socket: Int32, _ octets: UnsafeRawBufferPointer, _ descriptors: [Int32]) -> Int {
        while true {
            let count = unsafe clinux_send_descriptors(
                socket, octets.baseAddress, octets.count, descriptors, Int32(descriptors.count))
            if count >= 0 || errno != EINTR { return count }
        }
    }

    /// Reads octets and descriptors (`recvmsg(2)`), the descriptors close-on-exec.
    static func receiveDescriptors(_ socket: Int32, into buffer: UnsafeMutableRawBufferPointer) -> DescriptorMessage {
        var numbers = [Int32](repeating: -1, count: StreamLimits.descriptorsPerRead)
        var number = Int32(numbers.count)
        var isTruncated: Int32 = 0
        let count = unsafe clinux_receive_descriptors(
            socket, buffer.baseAddress, buffer.count, &numbers, &number, &isTruncated)
        let code = errno
        let owned = numbers.prefix(Int(number)).map { OwnedDescriptor($0) }
        errno = code
        return DescriptorMessage(count: count, descriptors: owned, areSomeMissing: isTruncated != 0)
    }
}
