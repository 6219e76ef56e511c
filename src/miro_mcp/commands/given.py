"""The settings that a command line gives."""

from __future__ import annotations

import argparse
import os

from ..settings import OPTIONS


def given_settings(options: argparse.Namespace) -> dict[str, str]:
    """The settings given as options, by their variables."""
    variables = (option.variable for option in OPTIONS)
    return {variable: value for variable in variables if (value := getattr(options, variable, None)) is not None}


def environment_of(options: argparse.Namespace) -> dict[str, str]:
    """The environment's variables, with the options that were given over them."""
    given = given_settings(options)
    if given.get("MIRO_SANDBOX") == "1" and os.sep in os.environ.get("MIRO_SANDBOX", ""):
        del given["MIRO_SANDBOX"]  # A bare --sandbox keeps the file that the environment names.
    return os.environ | given
