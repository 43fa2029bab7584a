import Basics
package import CoreMetrics
import ReactorCore
import Synchronization

/// What libraries measure through swift-metrics, kept for the next page.
///
/// Counters and meters give their value, recorders a sum and a count, timers a histogram in seconds.
///
/// - Isolation: any thread.
/// - Limits: ``mostSeries``, each a name with its labels; what comes beyond is not measured, and counted.
package final class MetricsTable: MetricsFactory {
    /// Names with their labels; our choice: labels that come from strangers must not fill the memory.
    package static let mostSeries = 2000

    private struct Key: Hashable {
        var label: String
        var dimensions: [String]
    }

    private struct State {
        var cells: [Key: any MetricsCell] = [:]
        var refused: UInt64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, dimensions, CounterCell.init) ?? NOOPMetricsHandler.instance
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        cell(label, dimensions, FloatingPointCounterCell.init) ?? NOOPMetricsHandler.instance
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        cell(label, dimensions, MeterCell.init) ?? NOOPMetricsHandler.instance
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate { return cell(label, dimensions, RecorderCell.init) ?? NOOPMetricsHandler.instance }
        return cell(label, dimensions, LastValueCell.init) ?? NOOPMetricsHandler.instance
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        cell(label, dimensions, TimerCell.init) ?? NOOPMetricsHandler.instance
    }

    // Cells stay: a counter that is made anew for every use goes on where it was.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    /// The cell of a name and labels, made if there is none; nil for one too many, or one that is of another kind.
    private func cell<Cell: MetricsCell>(
        _ label: String, _ dimensions: [(String, String)], _ make: () -> Cell
    ) -> Cell? {
        // By the name on the page, where two must not be the same.
        let key = Key(label: PrometheusPage.legalName(label), dimensions: dimensions.flatMap { [$0.0, $0.1] })
        return state.withLock { state in
            if let known = state.cells[key] {
                if let fitting = known as? Cell { return fitting }
            } else if state.cells.count < Self.mostSeries {
                let made = make()
                state.cells[key] = made
                return made
            }
            state.refused += 1
            return nil
        }
    }

    /// Writes everything there is, in alphabetical order.
    package func write(to page: inout PrometheusPage) {
        let (cells, refused) = state.withLock { ($0.cells, $0.refused) }
        let families = Dictionary(grouping: cells) { $0.key.label }
        for (label, members) in families.sorted(by: { $0.key < $1.key }) {
            let ordered = members.sorted { $0.key.dimensions.lexicographicallyPrecedes($1.key.dimensions) }
            // Of one name there is one kind on a page.
            guard let kind = ordered.first.map({ type(of: $0.value) }) else { continue }
            let samples = ordered.filter { type(of: $0.value) == kind }.map { key, cell in
                (labels: Self.labels(key), cell: cell)
            }
            kind.write(label, samples, to: &page)
        }
        page.counter(
            "mudd_metrics_refused_total", "Measurements that were not made, for there are too many names or labels.",
            refused)
    }

    private static func labels(_ key: Key) -> PrometheusPage.Labels {
        stride(from: 0, to: key.dimensions.count - 1, by: 2).map { (key.dimensions[$0], key.dimensions[$0 + 1]) }
    }
}

/// One series.
private protocol MetricsCell: AnyObject, Sendable {
    static func write(
        _ name: String, _ samples: [(labels: PrometheusPage.Labels, cell: any MetricsCell)],
        to page: inout PrometheusPage)
}

private final class CounterCell: MetricsCell, CounterHandler {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }

    static func write(
        _ name: String, _ samples: [(labels: PrometheusPage.Labels, cell: any MetricsCell)],
        to page: inout PrometheusPage
    ) {
        page.counter(
            name, name,
            samples.map { ($0.labels, Double(($0.cell as? CounterCell)?.value.load(ordering: .relaxed) ?? 0)) })
    }
}

private final class FloatingPointCounterCell: MetricsCell, FloatingPointCounterHandler {
    private let value = Mutex(0.0)

    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func reset() { value.withLock { $0 = 0 } }

    static func write(
        _ name: String, _ samples: [(labels: PrometheusPage.Labels, cell: any MetricsCell)],
        to page: inout PrometheusPage
    ) {
        page.counter(
            name, name,
            samples.map { ($0.labels, ($0.cell as? FloatingPointCounterCell)?.value.withLock { $0 } ?? 0) })
    }
}

private final class MeterCell: MetricsCell, MeterHandler {
    private let value = Mutex(0.0)

    func set(_ new: Int64) { set(Double(new)) }
    func set(_ new: Double) { value.withLock { $0 = new } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    static func write(
        _ name: String, _ samples: [(labels: PrometheusPage.Labels, cell: any MetricsCell)],
        to page: inout PrometheusPage
    ) {
        page.gauge(name, name, samples.map { ($0.labels, ($0.cell as? MeterCell)?.value.withLock { $0 } ?? 0) })
    }
}

/// A recorder that is not aggregated is a gauge by another name.
private final class LastValueCell: MetricsCell, RecorderHandler {
    private let value = Mutex(0.0)

    func record(_ new: Int64) { record(Double(new)) }
    func record(_ new: Double) { value.withLock { $0 = new } }

    static func write(
        _ name: String, _ samples: [(labels: PrometheusPage.Labels, cell: any MetricsCell)],
        to page: inout PrometheusPage
    ) {
        page.gauge(name, name, samples.map { ($0.labels, ($0.cell as? LastValueCell)?.value.withLock { $0 } ?? 0) })
    }
}

private final class RecorderCell: MetricsCell, RecorderHandler {
    private let value = Mutex((count: UInt64(0), sum: 0.0))

    func record(_ new: Int64) { record(Double(new)) }

    func record(_ new: Double) {
        value.withLock {
            $0.count += 1
            $0.sum += new
        }
    }

    static func write(
        _ name: String, _ samples: [(labels: PrometheusPage.Labels, cell: any MetricsCell)],
        to page: inout PrometheusPage
    ) {
        let values = samples.map { ($0.labels, ($0.cell as? RecorderCell)?.value.withLock { $0 } ?? (0, 0)) }
        page.summary(name, name, values.map { ($0.0, $0.1.0, $0.1.1) })
    }
}

private final class TimerCell: MetricsCell, TimerHandler {
    private let value = Mutex(DurationHistogram())

    func recordNanoseconds(_ duration: Int64) { value.withLock { $0.record(.nanoseconds(duration)) } }

    static func write(
        _ name: String, _ samples: [(labels: PrometheusPage.Labels, cell: any MetricsCell)],
        to page: inout PrometheusPage
    ) {
        page.histogram(
            name, name,
            samples.map { ($0.labels, ($0.cell as? TimerCell)?.value.withLock { $0 } ?? DurationHistogram()) })
    }
}
