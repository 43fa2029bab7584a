import FileAccess
import FileAccessTesting
import Glibc
import Testing
import TransportTLS

/// Certificates made once for all tests, by the `openssl` command, in a folder of their own.
enum Certificates {
    /// Nil when the command is missing or failed.
    private static let folder: TemporaryFolder? = make()

    static func path(_ name: String) throws -> String {
        try #require(folder, "the openssl command could not make certificates").path + "/" + name
    }

    /// `chain`, `leaf`, `gone`, `other`, `player` or `stranger`, with the key of the same person.
    static func identity(_ name: String) throws -> TLSIdentity {
        let owner = name == "chain" ? "leaf" : name
        return try TLSIdentity(certificateFile: path(name + ".pem"), keyFile: path(owner + ".key"))
    }

    static func roots() throws -> TLSRoots { try .file(path("root.pem")) }

    static func bytes(_ name: String) throws -> [UInt8] { try readFile(path(name), limit: 1 << 20) }

    private static func make() -> TemporaryFolder? {
        guard let folder = try? TemporaryFolder(), (try? folder.write(script, to: "make.sh")) != nil else { return nil }
        atexit { Certificates.folder?.remove() }
        return system("cd '\(folder.path)' && sh make.sh >make.log 2>&1") == 0 ? folder : nil
    }

    private static let script = #"""
        set -e
        make() { # file, name, issuer, days, extensions
            openssl ecparam -name prime256v1 -genkey -noout -out $1.key
            openssl req -new -key $1.key -subj "/CN=$2" -out $1.csr
            printf "$5" > $1.ext
            if [ "$3" = self ]; then sign="-signkey $1.key"; else sign="-CA $3.pem -CAkey $3.key -CAcreateserial"; fi
            openssl x509 -req -in $1.csr $sign -days $4 -extfile $1.ext -out $1.pem
        }
        ca='basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n'
        make root "Test root" self 30 "$ca"
        make between Between root 30 "$ca"
        make leaf mud.example between 30 'subjectAltName=DNS:mud.example,DNS:*.mud.example,IP:127.0.0.1\n'
        make gone mud.example root -1 'subjectAltName=DNS:mud.example\n'
        make other other.example root 30 'subjectAltName=DNS:other.example\n'
        make player "A player" root 30 'extendedKeyUsage=clientAuth\n'
        make stranger "A stranger" self 30 'extendedKeyUsage=clientAuth\n'
        cat leaf.pem between.pem > chain.pem
        """#
}
