import AdminGateway
import ArgumentParser
import Basics
import CredentialCore
import GatewayCore
import WorldVerbs

/// `mud-admin passwd`.
struct PasswdCommand: AdminSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "passwd",
        abstract: "Change a file of passwords or tokens, as mudd serve --auth file: and tokens: read them.",
        discussion: """
            A running server takes up the change at the next login. The password is asked for at a terminal, or read from
            standard input with --password-stdin. Name and password have to be such as the game takes: 3 to 20 letters a
            to z, and at least 8 characters. Needs no server.

            EXAMPLES
              mud-admin passwd /etc/mudd/passwords ada
              mud-admin passwd /etc/mudd/passwords ada --totp --password-stdin < password.txt
              mud-admin passwd /etc/mudd/passwords ada --delete
              mud-admin passwd /etc/mudd/tokens ada --token --label phone --doors imap,smtp
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The file; it is made when it is not there.", completion: .file())
    var file: String

    @Argument(help: "Whose password it is.")
    var name: String

    @Flag(help: "Read the password from the first line of standard input.")
    var passwordStdin = false

    @Flag(help: "Make a secret for an authenticator as well; its codes are then asked for at each login.")
    var totp = false

    @Flag(help: "Take the authenticator's secret away; without this a new password leaves it as it is.")
    var noTotp = false

    @Flag(help: "Keep a secret for SCRAM-SHA-256 as well, so that programs need not send the password.")
    var scram = false

    @Flag(help: "Take the name out of the file.")
    var delete = false

    @Flag(help: "Add an application password or token to a file of such, and print it.")
    var token = false

    @Option(help: "What the token is for.")
    var label = "token"

    @Option(help: ArgumentHelp("The doors that the token opens; * stands for all.", valueName: "door,door"))
    var doors = "*"

    func validate() throws {
        if totp, noTotp { throw ValidationError("--totp and --no-totp exclude each other") }
        let isAboutCodes = totp || noTotp
        if delete, token || isAboutCodes || scram || passwordStdin { throw ValidationError("--delete stands alone") }
        if token, isAboutCodes || scram || passwordStdin {
            throw ValidationError("--token goes with --label and --doors only")
        }
    }

    func perform(at site: AdminSite) throws(AdminFailure) -> AdminAnswer {
        // Whatever stands there already can be taken out.
        if !delete, let problem = NameRules.check(name) {
            throw AdminFailure(.usage, "The game would not let \(name) in: \(problem)")
        }
        if token {
            let doors = Set(doors.split(separator: ",").map(String.init))
            let secret = try told { () throws(CheckerFailure) in
                try TokenChecker.add(to: file, name: name, label: label, doors: doors)
            }
            return .done(AdminDone("\(secret)\nThis is shown only once."))
        }
        if delete {
            let former = try told { () throws(CheckerFailure) in
                try PasswordFile.change(file, name, PasswordFile.Change(password: nil))
            }
            guard former != nil else { throw AdminFailure(.notFound, "There is no \(name) in \(file).") }
            return .done(AdminDone("\(name) is taken out of \(file)."))
        }
        let password = try PasswordEntry.read(fromStandardInput: passwordStdin, for: name)
        if let problem = Self.problem(password, name) { throw AdminFailure(.usage, problem) }
        var change = PasswordFile.Change(
            password: try told { () throws(PasswordFailure) in try PasswordHasher.hash(password) })
        if scram { change.scram = try told { () throws(SCRAMFailure) in try SCRAMSecret(password: password).stored } }
        let secret = totp ? try told { () throws(PasswordFailure) in try OneTimeSecret.make() } : nil
        if let secret { change.oneTime = .set(secret.base32) }
        if noTotp { change.oneTime = .remove }
        let former = try told { () throws(CheckerFailure) in try PasswordFile.change(file, name, change) }
        var lines = ["The password of \(name) in \(file) is \(former == nil ? "set" : "changed")."]
        if former?.hadOneTime == true {
            let fate = totp ? "replaced by this new one" : noTotp ? "taken away" : "kept"
            lines.append("The former secret of the authenticator is \(fate).")
        }
        if former?.hadSCRAM == true, !scram {
            lines.append("The secret for SCRAM was of the former password and is gone; --scram makes another.")
        }
        if let secret {
            lines.append("The authenticator's secret: \(secret.address(issuer: "mudd", account: name))")
        }
        return .done(AdminDone(lines.joined(separator: "\n")))
    }

    /// What the game would say of a new password, as a sentence; nil when it will do.
    private static func problem(_ password: String, _ name: String) -> String? {
        let shortest = GameSettings().minimumPasswordLength
        if password.count < shortest { return "A password needs at least \(shortest) characters." }
        if password.count > SessionLimits.passwordLength {
            return "A password may have at most \(SessionLimits.passwordLength) characters."
        }
        return password.folded == name.folded ? "Their own name is too easy to guess." : nil
    }

    /// Does it, and turns what goes wrong into an answer.
    private func told<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(AdminFailure) -> Value {
        do throws(Failure) { return try body() } catch { throw AdminFailure(.usage, "\(error)") }
    }
}
