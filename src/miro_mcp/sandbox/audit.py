"""The audit log: what the sandbox's operations leave in it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from ..catalogue import READ
from .handling import Call, Handler, Reply
from .identity import ORGANIZATION_ID
from .store import Document, Store

