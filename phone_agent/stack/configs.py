"""The servers' configuration files: short templates in stack/, filled for one run."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from string import Template

from phone_agent.stack.errors import StackError
from phone_agent.stack.ports import Ports

REPO = Path(__file__).parents[2]
FOLDER = REPO / "stack"
TEMPLATES = ("redis.conf", "livekit.yaml", "sip.yaml")
SECRET_BYTES = 20


def new_secret() -> str:
    return secrets.token_hex(SECRET_BYTES)


def write_configs(
    run_dir: Path, ports: Ports, api_key: str, api_secret: str, templates: Path = FOLDER, *, webhook: str = ""
) -> dict[str, Path]:
    """Fills every template into run_dir/config; the files hold the secret, so only their owner may read them.

    `webhook`: whom LiveKit's server tells what happens; nobody where it is empty.
    """
    values = {
        "RUN_DIR": str(run_dir),
        "REDIS_PORT": str(ports.redis),
        "LIVEKIT_PORT": str(ports.livekit),
        "MEDIA_PORT": str(ports.media),
        "SIP_PORT": str(ports.sip),
        "SIP_HOST": ports.sip_host,
        "RTP_PORTS": ports.rtp,
        "API_KEY": api_key,
        "API_SECRET": api_secret,
        "WEBHOOK_URLS": f"[{webhook}]",
    }
    folder = run_dir / "config"
    folder.mkdir(parents=True, exist_ok=True)
    return {name: write_private(folder / name, _filled(templates / name, values)) for name in TEMPLATES}


def write_private(path: Path, text: str) -> Path:
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text)
    return path


def _filled(template: Path, values: Mapping[str, str]) -> str:
    try:
        return Template(template.read_text()).substitute(values)
    except KeyError as error:
        raise StackError(f"{template} asks for {error}; known are {', '.join(sorted(values))}.") from error
