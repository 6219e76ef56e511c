"""A server that is killed loses nothing: the log says what was done, and the next call finishes what was begun."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import kills
import pytest
from diagrams import sandbox_at_a_port

pytestmark = pytest.mark.slow


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[kills.Ground]:
    with sandbox_at_a_port(tmp_path) as board:
        yield kills.Ground(board, tmp_path)


@pytest.mark.parametrize("scene", kills.SCENES, ids=lambda scene: scene.name)
def test_the_same_call_finishes_what_was_cut_off(scene: kills.Scene, ground: kills.Ground) -> None:
    async def run() -> None:
        rng = random.Random(scene.name)
        wanted, changes = await kills.whole(ground, scene)
        for _ in range(2):
            await kills.kill_and_call_again(ground, scene, wanted, changes, rng)
        assert ground.killed

    asyncio.run(run())


def test_the_log_of_a_batch_says_which_steps_were_done(ground: kills.Ground) -> None:
    async def run() -> None:
        for seed in range(2):
            await kills.kill_a_batch(ground, random.Random(seed))
        assert ground.killed

    asyncio.run(run())


def test_a_diagram_is_drawn_and_changed_on_a_bad_day(ground: kills.Ground) -> None:
    async def run() -> None:
        draws, changes = await kills.draw_on_a_bad_day(ground, 20, random.Random(3), 0.03)
        assert max(draws, changes) <= 3

    asyncio.run(run())
