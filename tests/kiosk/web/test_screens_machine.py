"""Whatever happens, in whatever order, each screen shows what it may (R6, R7, R11)."""

from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.kiosk.web.machine import ScreensMachine

STEPS = 2000
NIGHT = 100  # steps

OURS = settings(
    max_examples=30,  # of about 74 steps each
    stateful_step_count=NIGHT,
    derandomize=True,
    database=None,
    print_blob=True,
    phases=[Phase.generate, Phase.shrink],  # to explain takes as long again
)


def test_after_every_step_each_screen_shows_exactly_what_it_may() -> None:
    begun = ScreensMachine.steps

    run_state_machine_as_test(ScreensMachine, settings=OURS)

    assert ScreensMachine.steps - begun >= STEPS
