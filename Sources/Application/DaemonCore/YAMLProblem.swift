package import Yams

/// Where a text is no YAML, and why.
package func yamlProblem(_ error: any Error) -> (mark: Mark?, problem: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        (mark, problem)
    case .duplicatedKeysInMapping(let keys, let context):
        (context.mark, "the key \(keys.sorted().joined(separator: ", ")) stands there twice")
    case .reader(let problem, _, _, _): (nil, problem)
    default: (nil, "\(error)")
    }
}
