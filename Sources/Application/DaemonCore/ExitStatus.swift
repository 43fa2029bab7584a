import Glibc

/// The exit codes of `mudd`, from `<sysexits.h>` so that supervisors can tell them apart.
package enum ExitStatus: Int32, CaseIterable, Sendable {
    /// Stopped as asked.
    case success = 0
    /// The command line is wrong.
    case usage = 64
    /// What was to be read is damaged: the database, or a world file.
    case damaged = 65
    /// The user or group to run as is not known.
    case noUser = 67
    /// A door could not be opened, usually because its port is in use; or no server runs to be told.
    case unavailable = 69
    /// Something failed that should not have.
    case software = 70
    /// The data folder or a file in it could not be created.
    case cannotCreate = 73
    /// Reading or writing failed underneath the running server.
    case inputOutput = 74
    /// Another server works on the same data; try again when it has stopped.
    case tryAgain = 75
    /// The system does not permit it.
    case noPermission = 77
    /// The configuration is wrong.
    case configuration = 78

    /// The status for what a file is refused with, as a value of `errno`: not permitted, or else what `otherwise` says.
    init(ofFile code: Int32, otherwise: ExitStatus = .cannotCreate) {
        self = code == EACCES || code == EPERM ? .noPermission : otherwise
    }

    /// The meaning in a few words, for tables in the documentation.
    package var meaning: String {
        switch self {
        case .success: "stopped as asked"
        case .usage: "wrong command line"
        case .damaged: "damaged database or wrong world files"
        case .noUser: "no such user or group"
        case .unavailable: "a door could not be opened, or no server runs"
        case .software: "an error of the program"
        case .cannotCreate: "the data folder or a file in it could not be created"
        case .inputOutput: "reading or writing failed"
        case .tryAgain: "another server works on the same data"
        case .noPermission: "not permitted"
        case .configuration: "wrong configuration"
        }
    }
}

/// A reason not to start, or to stop: one sentence for the operator and the status to exit with.
package struct DaemonFailure: Error, CustomStringConvertible, Equatable {
    package let status: ExitStatus
    /// One or more whole lines, without a final newline.
    package let description: String

    package init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }
}
