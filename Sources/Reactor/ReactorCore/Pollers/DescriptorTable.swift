/// Hears that a descriptor it was added for is ready.
public protocol DescriptorHandler: AnyObject {
    /// The descriptor is ready for something of the handler's interest, or was hung up.
    ///
    /// Readiness is level-triggered: what is not dealt with now is reported again by the next pass.
    /// A handler should do one bounded piece of work, so that its neighbours get their turn.
    func descriptorReady(_ readiness: Readiness)

    /// The reactor is being taken down: remove and close the descriptor.
    ///
    /// Does nothing unless implemented.
    func disconnect()
}

extension DescriptorHandler {
    /// Keeps the descriptor, which is right for handlers that belong to the reactor itself.
    public func disconnect() {}
}

/// Knows which handler a descriptor belongs to, and tells an old descriptor from its number's next user.
///
/// A token is the descriptor in the low half and a generation in the high half. The generation changes
/// with every addition and removal, so an event that was gathered before a removal finds nobody.
struct DescriptorTable {
    private struct Slot {
        var handler: (any DescriptorHandler)?
        var generation: UInt32 = 0
    }

    private var slots: [Slot] = []

    private(set) var count = 0

    func contains(_ descriptor: Int32) -> Bool {
        slots.indices.contains(Int(descriptor)) && slots[Int(descriptor)].handler != nil
    }

    func token(for descriptor: Int32) -> UInt64 {
        UInt64(slots[Int(descriptor)].generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
    }

    /// Stores the handler of a descriptor that has none, and returns its token.
    mutating func insert(_ handler: any DescriptorHandler, for descriptor: Int32) -> UInt64 {
        while slots.count <= Int(descriptor) { slots.append(Slot()) }
        slots[Int(descriptor)].handler = handler
        slots[Int(descriptor)].generation &+= 1
        count += 1
        return token(for: descriptor)
    }

    mutating func remove(_ descriptor: Int32) {
        guard contains(descriptor) else { return }
        slots[Int(descriptor)].handler = nil
        slots[Int(descriptor)].generation &+= 1
        count -= 1
    }

    func all() -> [(descriptor: Int32, handler: any DescriptorHandler)] {
        slots.indices.compactMap { index in slots[index].handler.map { (Int32(index), $0) } }
    }

    func allHandlers() -> [any DescriptorHandler] { slots.compactMap(\.handler) }

    /// The handler the token was made for, or nil when it was removed since.
    func handler(for token: UInt64) -> (any DescriptorHandler)? {
        let index = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
        guard index < slots.count, slots[index].generation == UInt32(truncatingIfNeeded: token >> 32) else {
            return nil
        }
        return slots[index].handler
    }
}
