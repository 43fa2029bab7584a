import ReactorCore
import SFTPWire

/// What both directions of the old copying protocol have in common: what is wanted of which tree, and how it went.
///
/// - Isolation: belongs to the reactor's thread.
final class SCPCopying {
    let command: SCPCommand
    let tree: any SFTPTree
    let stream: any SFTPStream
    /// Is told what was read or written.
    var report: ((SFTPAct) -> Void)?
    /// What did not work so far.
    var errorCount = 0
    /// Whether nothing more is exchanged.
    private(set) var isEnded = false
    private let ended: (UInt32) -> Void

    init(_ command: SCPCommand, _ tree: any SFTPTree, _ stream: any SFTPStream, _ ended: @escaping (UInt32) -> Void) {
        self.command = command
        self.tree = tree
        self.stream = stream
        self.ended = ended
    }

    /// What is to be copied, or where to.
    func target() throws -> SFTPPath { try SFTPPath(command.path, from: tree.home) }

    /// What the client is told of a failure; one that is none of the tree's is reported.
    func reason(of error: any Error) -> String {
        if let status = error as? SFTPStatus { return status.message }
        report?(.failed(error))
        return "this did not work"
    }

    /// Ends it once, and gives the exit status after what is left was put away.
    ///
    /// - Parameter putAway: Lets go of what is open, and counts what is lost by that.
    func end(_ putAway: () -> Void) {
        if isEnded { return }
        isEnded = true
        putAway()
        ended(errorCount == 0 ? 0 : 1)
    }

    /// The stream is gone, and nobody wants an exit status.
    func cutOff() { isEnded = true }
}
