import GRDB

/// Tells failures that pass from those that do not.
struct Trouble {
    /// Why to wait and try again; nil when trying again would be wrong.
    let stallReason: StallReason?

    init(_ error: any Error) {
        guard let error = error as? DatabaseError else {
            stallReason = nil
            return
        }
        stallReason =
            switch error.resultCode {
            case .SQLITE_FULL: .diskFull
            // The shared-memory index could not grow; it holds nothing durable.
            case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: .diskFull
            case .SQLITE_BUSY: .locked
            default: nil
            }
    }
}
