import pytest
from hypothesis import given
from hypothesis import strategies as st

from customcrm.contract.tasks import CreateTask, Task
from customcrm.errors import IdempotencyKeyReused
from customcrm.operations.ports import Writer
from customcrm.operations.repeats import Request, once
from tests.unit.fakes import START, FakeClock, fake_origin
from tests.unit.memory_backend import MemoryBackend

HOURS = 3600.0


class Maker:
    """Makes a new task each time it is let."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.backend = MemoryBackend()
        self._origin = fake_origin(self.clock)

    def ask(self, request: Request) -> tuple[Task, bool]:
        def make() -> Task:
            return Task(id=self._origin.new_id("task"), subject="S", due_date=START)

        def work(writer: Writer) -> tuple[Task, bool]:
            return once(writer, request, self._origin, make, Task)

        return self.backend.write(work)


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.mark.parametrize(
    ("key", "seconds", "made"),
    [
        (None, 0.0, False),
        (None, 59.9, False),
        (None, 60.1, True),
        ("k", 60.1, False),
        ("k", 24 * HOURS - 0.1, False),
        ("k", 24 * HOURS + 0.1, True),
    ],
)
def test_an_answer_is_kept_so_long(
    maker: Maker,
    key: str | None,
    seconds: float,
    made: bool,  # noqa: FBT001 - a row of the table
) -> None:
    request = Request("create_task", b"{}", key)
    first, _ = maker.ask(request)
    maker.clock.advance(seconds)
    again, made_again = maker.ask(request)
    assert made_again is made
    assert (again == first) is not made


def test_a_key_with_another_body_is_refused_and_the_first_answer_stays(maker: Maker) -> None:
    first, _ = maker.ask(Request("create_task", b"1", "k"))
    with pytest.raises(IdempotencyKeyReused):
        maker.ask(Request("create_task", b"2", "k"))
    assert maker.ask(Request("create_task", b"1", "k")) == (first, False)


def test_a_key_can_be_used_for_another_body_when_it_has_expired(maker: Maker) -> None:
    maker.ask(Request("create_task", b"1", "k"))
    maker.clock.advance(24 * HOURS + 0.1)
    assert maker.ask(Request("create_task", b"2", "k"))[1]


def test_the_same_key_on_another_operation_is_another_key(maker: Maker) -> None:
    maker.ask(Request("create_task", b"1", "k"))
    assert maker.ask(Request("create_activity", b"2", "k"))[1]


def test_a_key_is_not_taken_for_the_digest_of_a_body(maker: Maker) -> None:
    bare = Request("create_task", b"1")
    maker.ask(bare)
    assert maker.ask(Request("create_task", b"2", f"body {bare.digest}"))[1]


def test_what_could_not_be_made_leaves_no_answer(maker: Maker) -> None:
    request = Request("create_task", b"1", "k")

    def fail() -> Task:
        raise RuntimeError

    def work(writer: Writer) -> tuple[Task, bool]:
        return once(writer, request, fake_origin(maker.clock), fail, Task)

    with pytest.raises(RuntimeError):
        maker.backend.write(work)
    assert maker.ask(request)[1]


@given(st.text(min_size=1, max_size=255), st.binary(max_size=50))
def test_any_key_and_any_body_are_known_again(key: str, body: bytes) -> None:
    maker = Maker()
    requests = [Request("create_task", body, key), Request("create_task", body)]
    first = [maker.ask(request)[0] for request in requests]
    assert [maker.ask(request) for request in requests] == [(task, False) for task in first]
    assert first[0].id != first[1].id


def test_a_task_needs_only_a_subject() -> None:
    assert not CreateTask(subject="S").completed
