"""This machine: disk, load, what the agent's log complains of, and how the last rehearsal sounded."""

from __future__ import annotations

import asyncio
import os
import shutil
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from phone_agent.doctor.findings import Finding, Ward, fine, odd, wrong

LEAST_BYTES, FEW_BYTES = 200_000_000, 2_000_000_000
BUSY = 1.0
"""The load per core above which every part is slow."""
MOST_OF_A_LOG = 20_000_000
COMPLAINTS = (
    ("error initializing process", "the machine was too busy to warm processes up", "try again when it is quiet"),
    ("the database failed", "the store could not be written", "check the disk and the rights of the database's file"),
    ("event loop blocked", "the agent itself was held up", "lower PHONE_AGENT_MAX_CALLS, or add cores"),
    ("cpu exhausted", "livekit-sip refused an outbound call on a busy machine", "raise max_cpu_utilization"),
    ("switching to next", "a provider failed and another took over", "`uv run phone-agent doctor --online`"),
    ('"level": "ERROR"', "errors", '`grep \'"level": "ERROR"\' .run/logs/agent.log`'),
)
"""What stands in the agent's log, what it means, and what to do."""
RECORDING = "call.wav"
WINDOW_S, QUIETEST = 0.1, 10
NOISY_DB, SILENT_DB = -45.0, -65.0


async def check_disk(ward: Ward) -> list[Finding]:
    return [await asyncio.to_thread(_disk, Path(ward.settings.database))]


async def check_load(ward: Ward) -> list[Finding]:
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load / cores > BUSY:
        said = f"The machine is busy (load {load:.1f} on {cores} cores): answers are slow, and calls may not be taken."
        return [odd(said, "see with `top` what runs beside the agent")]
    return [fine(f"load {load:.1f} on {cores} cores")]


async def check_log(ward: Ward) -> list[Finding]:
    path = ward.run_dir / "logs" / "agent.log"
    return await asyncio.to_thread(lambda: list(_complaints(path)))


async def check_last_recording(ward: Ward) -> list[Finding]:
    """What `phone-agent call` has kept: left the caller, right the agent."""
    return [await asyncio.to_thread(_recording, ward.run_dir / RECORDING)]


def _disk(database: Path) -> Finding:
    there = next(folder for folder in database.absolute().parents if folder.exists())
    free = shutil.disk_usage(there).free
    said = f"{free / 1e9:.1f} GB are free at {there}"
    if free < LEAST_BYTES:
        return wrong(
            f"{said}: soon no order can be kept.", "make room, or lower PHONE_AGENT_KEEP_DAYS and `phone-agent purge`"
        )
    return odd(f"{said}.", "make room") if free < FEW_BYTES else fine(said, free_bytes=free)


def _complaints(log: Path) -> Iterator[Finding]:
    if not log.exists():
        yield fine("no log of `make up` here; a worker of systemd logs to its journal")
        return
    with log.open("rb") as lines:
        lines.seek(max(0, log.stat().st_size - MOST_OF_A_LOG))
        text = lines.read().decode(errors="replace")
    counts = {words: text.count(words) for words, _, _ in COMPLAINTS}
    for words, meaning, mend in COMPLAINTS:
        if counts[words]:
            yield odd(f"{log}: {counts[words]} times {words!r}: {meaning}.", mend)
    if not any(counts.values()):
        yield fine(f"{log} complains of nothing")


def _recording(path: Path) -> Finding:
    if not path.exists():
        return fine("no recording of a rehearsal here (`phone-agent call` makes one)")
    with wave.open(str(path)) as recording:
        rate, channels = recording.getframerate(), recording.getnchannels()
        samples = np.frombuffer(recording.readframes(recording.getnframes()), dtype="<i2")
    sides = samples.reshape(-1, channels).astype(np.float64)
    caller, agent = _loudness(sides[:, 0], rate), _loudness(sides[:, -1], rate)
    if agent.max(initial=-120.0) < SILENT_DB:
        return odd(f"{path}: the agent was not heard in the last rehearsal.", "see the check `sound and call`")
    noise = float(np.percentile(caller, QUIETEST))
    if noise > NOISY_DB:
        said = f"{path}: the caller's side is noisy ({noise:.0f} dB): the end of a turn is noticed late."
        return odd(said, "mute or move the microphone; the keypad works in any noise")
    return fine(f"{path}: the agent is heard, the caller's side is quiet between words")


def _loudness(side: np.ndarray, rate: int) -> np.ndarray:
    """In dB of full scale, one figure per window."""
    window = max(int(rate * WINDOW_S), 1)
    whole = side[: len(side) // window * window].reshape(-1, window)
    power = np.sqrt((whole**2).mean(axis=1)) if len(whole) else np.zeros(1)
    return np.asarray(20 * np.log10(np.maximum(power, 0.03) / 32768))
