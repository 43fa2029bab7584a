import Glibc
import ReactorCore

// What timers cost: `bench-timers COUNT` schedules so many within a second, cancels nine of ten, lets the rest become due
// and fires them. Prints `RESULT schedule_ns=… cancel_ns=… fire_ns=…`, each for one timer.

guard CommandLine.arguments.count == 2, let count = Int(CommandLine.arguments[1]), count >= 10 else {
    print("usage: bench-timers COUNT")
    exit(2)
}
let reactor = try Reactor(.preferred)
let clock = ContinuousClock()
var calls: [DelayedCall] = []
calls.reserveCapacity(count)
var fired = 0
let kept = (count + 9) / 10

func nanoseconds(for number: Int, _ body: () -> Void) -> Int {
    let spent = clock.measure(body).components
    return (Int(spent.seconds) * 1_000_000_000 + Int(spent.attoseconds / 1_000_000_000)) / number
}

let scheduling = nanoseconds(for: count) {
    for index in 0..<count {
        // A prime's multiples spread the deadlines evenly, in no order.
        let delay = Duration.microseconds(index * 7919 % 1_000_000)
        calls.append(
            reactor.callLater(delay) {
                fired += 1
                if fired == kept { reactor.stop() }
            })
    }
}
let cancelling = nanoseconds(for: count - kept) {
    for index in 0..<count where index % 10 != 0 { calls[index].cancel() }
}
calls = []
sleep(2)
let firing = nanoseconds(for: kept) { reactor.run() }
print("RESULT schedule_ns=\(scheduling) cancel_ns=\(cancelling) fire_ns=\(firing)")
