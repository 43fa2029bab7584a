import Glibc
import Testing

@testable import DaemonCore

/// What becomes of real processes is tested with the program.
@Suite struct DetachmentTests {
    /// A daemon would lack the other threads, with whatever they held locked.
    @Test func isRefusedBesideOtherThreads() async throws {
        var thread = pthread_t()
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let reading = UnsafeMutableRawPointer(bitPattern: Int(ends[0]) + 1)
        pthread_create(
            &thread, nil,
            { argument in
                var octet: UInt8 = 0
                _ = read(Int32(Int(bitPattern: argument) - 1), &octet, 1)
                return nil
            }, reading)
        #expect(throws: DaemonFailure(.software, "No daemon can be made: there are other threads already.")) {
            try Detachment.begin(environment: [:])
        }
        close(ends[1])
        pthread_join(thread, nil)
        close(ends[0])
    }
}
