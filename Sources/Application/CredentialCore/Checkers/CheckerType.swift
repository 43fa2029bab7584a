import Basics
public import ReactorCore

/// A type of checker: a row of the table that `--help-auth` prints and `--auth` chooses from.
///
/// ```swift
/// CheckerType("ldap", arguments: "URI:base=DN", help: "a directory") { arguments, context in
///     try DirectoryChecker(&arguments, context)
/// }
/// ```
public struct CheckerType: Sendable {
    /// Makes a checker of its arguments; each that is not taken from them is one too many.
    public typealias Maker = @Sendable (inout CheckerArguments, CheckerContext) throws -> any CredentialChecker

    /// What stands before the first colon: lower-case letters, digits and hyphens.
    public let name: String
    /// What follows its colon, for people: `PATH`; `[:file=PATH]` when nothing must; empty when nothing may.
    public let arguments: String
    /// Who is let in by it, in a line.
    public let help: String
    let make: Maker

    /// Makes a row.
    public init(_ name: String, arguments: String = "", help: String, make: @escaping Maker) {
        self.name = name
        self.arguments = arguments
        self.help = help
        self.make = make
    }
}

/// What checkers are given of the program they serve.
///
/// - Isolation: belongs to the reactor's thread.
public struct CheckerContext {
    /// Where they live.
    public let reactor: Reactor
    package let desk: CredentialDesk

    package init(reactor: Reactor, desk: CredentialDesk) {
        self.reactor = reactor
        self.desk = desk
    }

    /// Does work that blocks or takes long on another thread; the number of such pieces is bounded.
    public func onWorker<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) -> Deferred<Value> {
        desk.runBlocking(work)
    }
}

/// The arguments of a ``CheckerDescription`` while a checker takes them.
public struct CheckerArguments {
    /// The type they were given to.
    public let type: String
    private var fields: [CheckerDescription.Field]

    init(_ description: CheckerDescription) {
        type = description.type
        fields = description.fields
    }

    /// Takes the first argument without a name; nil when there is none left.
    public mutating func next() -> String? {
        guard let place = fields.firstIndex(where: { $0.name == nil }) else { return nil }
        return fields.remove(at: place).value
    }

    /// Takes the argument of that name; nil when there is none.
    public mutating func take(_ name: String) -> String? {
        guard let place = fields.firstIndex(where: { $0.name == name }) else { return nil }
        return fields.remove(at: place).value
    }

    /// Takes all that is left, in order.
    mutating func rest() -> [CheckerDescription.Field] {
        defer { fields = [] }
        return fields
    }

    /// - Throws: ``CheckerFailure`` when something is left that the type has no use for.
    func finish() throws(CheckerFailure) {
        guard let field = fields.first else { return }
        // A value may be a password, so only names are repeated.
        throw CheckerFailure(
            field.name.map { "\(type) takes no argument called \($0)" } ?? "\(type) takes fewer arguments")
    }
}

/// The types of checkers that a program has.
public struct CheckerTable: Sendable {
    /// The rows, in the order of their names.
    public private(set) var types: [CheckerType]

    /// Makes a table; of rows with one name the last one counts.
    public init(_ types: [CheckerType] = CheckerTable.standard) {
        self.types = []
        for type in types { add(type) }
    }

    /// Adds a row, in place of one of the same name.
    public mutating func add(_ type: CheckerType) {
        types.removeAll { $0.name == type.name }
        types.append(type)
        types.sort { $0.name < $1.name }
    }

    /// Makes the checker that a description names.
    ///
    /// - Throws: ``CheckerFailure``; it repeats no argument.
    public func make(_ text: String, _ context: CheckerContext) throws(CheckerFailure) -> any CredentialChecker {
        let description: CheckerDescription
        do throws(CheckerDescription.Failure) {
            description = try CheckerDescription(parsing: text)
        } catch {
            throw CheckerFailure("\(error)")
        }
        guard let row = types.first(where: { $0.name == description.type }) else {
            let names = types.map(\.name)
            let near = Spelling.nearest(to: description.type, among: names).map { "; did you mean \($0)?" }
            let known = names.joined(separator: ", ")
            throw CheckerFailure("there is no type \(Self.shown(description.type))\(near ?? ", only \(known)")")
        }
        var arguments = CheckerArguments(description)
        do {
            let checker = try row.make(&arguments, context)
            try arguments.finish()
            return checker
        } catch let failure as CheckerFailure {
            throw CheckerFailure("\(row.name): \(failure)")
        } catch {
            throw CheckerFailure("\(row.name): \(error)")
        }
    }

    /// What somebody wrote in the place of a type may be a password, when the type was forgotten.
    private static func shown(_ type: String) -> String {
        let isName = type.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        return isName && type.utf8.count <= 32 ? "“\(type)”" : "of that name"
    }

    /// The table for people, in lines.
    public var help: String {
        let heads = types.map { type in
            let isBare = type.arguments.isEmpty || type.arguments.hasPrefix("[:")
            return type.name + (isBare ? "" : ":") + type.arguments
        }
        let lines = zip(types, heads).map { type, head in
            "  \(head)\n      \(type.help)"
        }
        return lines.joined(separator: "\n")
    }

    /// The types that are in every build.
    public static var standard: [CheckerType] {
        [
            AnonymousChecker.row, MemoryChecker.row, PasswordFileChecker.row, ShadowChecker.row, TokenChecker.row,
            KeyChecker.row,
        ]
    }
}
