"""The certificates this process trusts, read once: each client would read them all again, in the middle of a call."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """Those of httpx and those of this machine; SSL_CERT_FILE and SSL_CERT_DIR count, as everywhere."""
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context
