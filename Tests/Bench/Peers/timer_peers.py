"""What timers of other frameworks cost: timer_peers.py twisted|asyncio|uvloop COUNT. The same work as bench-timers."""

import sys
import time


def twisted():
    from twisted.internet import epollreactor

    epollreactor.install()
    from twisted.internet import reactor

    return reactor.callLater, lambda call: call.cancel(), reactor.run, reactor.stop


def asyncio(make=None):
    import asyncio

    loop = (make or asyncio.new_event_loop)()
    return loop.call_later, lambda call: call.cancel(), loop.run_forever, loop.stop


def uvloop():
    import uvloop

    return asyncio(uvloop.new_event_loop)


def nanoseconds(number, body):
    began = time.perf_counter_ns()
    body()
    return (time.perf_counter_ns() - began) // number


def main():
    later, cancel, run, stop = {"twisted": twisted, "asyncio": asyncio, "uvloop": uvloop}[sys.argv[1]]()
    count = int(sys.argv[2])
    kept = (count + 9) // 10
    fired = 0
    calls = []

    def fire():
        nonlocal fired
        fired += 1
        if fired == kept:
            stop()

    def schedule():
        for index in range(count):
            calls.append(later(index * 7919 % 1_000_000 / 1e6, fire))

    def cancel_most():
        for index, call in enumerate(calls):
            if index % 10:
                cancel(call)

    scheduling = nanoseconds(count, schedule)
    cancelling = nanoseconds(count - kept, cancel_most)
    calls.clear()
    time.sleep(2)
    print(f"RESULT schedule_ns={scheduling} cancel_ns={cancelling} fire_ns={nanoseconds(kept, run)}")


if __name__ == "__main__":
    main()
