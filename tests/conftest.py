"""What holds for the whole run of the tests."""

from collections.abc import Iterator

import pytest

from miro_mcp.workers.pool import end_idle


@pytest.fixture(scope="session", autouse=True)
def _workers_end_with_the_run() -> Iterator[None]:
    """Those that are idle end by themselves, and so write down what of the code they have covered."""
    yield
    end_idle()
