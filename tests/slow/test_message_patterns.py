"""Bodies of one pattern, repeated: none of them may take long to sanitize, or to get text from."""

import time
from itertools import product

from customcrm.crm.message_text import message_text
from customcrm.dashboard.sanitise import MAX_LENGTH, sanitised
from tests.unit.dashboard.test_sanitise import LETTERS

SIZE = 100_000


def test_no_pattern_of_three_characters_takes_long() -> None:
    slow = {}
    for three in product(LETTERS, repeat=3):
        pattern = "".join(three)
        began = time.process_time()
        sanitised((pattern * MAX_LENGTH)[:MAX_LENGTH], images=True)
        taken = time.process_time() - began
        if taken > 0.3:  # seconds of CPU
            slow[pattern] = taken
    assert slow == {}


def test_the_text_of_no_pattern_of_three_characters_takes_long() -> None:
    slow = {}
    for three in product(LETTERS, repeat=3):
        pattern = "".join(three)
        began = time.process_time()
        message_text((pattern * SIZE)[:SIZE])
        taken = time.process_time() - began
        if taken > 0.5:  # seconds of CPU; the square would be many
            slow[pattern] = taken
    assert slow == {}
