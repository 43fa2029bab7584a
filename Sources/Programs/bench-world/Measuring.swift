import Glibc

/// What this thread has used of a CPU; what other programs do meanwhile does not count.
func cpuMicroseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

/// Median, 99th percentile and maximum of many single turns, in microseconds of CPU.
struct Spread {
    let median: Double
    let p99: Double
    let maximum: Double

    init(_ times: [Double]) {
        let sorted = times.sorted()
        func at(_ share: Double) -> Double {
            sorted.isEmpty ? 0 : sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
        }
        (median, p99, maximum) = (at(0.5), at(0.99), at(1))
    }
}

/// Measures something many times, one by one, after a few times that do not count.
func measure(rounds: Int = 2000, _ body: () -> Void) -> Spread {
    for _ in 0..<min(rounds / 4, 200) { body() }
    var times: [Double] = []
    times.reserveCapacity(rounds)
    for _ in 0..<rounds {
        let start = cpuMicroseconds()
        body()
        times.append(cpuMicroseconds() - start)
    }
    return Spread(times)
}

func rounded(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
}

/// What of the process is in memory.
func residentMebibytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096 / 1_048_576
}

/// Rows under a head, in columns as wide as they need to be.
struct Table {
    private var rows: [[String]]

    init(_ head: String...) { rows = [head] }

    mutating func add(_ cells: String...) { rows.append(cells) }

    func show() {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            var line = ""
            for (column, cell) in row.enumerated() {
                let blank = String(repeating: " ", count: widths[column] - cell.count)
                // Words to the left, figures to the right.
                line += (column == 0 ? cell + blank : blank + cell) + "  "
            }
            print(line)
        }
        print("")
    }
}
