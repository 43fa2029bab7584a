import Glibc

/// Runs Swift tasks on a reactor's thread, by way of its mailbox.
final class ReactorExecutor: TaskExecutor {
    private let box: MailboxBox

    init(box: MailboxBox) {
        self.box = box
    }

    func enqueue(_ job: consuming ExecutorJob) {
        box.deposit(UnownedJob(job))
    }

    func run(_ job: UnownedJob) {
        unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
}

/// Carries a value that may not travel into a task that runs on the reactor's own thread.
///
/// `@unchecked Sendable` holds because the value is made on the reactor's thread and the task that
/// receives it runs only there, by executor preference; the value never is touched anywhere else.
struct HomeboundBox<Value>: @unchecked Sendable {
    let value: Value
}
