"""Writes the vocabulary that outlines are measured with: the first tokens of o200k_base, in order of rank.

o200k_base comes from OpenAI's tiktoken, under the MIT licence.
"""

from __future__ import annotations

import zlib
from pathlib import Path

import bpe_openai

TOKENS = 30_000
TARGET = Path(__file__).parent.parent / "src/miro_mcp/text/vocabulary.bin"


def main() -> None:
    encoding = bpe_openai.get_encoding("o200k_base")
    tokens = (encoding.decode_single_token_bytes(rank) for rank in range(TOKENS))
    TARGET.write_bytes(zlib.compress(b"".join(bytes([len(token)]) + token for token in tokens), 9))


if __name__ == "__main__":
    main()
