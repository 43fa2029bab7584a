import ReactorCore
import ReactorTesting
import ServiceCore

/// Writes down what is asked of it, and waits where the test says so.
final class ScriptedService: Service {
    enum Step { case privilegedStart, start, stop }

    struct Broken: Error, Hashable, CustomStringConvertible {
        var description: String { "broken" }
    }

    let name: String
    let diary: Diary
    var reportsReadiness = false
    var waits: [Step: Deferred<Void>] = [:]
    var failsAt: Set<Step> = []
    private(set) var post: ServicePost?

    init(_ name: String, _ diary: Diary) {
        self.name = name
        self.diary = diary
    }

    func privilegedStart(_ post: ServicePost) throws -> Deferred<Void>? { try note("bind", .privilegedStart, post) }

    func start(_ post: ServicePost) throws -> Deferred<Void>? { try note("start", .start, post) }

    func stop(_ post: ServicePost) throws -> Deferred<Void>? { try note("stop", .stop, post) }

    private func note(_ verb: String, _ step: Step, _ post: ServicePost) throws -> Deferred<Void>? {
        self.post = post
        diary.lines.append("\(verb) \(name)")
        if failsAt.contains(step) { throw Broken() }
        return waits[step]
    }
}

/// What happened, in order.
final class Diary {
    var lines: [String] = []

    func take() -> [String] {
        defer { lines = [] }
        return lines
    }
}

/// A tree with scripted services on a reactor without a kernel.
struct ServiceStage {
    let test: TestReactor
    let diary = Diary()
    let root: ServiceNode

    init(policy: ServicePolicy = ServicePolicy()) throws {
        test = try TestReactor()
        root = ServiceNode("root", on: test.reactor, policy: policy)
        root.onFailure = { [diary] in diary.lines.append("! \($0)") }
    }

    @discardableResult func add(
        _ name: String, to parent: ServiceNode? = nil, after dependencies: [String] = [],
        policy: ServicePolicy = ServicePolicy(), _ change: (ScriptedService) -> Void = { _ in }
    ) throws -> ScriptedService {
        let service = ScriptedService(name, diary)
        change(service)
        try (parent ?? root).add(name, service, after: dependencies, policy: policy)
        return service
    }
}
