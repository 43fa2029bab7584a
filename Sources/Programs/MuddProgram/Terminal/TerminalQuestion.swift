import Glibc
import ReactorCore
import Transports

/// Asks at the terminal of this process, also where standard input is a script.
final class TerminalQuestion: StreamProtocol, ProtocolFactory {
    /// Octets of an answer; a longer one is cut.
    private static let longestAnswer = 1024

    private let isShown: Bool
    private let descriptor: Int32
    private var original: termios
    private var transport: (any Transport)?
    private var typed: [UInt8] = []
    private var isReleased = false
    private var answer = Deferred<String?>()

    /// Asks.
    ///
    /// - Parameters:
    ///   - question: What is printed before the answer.
    ///   - isShown: Whether the terminal shows what is typed.
    ///   - reactor: Whose thread all of it happens on.
    /// - Returns: The line that was typed; nil where there is no terminal, or when the input was ended instead. Cancelling gives
    ///   the terminal its settings back.
    static func ask(_ question: String, isShown: Bool, on reactor: Reactor) -> Deferred<String?> {
        let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { return .succeeded(nil) }
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else {
            close(descriptor)
            return .succeeded(nil)
        }
        let asked = TerminalQuestion(descriptor, settings, isShown)
        settings.c_lflag |= tcflag_t(ICANON | ISIG)
        settings.c_lflag = isShown ? settings.c_lflag | tcflag_t(ECHO) : settings.c_lflag & ~tcflag_t(ECHO)
        settings.c_iflag |= tcflag_t(ICRNL)
        tcsetattr(descriptor, TCSADRAIN, &settings)
        do {
            _ = try StandardEndpoint(input: descriptor, output: descriptor).listen(with: asked, on: reactor)
        } catch {
            asked.finish(nil)
            return asked.answer
        }
        asked.transport?.write(question)
        return asked.answer
    }

    private init(_ descriptor: Int32, _ original: termios, _ isShown: Bool) {
        self.descriptor = descriptor
        self.original = original
        self.isShown = isShown
        answer = Deferred(canceller: { [weak self] in self?.release() })
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { self }

    func connectionMade(over transport: any Transport) { self.transport = transport }

    func dataReceived(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { typed += $0 }
        guard let end = typed.firstIndex(of: 0x0A) else { return }
        finish(String(decoding: typed[..<min(end, Self.longestAnswer)], as: UTF8.self))
    }

    func connectionLost(_ reason: DisconnectReason) {
        transport = nil
        finish(nil)
    }

    private func finish(_ line: String?) {
        if isReleased { return }
        // The terminal has not shown the end of a line that it hides.
        if !isShown || line == nil { transport?.write("\n") }
        release()
        answer.succeed(line)
    }

    /// Gives the terminal back as it was.
    private func release() {
        if isReleased { return }
        isReleased = true
        tcsetattr(descriptor, TCSADRAIN, &original)
        close(descriptor)
        transport?.loseConnection()
    }
}
