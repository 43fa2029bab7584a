import ArgumentParser
import Glibc

// The parser's own exit status for a wrong command line is 64; the documented one is 2.
umask(0o077)
do {
    var command = try MudAdmin.parseAsRoot()
    try command.run()
} catch {
    let code = MudAdmin.exitCode(for: error)
    let message = MudAdmin.fullMessage(for: error)
    if !message.isEmpty { code.isSuccess ? Console.put(message) : Console.complain(message) }
    exit(code == .validationFailure ? 2 : code.rawValue)
}
