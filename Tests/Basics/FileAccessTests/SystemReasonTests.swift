import FileAccess
import Glibc
import Testing

@Suite struct SystemReasonTests {
    @Test func failuresAreToldInTheSystemsWords() {
        #expect(SystemReason.text(of: EACCES) == "Permission denied")
        #expect(FileFailure(code: ENOENT).reason == SystemReason.text(of: ENOENT))
    }

    @Test(arguments: [-1, 99_999, Int32.max]) func aNumberThatIsNoneIsToldAsWell(code: Int32) {
        #expect(SystemReason.text(of: code).contains("\(code)"))
    }
}
