import Basics
import Foundation
import Testing
import WorldModel
import WorldText

/// The world that ships with the server, read from the repository.
enum ShippedWorld {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "World")

    static func sources() throws -> [ContentSource] {
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var sources: [ContentSource] = []
        for case let file as URL in files where ["yaml", "md"].contains(file.pathExtension) {
            sources.append(ContentSource(path: file.path(), text: try String(contentsOf: file, encoding: .utf8)))
        }
        return sources
    }

    static func read() throws -> WorldContent {
        let (content, diagnostics) = ContentReader.read(try sources())
        #expect(diagnostics.map(\.description) == [])
        return content
    }
}

/// A world with some content in it, outside a turn.
func makeWorld(_ content: WorldContent) -> World {
    let world = World()
    _ = load(content, into: world)
    return world
}

func load(_ content: WorldContent, into world: World) -> LoadSummary {
    world.beginTurn(at: .init(milliseconds: 0), seed: 1)
    let summary = ContentLoader.load(content, into: world)
    _ = world.endTurn()
    return summary
}
