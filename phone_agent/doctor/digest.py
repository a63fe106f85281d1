"""The answer to a SIP server that asks who is ringing (RFC 2617, MD5)."""

from __future__ import annotations

from hashlib import md5
from secrets import token_hex

from sipmessage import AuthChallenge, AuthCredentials, AuthParameters

COUNT = "00000001"


def answer_to(challenge: AuthChallenge, method: str, uri: str, username: str, password: str) -> AuthCredentials:
    asked = challenge.parameters
    realm, nonce = asked.get("realm", ""), asked.get("nonce", "")
    secret = _hash(f"{username}:{realm}:{password}")
    what = _hash(f"{method}:{uri}")
    given = {"username": username, "realm": realm, "nonce": nonce, "uri": uri, "algorithm": "MD5"}
    if "auth" in asked.get("qop", "").split(","):
        mine = token_hex(8)
        given |= {"qop": "auth", "nc": COUNT, "cnonce": mine}
        given["response"] = _hash(f"{secret}:{nonce}:{COUNT}:{mine}:auth:{what}")
    else:
        given["response"] = _hash(f"{secret}:{nonce}:{what}")
    if "opaque" in asked:
        given["opaque"] = asked["opaque"]
    return AuthCredentials("Digest", AuthParameters(**given))


def _hash(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
