/// What a client asks for in MSDP.
///
/// ```text
///   VAR LIST VAL REPORTABLE_VARIABLES        VAR REPORT VAL ARRAY_OPEN VAL ROOM VAL HEALTH ARRAY_CLOSE
/// ```
///
/// - Limits: ``MSDPLimits/names`` for each command; names longer than ``MSDPLimits/nameOctets`` are passed over.
package enum MSDPCommand: Hashable, Sendable {
    /// The names in these lists.
    case list([String])
    /// The variables now, and whenever they change.
    case report([String])
    case unreport([String])
    /// The variables once.
    case send([String])
    /// These lists as they were at the beginning.
    case reset([String])
    /// A variable that the client sets, such as `CLIENT_NAME`.
    case configure(MSDPVariable)

    /// Reads what a client's variable means; names are made of capitals.
    package init(_ variable: MSDPVariable) {
        // What is named twice is answered once.
        var known: Set<String> = []
        let names = variable.value.texts.prefix(MSDPLimits.names).map { $0.uppercased() }.filter {
            (1...MSDPLimits.nameOctets).contains($0.utf8.count) && known.insert($0).inserted
        }
        switch variable.name.uppercased() {
        case "LIST": self = .list(names)
        case "REPORT": self = .report(names)
        case "UNREPORT": self = .unreport(names)
        case "SEND": self = .send(names)
        case "RESET": self = .reset(names)
        default: self = .configure(variable)
        }
    }

    /// The variable as a client sends it.
    package var variable: MSDPVariable {
        switch self {
        case .list(let names): Self.variable("LIST", names)
        case .report(let names): Self.variable("REPORT", names)
        case .unreport(let names): Self.variable("UNREPORT", names)
        case .send(let names): Self.variable("SEND", names)
        case .reset(let names): Self.variable("RESET", names)
        case .configure(let variable): variable
        }
    }

    private static func variable(_ name: String, _ names: [String]) -> MSDPVariable {
        MSDPVariable(name, names.count == 1 ? .text(names[0]) : .array(names.map { .text($0) }))
    }
}
