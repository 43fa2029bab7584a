import ReactorCore

/// Lets a session do one request after the other, a portion of each pass of the loop, so that a client which sends very many
/// of them leaves everybody else their turn.
///
/// - Isolation: belongs to the reactor's thread.
final class SFTPPace {
    /// What all sessions share; nil where nothing waits.
    var portion: PassPortion?
    /// Goes on with what waits.
    var goOn: () -> Void = {}
    private var isWaiting = false
    /// Whether one request may be done because its turn has come.
    private var hasTurn = false

    /// Whether one request may be done now; if not, ``goOn`` is called when it may.
    func allows() -> Bool {
        guard let portion else { return true }
        if hasTurn || !isWaiting && portion.hasRoom { return true }
        if isWaiting { return false }
        isWaiting = true
        portion.wait { [weak self] in
            guard let self else { return }
            (isWaiting, hasTurn) = (false, true)
            goOn()
            hasTurn = false
        }
        return false
    }

    /// Does a request, and counts its time.
    func spend(_ request: () -> Void) {
        guard let portion, !hasTurn else {
            hasTurn = false
            return request()
        }
        portion.spend(request)
    }
}
