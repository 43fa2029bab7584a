import FileAccess
import FileAccessTesting
import Glibc
import Testing
import TransportTLS

/// One certificate that signs itself, made once by the `openssl` command, for the contract over TLS.
enum ContractCertificate {
    private static let pem: (certificate: [UInt8], key: [UInt8])? = try? make()

    /// What one end of a connection does, with a fixed version.
    static func role(isServer: Bool, version: TLSVersion) throws -> TLSRole {
        let pem = try #require(pem, "the openssl command could not make a certificate")
        guard isServer else {
            var options = TLSClientOptions()
            options.verification = .full(try .pem(pem.certificate))
            options.versions = version...version
            return .client(try TLSClientContext(options), serverName: "mud.example")
        }
        var options = TLSServerOptions()
        options.versions = version...version
        let identity = try TLSIdentity(certificatePEM: pem.certificate, keyPEM: pem.key)
        return .server(try TLSServerContext(identity: identity, options: options))
    }

    private static func make() throws -> (certificate: [UInt8], key: [UInt8]) {
        let folder = try TemporaryFolder()
        let command = """
            cd '\(folder.path)' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
            -subj /CN=mud.example -addext subjectAltName=DNS:mud.example -keyout key -out certificate 2>log
            """
        try #require(system(command) == 0)
        func octets(_ name: String) throws -> [UInt8] { try readFile("\(folder.path)/\(name)", limit: 65_536) }
        return (try octets("certificate"), try octets("key"))
    }
}
