import ReactorCore
import ReactorTesting
import ServiceCore
import Testing
import Transports

@Suite struct ServiceNodeTests {
    @Test func startsParentsFirstAndStopsThemLast() throws {
        let stage = try ServiceStage()
        try stage.add("a")
        let a = try #require(stage.root.node("a"))
        try stage.add("b", to: a)
        try stage.add("c")
        stage.root.start()
        #expect(stage.diary.take() == ["bind a", "start a", "bind b", "start b", "bind c", "start c"])
        #expect(stage.root.phase == .running && stage.root.isReady)
        stage.root.stop()
        #expect(stage.diary.take() == ["stop c", "stop b", "stop a"])
        #expect(stage.root.phase == .stopped && a.phase == .stopped && stage.test.leftovers.isEmpty)
    }

    @Test func preparesTheWholeTreeBeforeTheFirstStart() throws {
        let stage = try ServiceStage()
        try stage.add("late", after: ["early"])
        try stage.add("early")
        stage.root.prepare()
        #expect(stage.diary.take() == ["bind early", "bind late"])
        stage.root.start()
        #expect(stage.diary.take() == ["start early", "start late"])
        stage.root.stop()
        #expect(stage.diary.take() == ["stop late", "stop early"])
    }

    @Test func aStartGoesOnWhenThePrivilegedStartUnderWayIsDone() throws {
        let stage = try ServiceStage()
        let slow = Deferred<Void>()
        try stage.add("a") { $0.waits[.privilegedStart] = slow }
        try stage.add("b")
        stage.root.prepare()
        var isStarted = false
        stage.root.start().whenDone { if case .success = $0 { isStarted = true } }
        #expect(stage.diary.take().filter { $0 == "bind a" }.count == 1 && !isStarted)
        slow.succeed()
        #expect(isStarted && stage.root.phase == .running)
        #expect(stage.diary.take().contains("start a"))
        stage.root.stop()
    }

    /// What a service has going on may last as long as its stop takes, and no longer.
    @Test func whatIsLeftInAServicesScopeIsCancelledWhenItHasStopped() throws {
        let stage = try ServiceStage()
        let slow = Deferred<Void>()
        let service = try stage.add("a") { $0.waits[.stop] = slow }
        stage.root.start()
        let first = try #require(service.post)
        var made = 0
        first.scope.callLater(.seconds(5), on: stage.test.reactor) { made += 1 }
        let open = first.scope.add(Deferred<Void>())
        var outcome: Result<Void, any Error>?
        open.whenDone { outcome = $0 }
        let task = first.scope.spawn(on: stage.test.reactor) { try await Deferred<Void>().value }
        var isTaskDone = false
        task.whenDone { _ in isTaskDone = true }
        stage.test.settle()
        stage.root.stop()
        #expect(!first.scope.isEnded && !open.isFired)
        slow.succeed()
        stage.test.settle()
        #expect(first.scope.isEnded && isTaskDone)
        #expect(throws: DeferredFailure.cancelled) { try outcome?.get() }
        stage.test.advance(by: .seconds(10))
        #expect(made == 0)
        stage.root.start()
        let second = try #require(service.post)
        #expect(second !== first && !second.scope.isEnded)
        stage.root.stop()
        #expect(stage.test.leftovers.isEmpty)
    }

    @Test func theScopeOfAServiceThatCannotStartEnds() throws {
        for step in [ScriptedService.Step.privilegedStart, .start] {
            let stage = try ServiceStage()
            let service = try stage.add("a") { $0.failsAt = [step] }
            stage.root.start()
            #expect(try #require(service.post).scope.isEnded)
        }
    }

    @Test func takesBackWhatWasPreparedWhenOneCannotBe() throws {
        let stage = try ServiceStage()
        try stage.add("a")
        try stage.add("b") { $0.failsAt = [.privilegedStart] }
        try stage.add("c")
        var failure: (any Error)?
        stage.root.prepare().whenDone { if case .failure(let error) = $0 { failure = error } }
        #expect(stage.diary.take() == ["bind a", "bind b", "stop a"])
        #expect("\(try #require(failure))" == "root/b could not start: broken")
    }

