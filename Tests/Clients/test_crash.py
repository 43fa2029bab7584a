"""The machine dies again and again, and nothing anybody read is lost.

CRASH_CYCLES sets how often (200), CRASH_SEED which random moments; a failure prints the seed and the cycle.
"""

import os
import random

import pytest
from harness.ledger import Contradiction
from harness.server import Server
from harness.troupe import Troupe

CYCLES = int(os.environ.get("CRASH_CYCLES", "200"))
SEED = os.environ.get("CRASH_SEED") or str(random.randrange(10**9))
CHECK_EVERY = 10
# The control tells of a turn some tenths of a millisecond before it is in the file; one crash in ten to sixty falls
# into that gap, more on an idle machine.
CONTROL_CYCLES = 1000


def test_whatever_was_read_is_true_after_a_crash(data, record_property):
    troupe = Troupe(data, SEED)
    troupe.prepare()
    for cycle in range(CYCLES):
        troupe.run_cycle(check_store=cycle % CHECK_EVERY == CHECK_EVERY - 1)
    # The last crash is checked by one more life.
    troupe.run_cycle(check_store=True)
    record_property("commands", troupe.commands)
    assert troupe.commands > CYCLES, "the players hardly played"
    assert troupe.uncertain > CYCLES / 20, "the crashes hit nothing under way"
    print(f"\n{CYCLES} crashes, {troupe.commands} commands answered, {troupe.uncertain} under way at a crash")


@pytest.mark.control
def test_a_server_that_answers_too_early_is_caught(data):
    options = ["--control-early-release"]
    with Server(data, options=options) as server:
        assert "early release" in server.complaint().lower()
    troupe = Troupe(data, SEED, options)
    troupe.prepare()
    with pytest.raises(Contradiction) as caught:
        for _ in range(CONTROL_CYCLES):
            troupe.run_cycle()
    assert "must be" in str(caught.value) or "vanished" in str(caught.value)
    print(f"\ncaught after {troupe.cycle} crashes")
