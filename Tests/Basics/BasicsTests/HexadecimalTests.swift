import Basics
import Testing

@Suite struct HexadecimalTests {
    @Test func eachOctetHasTwoSmallDigits() {
        #expect([UInt8]().hexadecimal == "")
        #expect([0x00, 0x0F, 0xA5, 0xFF].hexadecimal == "000fa5ff")
    }
}
