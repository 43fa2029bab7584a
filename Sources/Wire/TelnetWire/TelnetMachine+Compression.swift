// MCCP2 and MCCP3: when either direction of the stream becomes deflated, and when plain again.
//
//   server: IAC WILL MCCP2     client: IAC DO MCCP2     server: IAC SB MCCP2 IAC SE deflated…
//   server: IAC WILL MCCP3     client: IAC DO MCCP3     client: IAC SB MCCP3 IAC SE deflated…
//
// The machine says where, and knows nothing of how: its owner deflates what it writes, and inflates what comes before
// the machine sees it.
extension TelnetMachine {
    /// The option under which we may deflate what we write.
    private var outputCompression: TelnetOption { role == .server ? .mccp2 : .mccp3 }
    /// The option under which the peer may deflate what it writes.
    private var inputCompression: TelnetOption { role == .server ? .mccp3 : .mccp2 }
    /// Both are options of the server.
    private var compressionSide: TelnetSide { role == .server ? .local : .remote }

    /// Ends the deflating of what we write, on our own account.
    ///
    /// - Returns: Octets to write as the last ones of the deflated stream, which the owner ends after them; none if
    ///   nothing is deflated.
    package mutating func stopCompressing() -> [UInt8] {
        guard outputIsCompressed else { return [] }
        outputIsCompressed = false
        return request(outputCompression, compressionSide, enabled: false)
    }

    /// Notes that the peer ended its deflated stream, so that what comes now is plain, and may be deflated anew.
    package mutating func compressedInputEnded() {
        inputIsCompressed = false
    }

    mutating func compressionEnabled(_ option: TelnetOption) {
        guard option == outputCompression, !outputIsCompressed else { return }
        outputIsCompressed = true
        emit(.send(option.subnegotiation([])))
        emit(.compressOutput)
    }

    mutating func compressionDisabled(_ option: TelnetOption) {
        guard option == outputCompression, outputIsCompressed else { return }
        outputIsCompressed = false
        emit(.writePlain)
    }

    /// Takes the mark behind which the peer's stream is deflated.
    mutating func receiveCompressionMark(_ option: TelnetOption) {
        guard option == inputCompression, isEnabled(option, compressionSide), !inputIsCompressed else { return }
        inputIsCompressed = true
        stopsTaking = true
        emit(.decompressInput)
    }
}
