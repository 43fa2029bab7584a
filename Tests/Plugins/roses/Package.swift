// swift-tools-version: 6.2
// snippet: plugin-package
import PackageDescription

let package = Package(
    name: "roses",
    dependencies: [.package(name: "mudd", path: "../../..")],
    targets: [
        .target(
            name: "Roses",
            dependencies: [
                .product(name: "Services", package: "mudd"), .product(name: "GamePlugins", package: "mudd"),
            ],
            swiftSettings: [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]),
        .executableTarget(
            name: "garden", dependencies: ["Roses", .product(name: "MuddProgram", package: "mudd")]),
    ])
// snippet ends
