import Glibc

/// Why work was not done by a worker thread.
public enum ThreadPoolFailure: Error, Hashable, Sendable {
    /// More than `limit` pieces of work are waiting already.
    case queueFull(limit: Int)

    /// The kernel refused a thread.
    case noThread(SystemFailure)
}

/// A few threads for work that blocks, started when first needed; see ``Reactor/deferToThread(in:fileID:line:_:)``.
///
/// A reactor has a pool of its own. Others are for work that may block so long that it must not keep that one busy,
/// such as looking up names.
///
/// - Isolation: belongs to its reactor's thread.
public final class ThreadPool {
    /// The threads of a reactor's own pool, at most.
    public static let defaultThreadCount = 2

    /// The most pieces of work that wait for a thread; beyond it the caller should slow down.
    public static let defaultQueueLimit = 4096

    private let queue = WorkerQueue()
    private let threadLimit: Int
    private let queueLimit: Int
    private var threads: [pthread_t] = []

    /// Makes a pool; no thread is started yet.
    ///
    /// - Parameters:
    ///   - threadLimit: The most threads, at least one.
    ///   - queueLimit: The most pieces of work that wait.
    public init(threadLimit: Int = defaultThreadCount, queueLimit: Int = defaultQueueLimit) {
        self.threadLimit = max(1, threadLimit)
        self.queueLimit = max(1, queueLimit)
    }

    /// What was submitted is still done, by threads that nobody waits for.
    deinit {
        queue.close()
        for thread in threads { pthread_detach(thread) }
    }

    /// - Returns: What ``withdraw(_:)`` takes the work back by.
    func submit(_ work: @escaping @Sendable () -> Void) throws(ThreadPoolFailure) -> UInt64 {
        guard let (ticket, load) = queue.append(work, limit: queueLimit) else { throw .queueFull(limit: queueLimit) }
        guard threads.count < threadLimit, load > threads.count else { return ticket }
        do throws(SystemFailure) {
            threads.append(try startThread())
        } catch {
            // With another thread alive the work is only late; without one it would wait for ever.
            if threads.isEmpty {
                _ = withdraw(ticket)
                throw .noThread(error)
            }
        }
        return ticket
    }

    /// Takes work back; false when it has begun.
    func withdraw(_ ticket: UInt64) -> Bool {
        // What the work captured goes away here, outside the lock.
        queue.withdraw(ticket) != nil
    }

    /// Whether nothing waits and nothing is being done.
    var isIdle: Bool { queue.isIdle }

    /// The pieces of work that wait for a thread.
    var waitingCount: Int { queue.waiting }

    /// Lets the threads finish everything that was submitted, and waits for them; work may be submitted again.
    public func stop() {
        guard !threads.isEmpty else { return }
        queue.close()
        for thread in threads { pthread_join(thread, nil) }
        threads = []
        queue.reopen()
    }

    private func startThread() throws(SystemFailure) -> pthread_t {
        var thread = pthread_t()
        let argument = unsafe Unmanaged.passRetained(queue)
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<WorkerQueue>.fromOpaque(argument).takeRetainedValue().serve()
                return nil
            }, argument.toOpaque())
        guard code == 0 else {
            unsafe argument.release()
            throw SystemFailure(code: code, call: "pthread_create")
        }
        return thread
    }
}

/// The work of a team, shared by its threads.
///
/// `@unchecked Sendable` holds because every stored variable is read and written only between `lock` and
/// `unlock` of the mutex, and the two pointers are constant from `init` to `deinit`.
@safe private final class WorkerQueue: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private struct Piece {
        let ticket: UInt64
        /// Nil when it was begun or taken back.
        var work: (@Sendable () -> Void)?
    }

    /// In ascending order of the tickets.
    private var pieces: [Piece] = []
    private var head = 0
    private var waitingCount = 0
    private var lastTicket: UInt64 = 0
    private var busyCount = 0
    private var isClosed = false

    init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    var isIdle: Bool { locked { waitingCount + busyCount == 0 } }

    var waiting: Int { locked { waitingCount } }

    /// Adds work and returns how many pieces are waiting or being done; nil when too many wait.
    func append(_ work: @escaping @Sendable () -> Void, limit: Int) -> (ticket: UInt64, load: Int)? {
        locked {
            guard waitingCount < limit else { return nil }
            lastTicket += 1
            pieces.append(Piece(ticket: lastTicket, work: work))
            waitingCount += 1
            unsafe pthread_cond_signal(condition)
            return (lastTicket, waitingCount + busyCount)
        }
    }

    /// Takes work out that has not begun.
    ///
    /// - Complexity: O(log *n*) in what waits.
    func withdraw(_ ticket: UInt64) -> (@Sendable () -> Void)? {
        locked {
            var (low, high) = (head, pieces.count)
            while low < high {
                let middle = (low + high) / 2
                if pieces[middle].ticket < ticket { low = middle + 1 } else { high = middle }
            }
            guard low < pieces.count, pieces[low].ticket == ticket, let work = pieces[low].work else { return nil }
            pieces[low].work = nil
            waitingCount -= 1
            return work
        }
    }

    func close() {
        locked {
            isClosed = true
            unsafe pthread_cond_broadcast(condition)
        }
    }

    func reopen() {
        locked { isClosed = false }
    }

    /// Does work until the queue is closed and empty; the body of a thread.
    func serve() {
        while let work = next() {
            work()
            locked { busyCount -= 1 }
        }
    }

    private func next() -> (@Sendable () -> Void)? {
        locked {
            while true {
                while head < pieces.count {
                    // Let go of at once: what it captured must not go away later, inside the lock.
                    let work = pieces[head].work.take()
                    head += 1
                    if head == pieces.count || head >= 1024 {
                        pieces.removeFirst(head)
                        head = 0
                    }
                    guard let work else { continue }
                    waitingCount -= 1
                    busyCount += 1
                    return work
                }
                if isClosed { return nil }
                unsafe pthread_cond_wait(condition, mutex)
            }
        }
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }
}
