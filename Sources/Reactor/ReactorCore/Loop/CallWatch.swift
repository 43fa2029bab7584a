/// What the loop calls, in a few words that cost nothing to write down.
///
/// The addresses are of metadata and of literals, which live as long as the program.
@safe struct CallSubject: Hashable {
    /// What kinds of calls the loop makes.
    enum Activity: UInt8 {
        case handler, delayedCall, mailboxCall, task, endOfPass, finisher, trigger

        var title: String {
            switch self {
            case .handler: "a descriptor handler"
            case .delayedCall: "a delayed call"
            case .mailboxCall: "a call from another thread"
            case .task: "a task"
            case .endOfPass, .finisher: "a call at the end of a pass"
            case .trigger: "a life-cycle trigger"
            }
        }
    }

    var activity: Activity
    /// A type's metadata for a handler and a finisher, the file's name for a delayed call; zero for none.
    var address: UInt = 0
    var length = 0
    var line: UInt = 0
    /// The metadata of whom a handler serves; zero for none.
    var served: UInt = 0

    init(activity: Activity, address: UInt = 0, length: Int = 0, line: UInt = 0) {
        self.activity = activity
        self.address = address
        self.length = length
        self.line = line
    }

    /// A call of an object, by its type.
    init(_ activity: Activity, of object: AnyObject) {
        self.init(activity: activity, address: Self.metadata(of: object))
    }

    /// A call of a handler, by its type and the type of whom it serves.
    init(serving handler: any DescriptorHandler) {
        self.init(.handler, of: handler)
        if let object = (handler as? any ServingHandler)?.served { served = Self.metadata(of: object) }
    }

    private static func metadata(of object: AnyObject) -> UInt {
        unsafe unsafeBitCast(type(of: object) as Any.Type, to: UInt.self)
    }

    /// A call that was asked for at a place.
    init(_ activity: Activity, at place: CodePlace) {
        self.init(activity: activity)
        guard place.file.hasPointerRepresentation else { return }
        address = UInt(bitPattern: unsafe place.file.utf8Start)
        length = place.file.utf8CodeUnitCount
        line = place.line
    }

    /// The subject in words: a type, or a kind of call and its place.
    var name: String {
        guard address != 0 else { return activity.title }
        switch activity {
        case .handler:
            let own = unsafe "\(unsafeBitCast(address, to: Any.Type.self))"
            return served == 0 ? own : unsafe "\(own) for \(unsafeBitCast(served, to: Any.Type.self))"
        case .finisher: return unsafe "\(activity.title) of \(unsafeBitCast(address, to: Any.Type.self))"
        default:
            guard let start = unsafe UnsafePointer<UInt8>(bitPattern: address) else { return activity.title }
            let name = unsafe UnsafeBufferPointer(start: start, count: length)
            return unsafe "\(activity.title) of \(String(decoding: name, as: UTF8.self)):\(line)"
        }
    }
}

/// A handler that works for somebody whom a profile should name.
package protocol ServingHandler: DescriptorHandler {
    /// Whom it works for at present.
    var served: AnyObject? { get }
}

/// A place in a source file.
package struct CodePlace {
    let file: StaticString
    let line: UInt

    /// Makes a place of a file as `#fileID` gives it.
    package init(file: StaticString, line: UInt) {
        self.file = file
        self.line = line
    }
}

/// Those who are told of every call of the loop; it never changes, so that a call that begins with one also ends with it.
final class CallWatch {
    let stalls: StallWatch?
    let tally: CallTally?

    /// Makes a watch, or nil when nobody is to be told.
    init?(stalls: StallWatch?, tally: CallTally?) {
        if stalls == nil, tally == nil { return nil }
        self.stalls = stalls
        self.tally = tally
    }

    func begin(_ handler: any DescriptorHandler) {
        // Whom it serves takes longer to find out than many a call.
        begin(tally == nil ? CallSubject(.handler, of: handler) : CallSubject(serving: handler))
    }

    func begin(_ subject: CallSubject) {
        stalls?.begin(subject)
        tally?.begin(subject)
    }

    func end() {
        tally?.end()
        stalls?.end()
    }
}
