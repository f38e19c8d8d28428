import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from customcrm.errors import SignInFailed, StoreUnavailable, TooManyAttempts
from customcrm.operations.accounts import throttle as module
from customcrm.operations.accounts.throttle import PER_ADDRESS, PER_EMAIL, PER_FAMILIAR, Throttle
from tests.unit.fakes import FakeClock

HOME, ELSEWHERE = "203.0.113.5", "198.51.100.7"
ANA = "ana@example.com"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def throttle(clock: FakeClock) -> Throttle:
    return Throttle(clock)


def fail(throttle: Throttle, address: str = HOME, email: str = ANA, times: int = 1) -> int:
    """Fail to sign in; returns how many of the attempts were let in."""
    let_in = 0
    for _ in range(times):
        with suppress(SignInFailed, TooManyAttempts), throttle.attempt(address, email):
            let_in += 1
            raise SignInFailed
    return let_in


def succeed(throttle: Throttle, address: str = HOME, email: str = ANA) -> None:
    with throttle.attempt(address, email):
        pass


def wait_of(throttle: Throttle, address: str = HOME, email: str = ANA) -> int:
    """Seconds that somebody has to wait; 0 if they are let in. The attempt is not counted."""
    try:
        with suppress(StoreUnavailable), throttle.attempt(address, email):
            raise StoreUnavailable
    except TooManyAttempts as error:
        return error.retry_after_seconds
    return 0


def from_everywhere(throttle: Throttle, times: int) -> int:
    """Fail for one email, each time from another address."""
    return sum(fail(throttle, f"192.0.2.{n}") for n in range(times))


def test_an_email_may_fail_some_times_and_then_once_in_a_while(
    throttle: Throttle, clock: FakeClock
) -> None:
    assert from_everywhere(throttle, 50) == PER_EMAIL.at_once
    assert wait_of(throttle) == PER_EMAIL.each.seconds
    clock.advance(PER_EMAIL.each.seconds - 1)
    assert wait_of(throttle) == 1
    clock.advance(1)
    assert from_everywhere(throttle, 50) == 1
    clock.advance(24 * 3600)
    assert from_everywhere(throttle, 50) == PER_EMAIL.at_once


def test_an_address_may_fail_some_times_whatever_the_email(
    throttle: Throttle, clock: FakeClock
) -> None:
    let_in = sum(fail(throttle, email=f"{n}@example.com") for n in range(50))
    assert let_in == PER_ADDRESS.at_once
    assert wait_of(throttle, email="new@example.com") == PER_ADDRESS.each.seconds
    assert wait_of(throttle, ELSEWHERE, "new@example.com") == 0
    clock.advance(PER_ADDRESS.each.seconds)
    assert wait_of(throttle, email="new@example.com") == 0


def test_a_flood_never_makes_the_wait_longer_than_half_a_minute(
    throttle: Throttle, clock: FakeClock
) -> None:
    for _ in range(100):
        from_everywhere(throttle, 50)
        assert wait_of(throttle) <= 30
        clock.advance(1)


def test_a_flood_from_elsewhere_does_not_keep_out_who_has_signed_in_here(
    throttle: Throttle,
) -> None:
    succeed(throttle)
    from_everywhere(throttle, 50)
    fail(throttle, ELSEWHERE, times=50)
    assert wait_of(throttle, ELSEWHERE) > 0
    assert wait_of(throttle) == 0
    succeed(throttle)


def test_where_somebody_has_signed_in_guessing_has_its_limit_too(throttle: Throttle) -> None:
    succeed(throttle)
    assert fail(throttle, times=50) == PER_FAMILIAR.at_once
    assert wait_of(throttle) == PER_FAMILIAR.each.seconds


def test_success_clears_the_email(throttle: Throttle) -> None:
    from_everywhere(throttle, PER_EMAIL.at_once - 1)
    succeed(throttle, ELSEWHERE)
    assert from_everywhere(throttle, 50) == PER_EMAIL.at_once


def test_success_with_ones_own_email_does_not_let_one_guess_others_on(
    throttle: Throttle,
) -> None:
    let_in = 0
    for n in range(100):
        let_in += fail(throttle, email=f"{n}@example.com")
        with suppress(TooManyAttempts):
            succeed(throttle, email="guesser@example.com")
    assert let_in <= PER_ADDRESS.at_once


def test_only_a_wrong_password_counts(throttle: Throttle) -> None:
    for _ in range(100):
        with pytest.raises(StoreUnavailable), throttle.attempt(HOME, ANA):
            raise StoreUnavailable
    assert fail(throttle, times=50) == PER_EMAIL.at_once


def test_all_spellings_of_an_email_are_one(throttle: Throttle) -> None:
    spellings = ["ana@example.com", " ANA@Example.COM ", "mailto:ana@example.com"]
    let_in = sum(fail(throttle, f"192.0.2.{n}", spellings[n % 3]) for n in range(50))
    assert let_in == PER_EMAIL.at_once


@pytest.mark.parametrize("email", ["", "no email", "x" * 100_000])
def test_what_is_no_email_is_forgiven_at_too(throttle: Throttle, email: str) -> None:
    assert sum(fail(throttle, f"192.0.2.{n}", email) for n in range(50)) == PER_EMAIL.at_once


def test_one_household_of_ipv6_is_one_address(throttle: Throttle) -> None:
    let_in = sum(fail(throttle, f"2001:db8::{n:x}", f"{n}@example.com") for n in range(50))
    assert let_in == PER_ADDRESS.at_once
    assert wait_of(throttle, "2001:db8:0:1::1", "new@example.com") == 0
    assert wait_of(throttle, "::ffff:203.0.113.9", "new@example.com") == 0


def test_ipv4_is_the_same_within_ipv6(throttle: Throttle) -> None:
    let_in = sum(fail(throttle, f"::ffff:203.0.113.{n}", f"{n}@example.com") for n in range(50))
    assert let_in == 50


def test_many_at_once_are_no_way_around_it(throttle: Throttle) -> None:
    start = threading.Barrier(30)

    def is_let_in(_: int) -> bool:
        try:
            with suppress(SignInFailed), throttle.attempt(HOME, ANA):
                start.wait(10)  # nobody fails before all have been let in, or refused
                raise SignInFailed
        except TooManyAttempts:
            start.wait(10)
            return False
        return True

    with ThreadPoolExecutor(30) as pool:
        assert sum(pool.map(is_let_in, range(30))) == PER_EMAIL.at_once


def test_a_clock_that_is_set_back_locks_nobody_out(throttle: Throttle, clock: FakeClock) -> None:
    fail(throttle, times=50)
    clock.advance(-10 * 24 * 3600)
    assert wait_of(throttle) <= 30


def test_it_remembers_a_bounded_number_and_forgets_the_oldest(
    monkeypatch: pytest.MonkeyPatch, throttle: Throttle
) -> None:
    monkeypatch.setattr(module, "MAX_REMEMBERED", 100)
    fail(throttle, times=PER_EMAIL.at_once)
    assert wait_of(throttle) > 0
    for n in range(1_000):
        fail(throttle, f"192.0.{n // 250}.{n % 250}", f"{n}@example.com")
        with suppress(TooManyAttempts):
            succeed(throttle, f"198.51.{n // 250}.{n % 250}", f"good{n}@example.com")
    meters = [throttle._emails, throttle._addresses, throttle._pairs]  # noqa: SLF001 - how much it holds is seen nowhere else
    held = [len(meter._forgiven_at) for meter in meters]  # noqa: SLF001 - as above
    assert max(*held, len(throttle._familiar)) == 100  # noqa: SLF001 - as above
    assert wait_of(throttle) == 0
