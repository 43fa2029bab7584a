import CompressionWire
import TelnetWire
import Transports

/// MCCP: what is sent is deflated where the peer agrees and the pool has room.
extension TelnetConnection {
    /// Whether what is sent is compressed.
    public var outputIsCompressed: Bool { deflater != nil }
    /// Whether what comes is compressed.
    public var inputIsCompressed: Bool { machine.inputIsCompressed }

    func startDeflating() {
        guard deflater == nil, let compressors = settings.compressors else { return }
        if compressors.take() {
            deflater = try? Deflater()
            if deflater != nil { return trace("SENT compressed from here on") }
            compressors.giveBack()
        }
        // It is announced already: an empty stream, and plain text behind it.
        if let transport { put(Self.emptyStream, text: 0, to: transport) }
        trace("SENT an empty compressed stream")
        write(machine.stopCompressing())
    }

    /// A header, an empty last block, and the Adler-32 of nothing (RFC 1950).
    private static let emptyStream: [UInt8] = [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]

    func endDeflating() {
        var rest: [UInt8] = []
        deflater?.finish(into: &rest)
        if deflater != nil, let transport { put(rest, text: 0, to: transport) }
        if deflater != nil { trace("SENT end of the compressed stream") }
        stopDeflating()
    }

    func stopDeflating() {
        if deflater != nil { settings.compressors?.giveBack() }
        deflater = nil
    }

    /// Server: ends the compression of what is sent, or offers it anew; nothing while it is as wanted.
    public func setCompression(_ isWanted: Bool) {
        guard settings.role == .server, let compressors = settings.compressors, isWanted != wantsCompression else {
            return
        }
        wantsCompression = isWanted
        if isWanted {
            if compressors.hasRoom { write(machine.offer(.mccp2)) }
        } else if deflater == nil {
            write(machine.withdraw(.mccp2))
        } else {
            write(machine.stopCompressing())
            endDeflating()
        }
    }
}
