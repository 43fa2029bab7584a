/// A curve of ECDSA, named as SSH's keys name it.
///
/// - Source: RFC 5656 section 6.1, FIPS 186-4.
enum SSHCurve: String, CaseIterable {
    case p256 = "nistp256"
    case p384 = "nistp384"
    case p521 = "nistp521"

    /// What libcrypto calls it.
    var libraryName: String {
        switch self {
        case .p256: "prime256v1"
        case .p384: "secp384r1"
        case .p521: "secp521r1"
        }
    }

    /// Octets of a coordinate.
    var coordinateLength: Int { (bits + 7) / 8 }

    /// Octets of a point, which is written in full: 4, then both coordinates.
    var pointLength: Int { 1 + 2 * coordinateLength }

    var bits: Int {
        switch self {
        case .p256: 256
        case .p384: 384
        case .p521: 521
        }
    }
}
