from collections.abc import Iterator

import pytest

from tests.integration.dashboard.desk import House, house


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("crm")) as one:
        yield one
