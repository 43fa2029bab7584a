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
        return text
    }
}
