/// The version of the programs in this package.
package enum DaemonVersion {
    package static let current = "0.1.0"
}
