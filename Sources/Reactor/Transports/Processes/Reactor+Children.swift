import CLinux
import Glibc
public import ReactorCore

extension Reactor {
    /// Starts a program as a child process.
    ///
    /// The child has no descriptor but those of ``ChildOptions/channels``, no signal blocked or ignored, and this process's
    /// group unless it ``ChildOptions/startsSession``. The call returns when the program runs, or cannot:
    /// it waits for `execve(2)`, so that a missing program is an error here and not a child that dies. That takes as long
    /// as the kernel needs to read the program's first page, which on a network's file system may be long.
    ///
    /// - Parameters:
    ///   - program: A path when it holds a slash, otherwise a name looked for in the child's `PATH`.
    ///   - options: Its arguments, environment, descriptors, terminal, folder and user.
    ///   - delegate: What hears of it; kept until the end.
    /// - Returns: The child, of which `delegate` has heard already.
    /// - Throws: ``ChildStartFailure``, as when there is no such program (`ENOENT`) or it may not be run (`EACCES`).
    /// - Complexity: one `fork(2)`, which copies the page tables of this process.
    @discardableResult public func startChild(
        _ program: String, _ options: ChildOptions = ChildOptions(), delegate: any ChildDelegate
    ) throws(ChildStartFailure) -> ChildProcess {
        var start = ChildStart(program: program, options: options, reactor: self)
        defer { start.closeTheirs() }
        do throws(SystemFailure) {
            let child = try start.run(delegate)
            child.start()
            return child
        } catch {
            start.closeOurs()
            throw ChildStartFailure(program: program, cause: error)
        }
    }
}

/// The making of one child: its descriptors, and the call.
private struct ChildStart {
    let program: String
    let options: ChildOptions
    let reactor: Reactor
    /// What the child gets, by its numbers, and what of it is ours to close.
    private var theirs: [(target: Int32, source: Int32)] = []
    private var toClose: [Int32] = []
    private var ours: [Int32: PipeEnd] = [:]
    private var terminal: Int32?

    init(program: String, options: ChildOptions, reactor: Reactor) {
        self.program = program
        self.options = options
        self.reactor = reactor
    }

    mutating func run(_ delegate: any ChildDelegate) throws(SystemFailure) -> ChildProcess {
        let environment = options.environment ?? ownEnvironment()
        let texts = [program] + options.arguments + environment.flatMap { [$0.key, $0.value] }
        guard !texts.contains(where: { $0.utf8.contains(0) }) else { throw SystemFailure(code: EINVAL, call: "execve") }
        let path = try find(environment["PATH"])
        let slave = try openTerminal()
        for (target, channel) in options.channels.sorted(by: { $0.key < $1.key }) {
            guard target >= 0 else { throw SystemFailure(code: EBADF, call: "dup2") }
            if slave < 0 || target > 2 { try open(channel, for: target) }
        }
        var (processID, descriptor): (pid_t, Int32) = (0, -1)
        var step: UnsafePointer<CChar>?
        let code = unsafe withCStrings([program] + options.arguments) { arguments in
            unsafe withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { variables in
                unsafe path.withCString { path in
                    unsafe withOptionalCString(options.directory) { directory in
                        let (targets, sources) = (theirs.map(\.target), theirs.map(\.source))
                        return unsafe targets.withUnsafeBufferPointer { targets in
                            unsafe sources.withUnsafeBufferPointer { sources in
                                var child = unsafe clinux_child(
                                    path: path, arguments: arguments, environment: variables, directory: directory,
                                    targets: targets.baseAddress, sources: sources.baseAddress,
                                    count: Int32(targets.count), terminal: slave,
                                    starts_session: options.startsSession ? 1 : 0,
                                    user: options.user.map(Int64.init) ?? -1,
                                    group: options.group.map(Int64.init) ?? -1)
                                return unsafe clinux_spawn(&child, &processID, &descriptor, &step)
                            }
                        }
                    }
                }
            }
        }
        guard code == 0 else {
            throw unsafe SystemFailure(code: code, call: step.map { unsafe String(cString: $0) } ?? "fork")
        }
        if !options.isWatchedByDescriptor, descriptor >= 0 {
            close(descriptor)
            descriptor = -1
        }
        return ChildProcess(
            processID: processID, descriptor: descriptor, pipes: ours, terminal: terminal,
            leadsSession: options.startsSession || terminal != nil, delegate: delegate, reactor: reactor)
    }