    @Test func waitsForTheReadinessOfWhatIsDependedOn() throws {
        let stage = try ServiceStage()
        let store = try stage.add("store") { $0.reportsReadiness = true }
        try stage.add("door", after: ["store"])
        try stage.add("clock")
        var isReady = false
        stage.root.whenReady().whenDone { _ in isReady = true }
        stage.root.start()
        #expect(stage.diary.take() == ["bind store", "start store", "bind clock", "start clock"])
        #expect(stage.root.phase == .starting && !isReady)
        store.post?.isReady = true
        #expect(stage.diary.take() == ["bind door", "start door"])
        #expect(stage.root.phase == .running && isReady)
        // One that is no longer ready takes the readiness of the whole with it, and stops nobody.
        store.post?.isReady = false
        #expect(!stage.root.isReady && stage.root.phase == .running && stage.diary.take() == [])
        stage.root.stop()
        #expect(stage.diary.take() == ["stop clock", "stop door", "stop store"])
    }

    @Test func stopsAServiceOnlyWhenItsDependentsHaveStopped() throws {
        let stage = try ServiceStage()
        try stage.add("store")
        let slow = Deferred<Void>()
        try stage.add("door", after: ["store"]) { $0.waits[.stop] = slow }
        stage.root.start()
        _ = stage.diary.take()
        var isStopped = false
        stage.root.stop().whenDone { _ in isStopped = true }
        #expect(stage.diary.take() == ["stop door"] && !isStopped)
        slow.succeed()
        #expect(stage.diary.take() == ["stop store"] && isStopped)
    }

