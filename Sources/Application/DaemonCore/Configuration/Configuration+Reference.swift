extension Configuration {
    /// The annotated reference file: every key with its meaning and its built-in value.
    package static var reference: String {
        var text = """
            # The configuration of mudd, with every key at its built-in value.
            #
            # Give it with `mudd serve --config FILE`, or put it into the data folder as mudd.yaml. Keep only
            # what you change. Times are written 90s, 10m, 1h30m; sizes 500K, 64M, 2G.
            #
            # A value is taken from the last of these that has it: built in, this file, the environment, the
            # command line. In the environment limits.idle is MUDD_LIMITS_IDLE; on the command line it is
            # --set limits.idle=2h, and keys in everyday use have options of their own (mudd serve --help).
            #
            # Values marked (live) change in a running server by `mud-admin reload` or SIGHUP, others at its next start.

            """
        let standard = Configuration()
        var group: Substring = ""
        for key in ConfigurationKey.all {
            let parts = key.path.split(separator: ".")
            let indent = String(repeating: "  ", count: parts.count - 1)
            if parts.count > 1, parts[0] != group {
                text += "\n\(parts[0]):\n"
            } else if parts.count == 1 {
                text += "\n"
            }
            group = parts[0]
            for (index, remark) in key.remarks.enumerated() {
                text += "\(indent)# \(remark)\(key.isLive && index == key.remarks.count - 1 ? " (live)" : "")\n"
            }
            text += "\(indent)\(parts[parts.count - 1]): \(key.write(standard))\n"
        }
        return text + services
    }

    /// The section that holds more than single values.
    private static let services = """

        # Services beside the game, each under a name of your own; mudd run FILE runs them without the game.
        #
        # services:
        #   mirror:
        #     # What it is: echo, portforward, or another service of mudd --help. Unless given, its name says so.
        #     kind: echo
        #     # The options of that subcommand (mudd echo --help), without the hyphens before them: one value, a
        #     # list for an option that is repeatable, yes or no for a flag.
        #     options:
        #       listen: [tcp:4007:interface=127.0.0.1, tcp6:4007:interface=\\:\\:1]
        #     # The services that have to be ready before it.
        #     after: []
        #     # What follows when it fails: never, always, or how many times in a row it is started again.
        #     restart: never
        #     # Whether all ends when it has failed for good. A port that cannot be had at the start ends it in any case.
        #     essential: yes
        #
        # One key is set as --set services.mirror.options.listen=tcp:4007, or MUDD_SERVICES_MIRROR_OPTIONS_LISTEN.
        services: {}

        """
}
