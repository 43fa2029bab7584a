import ArgumentParser
import Glibc

// The parser's own exit status for a wrong command line is 64; the documented one is 2.
umask(0o077)
// The parser would show what it does not understand, and that must not end in anybody's log.
if CommandLine.arguments.contains(where: { $0.hasPrefix("-----BEGIN") }) {
    Console.complain(
        "That is a private key, which nobody else should ever see. The line in the file that ends in .pub is wanted.")
    exit(2)
}
do {
    var command = try MudAdmin.parseAsRoot()
    try command.run()
} catch {
    let code = MudAdmin.exitCode(for: error)
    let message = MudAdmin.fullMessage(for: error)
    if !message.isEmpty { code.isSuccess ? Console.put(message) : Console.complain(message) }
    exit(code == .validationFailure ? 2 : code.rawValue)
}
