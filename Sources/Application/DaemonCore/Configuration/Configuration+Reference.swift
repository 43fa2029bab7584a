extension Configuration {
    /// The annotated reference file: every key with its meaning and its built-in value.
    package static var reference: String {
        var text = """
            # The configuration of mudd, with every key at its built-in value.
            #
            # Give it with `mudd serve --config FILE`, or put it into the data folder as mudd.yaml. Keep only
            # what you change; options on the command line win over this file. Times are written 90s, 10m, 1h30m.

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
            for remark in key.remarks { text += "\(indent)# \(remark)\n" }
            text += "\(indent)\(parts[parts.count - 1]): \(key.write(standard))\n"
        }
        return text
    }
}
