"""Print what CPython's secrets module returns for known random bytes.

    python3 testdata/cpython.py > testdata/cpython.json

Every case reads a stream of its own: the SHA-256 digests of the numbers n,
n+1, n+2 and so on, each written as eight bytes in big-endian order, where n is
the argument of the call. A result of more than 100 characters stands as
"sha256:" and the digest of those characters. Bytes are written in hexadecimal.
"""

import hashlib
import json
import os
import platform
import random
import secrets


class Stream:
    """What os.urandom is replaced by."""

    def __init__(self, n):
        self.n, self.rest = n, b""

    def __call__(self, size):
        blocks = [self.rest]
        have = len(self.rest)
        while have < size:
            block = hashlib.sha256(self.n.to_bytes(8, "big")).digest()
            blocks.append(block)
            have += len(block)
            self.n += 1
        data = b"".join(blocks)
        self.rest = data[size:]
        return data[:size]


def call(function, n):
    os.urandom = random._urandom = Stream(n)
    return function(n)


def text(s):
    if len(s) <= 100:
        return s
    return "sha256:" + hashlib.sha256(s.encode("ascii")).hexdigest()


def results(function, numbers, show):
    return {str(n): text(show(call(function, n))) for n in numbers}


# All short lengths, those around every multiple of a power of two that a buffer
# could have as its size, and a long one.
lengths = sorted(
    set(range(101))
    | {m + d for m in (128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 2304, 4096)
       for d in (-1, 0, 1)}
    | {65536}
)
bits = sorted(
    set(range(601))
    | {m + d for m in (1024, 2048, 4096, 8192) for d in (-9, -8, -7, -1, 0, 1, 7, 8, 9)}
)

digests = [
    ("", ""),
    ("", "a"),
    ("a", ""),
    ("a", "a"),
    ("a", "b"),
    ("abc", "abcd"),
    ("abcd", "abc"),
    ("abc", "xbc"),
    ("abc", "abx"),
    ("abc", "ABC"),
    ("\0", ""),
    ("\0", "\0"),
    ("abc\0", "abc"),
    ("abc\0x", "abc\0y"),
    ("k" * 1000, "k" * 1000),
    ("k" * 1000, "k" * 999),
    ("k" * 999 + "q", "k" * 1000),
    ("q" + "k" * 999, "k" * 1000),
]

print(json.dumps({
    "python": platform.python_implementation() + " " + platform.python_version(),
    "token_bytes": results(secrets.token_bytes, lengths, lambda b: b.hex()),
    "token_hex": results(secrets.token_hex, lengths, str),
    "token_urlsafe": results(secrets.token_urlsafe, lengths, str),
    "randbits": results(secrets.randbits, bits, hex),
    "compare_digest": [
        {"a": a, "b": b, "str": secrets.compare_digest(a, b),
         "bytes": secrets.compare_digest(a.encode(), b.encode())}
        for a, b in digests
    ],
}, indent=0, sort_keys=False))