    /// Opens the terminal if one is wanted; -1 if not.
    private mutating func openTerminal() throws(SystemFailure) -> Int32 {
        guard let size = options.terminal else { return -1 }
        var (master, slave): (Int32, Int32) = (-1, -1)
        guard unsafe clinux_open_terminal(&master, &slave, size.rows, size.columns) == 0 else {
            throw SystemFailure(call: "posix_openpt")
        }
        theirs += (0...2).map { ($0, slave) }
        toClose.append(slave)
        ours[0] = makePipe(master, reads: true, writes: true)
        terminal = master
        return slave
    }

    private mutating func open(_ channel: ChildChannel, for target: Int32) throws(SystemFailure) {
        switch channel {
        case .shared(let descriptor):
            guard fcntl(descriptor, F_GETFD) >= 0 else { throw SystemFailure(call: "dup2") }
            theirs.append((target, descriptor))
        case .null:
            let descriptor = unsafe Glibc.open("/dev/null", O_RDWR | O_CLOEXEC)
            guard descriptor >= 0 else { throw SystemFailure(call: "open") }
            toClose.append(descriptor)
            theirs.append((target, descriptor))
        case .reads, .writes:
            var ends: [Int32] = [-1, -1]
            guard unsafe clinux_pipe(&ends) == 0 else { throw SystemFailure(call: "pipe2") }
            let (mine, its) = channel == .reads ? (ends[0], ends[1]) : (ends[1], ends[0])
            // Most programs do not expect a standard stream that would block to say so.
            _ = fcntl(its, F_SETFL, fcntl(its, F_GETFL) & ~O_NONBLOCK)
            toClose.append(its)
            theirs.append((target, its))
            ours[target] = makePipe(mine, reads: channel == .reads, writes: channel == .writes)
        }
    }

    private func makePipe(_ descriptor: Int32, reads: Bool, writes: Bool) -> PipeEnd {
        let pipe = PipeEnd(descriptor, reads: reads, writes: writes, reactor: reactor)
        pipe.waterMarks = options.waterMarks
        return pipe
    }

    mutating func closeTheirs() {
        for descriptor in toClose { close(descriptor) }
        toClose = []
    }

    mutating func closeOurs() {
        for pipe in ours.values { pipe.abandon() }
        ours = [:]
    }

    /// The program's path, as `execvp(3)` finds it.
    private func find(_ path: String?) throws(SystemFailure) -> String {
        guard !program.isEmpty else { throw SystemFailure(code: ENOENT, call: "execve") }
        if program.contains("/") { return program }
        var code = ENOENT
        for folder in (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
            let candidate = folder + "/" + program
            var file = stat()
            guard unsafe stat(candidate, &file) == 0, file.st_mode & S_IFMT == S_IFREG else { continue }
            if unsafe access(candidate, X_OK) == 0 { return candidate }
            code = EACCES
        }
        throw SystemFailure(code: code, call: "execve")
    }
}

/// The variables of this process.
private func ownEnvironment() -> [String: String] {
    var found: [String: String] = [:]
    var next = unsafe environ
    while let entry = unsafe next.pointee {
        let text = unsafe String(cString: entry)
        if let sign = text.firstIndex(of: "=") {
            found[String(text[..<sign])] = String(text[text.index(after: sign)...])
        }
        unsafe next += 1
    }
    return found
}

/// Calls `body` with an array of C strings that a null pointer ends.
private func withCStrings<Value>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
    var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
        // Never empty, because of the null pointer.
        guard let start = buffer.baseAddress else { preconditionFailure("an array without memory") }
        return unsafe body(start)
    }
}

private func withOptionalCString<Value>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Value) -> Value {
    guard let text else { return body(nil) }
    return unsafe text.withCString { unsafe body($0) }
}
