/// A connection that is counted among the strangers of its source until it is let in or gone.
///
/// - Isolation: belongs to the reactor's thread.
package final class Knock {
    private var onEnd: (() -> Void)?

    init(onEnd: @escaping () -> Void) { self.onEnd = onEnd }

    /// Counts it no longer; a second call does nothing.
    package func end() {
        let body = onEnd
        onEnd = nil
        body?()
    }
}
