/// The producer that fills a buffer: which one, and whether it is to write.
///
/// A gate calls nobody. It answers whom the owner of the buffer is to call now, because a producer that is called may come
/// back to the owner at once: to write, or to unregister itself.
///
/// - Isolation: none; a value type.
package struct ProducerGate {
    /// Who is registered.
    package private(set) var producer: (any Producer)?
    private var isStreaming = false
    private var isPaused = false

    /// Makes a gate without a producer.
    package init() {}

    /// Whether nobody is registered.
    package var isEmpty: Bool { producer == nil }

    /// Registers a producer.
    ///
    /// - Returns: Who is to be resumed at once: a producer that is asked for every piece.
    /// - Throws: ``TransportMisuse/producerRegisteredTwice``.
    package mutating func admit(_ newProducer: any Producer, streaming: Bool) throws -> (any Producer)? {
        guard producer == nil else { throw TransportMisuse.producerRegisteredTwice }
        producer = newProducer
        isStreaming = streaming
        isPaused = false
        return streaming ? nil : newProducer
    }

    /// Forgets the producer.
    ///
    /// - Returns: Who was registered, to be stopped if it did not go by itself.
    @discardableResult package mutating func remove() -> (any Producer)? {
        defer { producer = nil }
        return producer
    }

    /// Whether the producer is to be asked for more, but not yet, while `count` octets wait.
    package func isWaiting(_ count: Int) -> Bool {
        producer != nil && (isStreaming ? isPaused : count > 0)
    }

    /// The buffer is full.
    ///
    /// - Returns: Who is to be paused.
    package mutating func pause() -> (any Producer)? {
        guard let producer, isStreaming, !isPaused else { return nil }
        isPaused = true
        return producer
    }

    /// The buffer has shrunk to `count` octets.
    ///
    /// - Returns: Who is to be resumed: a streaming producer that was paused, from `low` octets on; another one when
    ///   nothing is left.
    package mutating func resume(_ count: Int, low: Int) -> (any Producer)? {
        guard let producer else { return nil }
        guard isStreaming else { return count == 0 ? producer : nil }
        guard isPaused, count <= low else { return nil }
        isPaused = false
        return producer
    }

    /// Who is to be resumed if it is streaming.
    package mutating func resumeStreaming() -> (any Producer)? { isStreaming ? resume(0, low: 0) : nil }

    /// Who is to be resumed if it is asked for every piece.
    package func nextPiece() -> (any Producer)? { isStreaming ? nil : producer }
}
