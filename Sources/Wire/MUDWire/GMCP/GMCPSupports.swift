import Basics

/// Which modules a client has said it understands, so that it is sent nothing else.
///
/// - Limits: ``GMCPLimits/modules``; what is named beyond is not remembered.
package struct GMCPSupports: Hashable, Sendable {
    /// Versions by name in small letters.
    package private(set) var modules: [String: Int] = [:]

    package init() {}

    /// Follows a `Core.Supports` message; others change nothing.
    ///
    /// - Parameter message: Anything from the client.
    package mutating func receive(_ message: GMCPClientMessage) {
        switch message {
        case .supportsSet(let named):
            modules = [:]
            add(named)
        case .supportsAdd(let named): add(named)
        case .supportsRemove(let named): for module in named { modules[module.name.folded] = nil }
        default: break
        }
    }

    private mutating func add(_ named: [GMCPModule]) {
        for module in named {
            let name = module.name.folded
            if modules[name] != nil || modules.count < GMCPLimits.modules { modules[name] = module.version }
        }
    }

    /// Whether a module, or a message, is named.
    package func contains(_ name: String) -> Bool { modules[name.folded] != nil }

    /// Whether a message may be sent: it belongs to no module, or to one that is named, or is named itself.
    package func allows(_ message: GMCPServerMessage) -> Bool {
        guard let module = message.module else { return true }
        return contains(module) || contains(message.name)
    }
}
