import Testing

@testable import DaemonCore

@Suite struct ReloadReportTests {
    @Test func nothingIsSaidToHaveChanged() throws {
        #expect(try ReloadReport().text() == "Nothing has changed.")
    }

    @Test func remarksKeepTheirOrderAndAreMadeOnce() throws {
        var report = ReloadReport()
        #expect(report.add("a") && report.add("b") && !report.add("a"))
        #expect(try report.text() == "a\nb")
    }

    /// What went wrong first tells the status, and nothing of the rest is lost.
    @Test func whatWentWrongFailsTheWhole() {
        var report = ReloadReport()
        report.add("limits.idle: 1h → 2h")
        report.add(DaemonFailure(.noPermission, "The log cannot be opened."))
        report.add(DaemonFailure(.configuration, "The certificate stays."))
        #expect(
            throws: DaemonFailure(
                .noPermission, "limits.idle: 1h → 2h\nThe log cannot be opened.\nThe certificate stays.")
        ) { try report.text() }
    }
}