    @Test func givesUpAStopAtItsDeadline() throws {
        var policy = ServicePolicy()
        policy.stopLimit = .seconds(3)
        let stage = try ServiceStage()
        try stage.add("a")
        try stage.add("stuck", after: ["a"], policy: policy) { $0.waits[.stop] = Deferred<Void>() }
        stage.root.start()
        stage.root.stop()
        _ = stage.diary.take()
        stage.test.advance(by: .milliseconds(2_999))
        #expect(stage.diary.take() == [] && stage.root.phase == .stopping)
        stage.test.advance(by: .milliseconds(1))
        let lines = stage.diary.take()
        #expect(
            lines.count == 2 && lines[0].hasPrefix("! root/stuck did not stop as it should") && lines[1] == "stop a")
        #expect(stage.root.phase == .stopped)
    }

    @Test func aFailedStartStopsTheRestAndSaysWhy() throws {
        let stage = try ServiceStage()
        try stage.add("a")
        try stage.add("b", after: ["a"]) { $0.failsAt = [.start] }
        try stage.add("c", after: ["b"])
        var failure: (any Error)?
        stage.root.start().whenDone { if case .failure(let error) = $0 { failure = error } }
        #expect(
            stage.diary.take() == [
                "bind a", "start a", "bind b", "start b", "! root/b could not start: broken", "stop b", "stop a",
            ])
        #expect("\(try #require(failure))" == "root/b could not start: broken")
        #expect(stage.root.phase == .failed && stage.root.node("c")?.phase == .stopped)
    }

    @Test func whatIsNotEssentialMayFail() throws {
        var policy = ServicePolicy()
        policy.isEssential = false
        let stage = try ServiceStage()
        try stage.add("metrics", policy: policy) { $0.failsAt = [.start] }
        try stage.add("door")
        stage.root.start()
        #expect(stage.root.phase == .running && stage.root.isReady)
        #expect(stage.root.node("metrics")?.phase == .failed)
        #expect(stage.diary.take().contains("! root/metrics could not start: broken"))
        stage.root.stop()
        stage.root.start()
        #expect(stage.diary.take().filter { $0 == "start metrics" }.count == 1)
    }

    @Test func aLateStartIsCancelled() throws {
        var policy = ServicePolicy()
        policy.startLimit = .seconds(5)
        let stage = try ServiceStage()
        var wasCancelled = false
        try stage.add("slow", policy: policy) { service in
            service.waits[.start] = Deferred<Void>(canceller: { wasCancelled = true })
        }
        stage.root.start()
        stage.test.advance(by: .seconds(5))
        #expect(wasCancelled && stage.root.phase == .failed)
        #expect(stage.diary.take().last == "stop slow")
    }

    @Test func aStopDuringTheStartCancelsIt() throws {
        let stage = try ServiceStage()
        var wasCancelled = false
        try stage.add("slow") { service in
            service.waits[.start] = Deferred<Void>(canceller: { wasCancelled = true })
        }
        try stage.add("after", after: ["slow"])
        var failure: (any Error)?
        stage.root.start().whenDone { if case .failure(let error) = $0 { failure = error } }
        stage.root.stop()
        #expect(wasCancelled && failure as? DeferredFailure == .cancelled)
        #expect(stage.diary.take() == ["bind slow", "start slow", "stop slow"])
        #expect(stage.root.phase == .stopped && stage.test.leftovers.isEmpty)
    }

    @Test func startsAgainAfterFailuresWithLongerWaits() throws {
        let stage = try ServiceStage()
        let service = try stage.add("worker", policy: .steady(limit: nil))
        stage.root.start()
        _ = stage.diary.take()
        for wait in [1, 2, 4, 4] {
            service.post?.fail(ScriptedService.Broken())
            #expect(stage.diary.take() == ["! root/worker failed: broken", "stop worker"])
            #expect(stage.root.node("worker")?.phase == .waiting && stage.root.phase == .running && !stage.root.isReady)
            stage.test.advance(by: .seconds(wait) - .milliseconds(1))
            #expect(stage.diary.take() == [])
            stage.test.advance(by: .milliseconds(1))
            #expect(stage.diary.take() == ["bind worker", "start worker"] && stage.root.isReady)
        }
        // As long as the longest wait without a failure begins a new row.
        stage.test.advance(by: .seconds(4))
        service.post?.fail(ScriptedService.Broken())
        stage.test.advance(by: .seconds(1))
        #expect(stage.diary.take().last == "start worker")
    }

    @Test func escalatesWhenTooManyFailuresFollowEachOther() throws {
        let stage = try ServiceStage()
        let group = try stage.root.add("group", policy: .steady(limit: 1))
        let service = try stage.add("worker", to: group, policy: .steady(limit: 2))
        try stage.add("neighbour", to: group)
        stage.root.start()
        for _ in 0..<2 {
            service.post?.fail(ScriptedService.Broken())
            stage.test.advance(by: .seconds(3))
        }
        _ = stage.diary.take()
        service.post?.fail(ScriptedService.Broken())
        #expect(stage.diary.take() == ["! root/group/worker failed: broken", "stop worker", "stop neighbour"])
        #expect(group.phase == .waiting && stage.root.phase == .running)
        stage.test.advance(by: .seconds(1))
        #expect(group.phase == .running && service.post != nil)
    }

    @Test func theFailureOfTheRootIsTold() throws {
        let stage = try ServiceStage()
        let service = try stage.add("worker")
        stage.root.start()
        service.post?.fail(ScriptedService.Broken())
        #expect(stage.root.phase == .failed)
        #expect(stage.root.lastFailure?.description == "root/worker failed: broken")
    }

    @Test func aServiceAddedToARunningParentStartsOnce() throws {
        let stage = try ServiceStage()
        let slow = Deferred<Void>()
        try stage.add("slow") { $0.waits[.start] = slow }
        stage.root.start()
        _ = stage.diary.take()
        try stage.add("young", after: ["slow"])
        try stage.add("free")
        #expect(stage.diary.take() == ["bind free", "start free"])
        slow.succeed()
        #expect(stage.diary.take() == ["bind young", "start young"])
        try stage.add("last")
        stage.root.start()
        stage.root.node("last")?.start()
        #expect(stage.diary.take() == ["bind last", "start last"])
        try stage.root.remove(#require(stage.root.node("young")))
        #expect(stage.diary.take() == ["stop young"] && stage.root.node("young") == nil)
    }

    @Test func aServiceStoppedAloneStaysSo() throws {
        let stage = try ServiceStage()
        try stage.add("a")
        try stage.add("b")
        stage.root.start()
        stage.root.node("b")?.stop()
        _ = stage.diary.take()
        try stage.add("c")
        #expect(stage.diary.take() == ["bind c", "start c"] && stage.root.isReady)
        stage.root.node("b")?.start()
        #expect(stage.diary.take() == ["bind b", "start b"])
    }

    @Test func aStartDuringTheStopFollowsIt() throws {
        let stage = try ServiceStage()
        let slow = Deferred<Void>()
        let service = try stage.add("a") { $0.waits[.stop] = slow }
        stage.root.start()
        stage.root.stop()
        var isStarted = false
        stage.root.start().whenDone { _ in isStarted = true }
        #expect(!isStarted)
        service.waits = [:]
        slow.succeed()
        #expect(isStarted && stage.root.phase == .running)
        #expect(stage.diary.take() == ["bind a", "start a", "stop a", "bind a", "start a"])
    }

    @Test func whatHasFinishedIsNeitherMissedNorFailed() throws {
        let stage = try ServiceStage()
        let migration = try stage.add("migration") { $0.reportsReadiness = true }
        try stage.add("door", after: ["migration"])
        stage.root.start()
        migration.post?.finish()
        #expect(stage.root.isReady && stage.root.node("migration")?.phase == .finished)
        #expect(
            stage.diary.take() == ["bind migration", "start migration", "stop migration", "bind door", "start door"])
    }

    @Test func aPostOfYesterdayIsDeaf() throws {
        let stage = try ServiceStage()
        let service = try stage.add("worker")
        stage.root.start()
        let old = service.post
        stage.root.stop()
        stage.root.start()
        old?.fail(ScriptedService.Broken())
        old?.finish()
        #expect(stage.root.phase == .running && stage.root.node("worker")?.phase == .running)
    }

    @Test func refusesATreeThatCannotBeStarted() throws {
        let stage = try ServiceStage()
        try stage.add("a", after: ["b"])
        #expect(throws: ServiceFailure.self) { try stage.add("a") }
        var texts: [String] = []
        func tell(_ result: Result<Void, any Error>) {
            if case .failure(let error) = result { texts.append("\(error)") }
        }
        stage.root.start().whenDone(tell)
        try stage.add("b", after: ["c"])
        try stage.add("c", after: ["a"])
        stage.root.start().whenDone(tell)
        stage.root.prepare().whenDone(tell)
        #expect(
            texts == [
                "root/a: there is no service named b to depend on",
                "root: services wait for each other: a after b after c after a",
                "root: services wait for each other: a after b after c after a",
            ])
        #expect(!stage.diary.take().contains { $0.hasPrefix("bind") })
    }

    @Test func tellsOfEveryChange() throws {
        let stage = try ServiceStage()
        var changes: [String] = []
        stage.root.onChange = { changes.append("\($0.path) \($0.phase)\($0.isReady ? " ready" : "")") }
        try stage.add("a")
        stage.root.start()
        stage.root.stop()
        #expect(
            changes == [
                "root starting", "root/a starting", "root/a running ready", "root running ready", "root stopping",
                "root/a stopping", "root/a stopped", "root stopped",
            ])
    }
}

extension ServicePolicy {
    /// Starts again after 1, 2, 4, 4, … seconds exactly.
    static func steady(limit: Int?) -> ServicePolicy {
        var backOff = BackOff()
        backOff.factor = 2
        backOff.longest = .seconds(4)
        backOff.jitter = 0
        var policy = ServicePolicy()
        policy.restart = .afterFailure(backOff, limit: limit)
        return policy
    }
}
