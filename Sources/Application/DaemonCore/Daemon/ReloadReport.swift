/// What a reload has come to: what an operator is told, and whether all of it was taken over.
struct ReloadReport {
    private var remarks: [String] = []
    /// The status of the first thing that went wrong.
    private var status: ExitStatus?

    /// Adds a remark.
    ///
    /// - Returns: False when it was made already: several doors may show the same certificate.
    @discardableResult mutating func add(_ remark: String) -> Bool {
        if remarks.contains(remark) { return false }
        remarks.append(remark)
        return true
    }

    /// Adds what could not be taken over.
    ///
    /// - Returns: False when it was said already.
    @discardableResult mutating func add(_ failure: DaemonFailure) -> Bool {
        status = status ?? failure.status
        return add(failure.description)
    }

    /// The remarks in their order.
    ///
    /// - Throws: ``DaemonFailure`` with the same text when something could not be taken over.
    func text() throws(DaemonFailure) -> String {
        let text = remarks.isEmpty ? "Nothing has changed." : remarks.joined(separator: "\n")
        if let status { throw DaemonFailure(status, text) }
        return text
    }
}
