import asyncio
import sys
import wave
from pathlib import Path

import numpy as np
import psutil
import pytest

from phone_agent.rehearsal.baresip import SoftphoneError
from phone_agent.rehearsal.softphone import CallEndedError, Softphone
from phone_agent.rehearsal.sound import loud_samples

from .conftest import Line

pytestmark = pytest.mark.softphone

CLOCK_S = 0.03
ORPHAN = """
import asyncio, os
from pathlib import Path
from phone_agent.rehearsal.softphone import Softphone
async def main():
    await Softphone.open(workdir=Path({workdir!r}))
    print("open", flush=True)
    os.kill(os.getpid(), 9)
asyncio.run(main())
"""


async def test_what_one_phone_plays_the_other_hears(line: Line, sentence: bytes) -> None:
    spoken = await line.caller.play(sentence)
    await asyncio.sleep(0.1)
    heard = line.callee.recording.heard
    loud = loud_samples(heard.pcm)

    assert len(loud) > 0.9 * len(loud_samples(sentence))
    assert spoken.started < heard.time_of(int(loud[0])) < spoken.started + CLOCK_S
    assert spoken.finished < heard.time_of(int(loud[-1])) < spoken.finished + CLOCK_S


async def test_a_second_utterance_is_heard_whole(line: Line, sentence: bytes) -> None:
    await line.caller.play(sentence)
    between = line.callee.recording.heard.samples
    second = await line.caller.play(sentence)
    await asyncio.sleep(0.1)
    heard = line.callee.recording.heard
    loud = loud_samples(heard.pcm[2 * between :]) + between

    assert heard.time_of(int(loud[0])) - second.started == pytest.approx(0.02, abs=0.01)
    assert loud[-1] - loud[0] == pytest.approx(loud_samples(sentence)[-1] - loud_samples(sentence)[0], abs=80)


async def test_keys_arrive_in_order_with_gaps(line: Line) -> None:
    await line.caller.press("12*0#")
    await asyncio.sleep(0.2)
    digits = line.callee.digits_received
    gaps = np.diff([pressed.at for pressed in digits])

    assert "".join(pressed.digit for pressed in digits) == "12*0#"
    assert all(0.2 < gap < 0.4 for gap in gaps)


async def test_five_fast_presses_are_five_digits(line: Line, sentence: bytes) -> None:
    speaking = asyncio.create_task(line.caller.play(sentence))
    for _ in range(5):
        await line.caller.press("1")
    await speaking
    await asyncio.sleep(0.2)

    assert [pressed.digit for pressed in line.callee.digits_received] == ["1"] * 5


async def test_hanging_up_closes_both_ends(line: Line) -> None:
    await line.caller.hang_up()
    reason = await asyncio.wait_for(line.callee.closed, 2)

    assert reason == "Connection reset by peer"
    with pytest.raises(CallEndedError):
        await line.caller.press("1")


async def test_the_far_end_hanging_up_ends_an_utterance(line: Line, sentence: bytes) -> None:
    speaking = asyncio.create_task(line.caller.play(sentence * 4))
    await asyncio.sleep(0.5)
    await line.callee.hang_up()

    with pytest.raises(CallEndedError):
        await asyncio.wait_for(speaking, 2)


async def test_a_cancelled_utterance_breaks_off(line: Line, sentence: bytes) -> None:
    speaking = asyncio.create_task(line.caller.play(sentence * 4))
    await asyncio.sleep(1.0)
    speaking.cancel()
    await asyncio.wait((speaking,))
    silent_from = line.callee.recording.heard.samples
    await asyncio.sleep(0.5)
    heard = line.callee.recording.heard

    assert len(loud_samples(heard.pcm))
    assert not len(loud_samples(heard.pcm[2 * (silent_from + 800) :]))


async def test_a_refused_call_says_why(line: Line) -> None:
    async with await Softphone.open() as caller:
        with pytest.raises(CallEndedError, match="404 Not Found"):
            await caller.dial(f"sip:nobody@127.0.0.1:{line.callee.sip_port}")


@pytest.mark.parametrize("number", ["+14075550142", None])
async def test_the_callee_sees_who_is_calling(number: str | None) -> None:
    async with (
        await Softphone.open(from_number="b", answers=True) as callee,
        await Softphone.open(None, number) as caller,
    ):
        await caller.dial(f"sip:b@127.0.0.1:{callee.sip_port}")
        await callee.wait_until_answered()

    expected = f"sip:{number}@127.0.0.1" if number else "sip:anonymous@anonymous.invalid"
    assert callee.peer == expected


async def test_a_number_cannot_smuggle_settings_in() -> None:
    with pytest.raises(SoftphoneError):
        await Softphone.open(from_number="1>;answermode=auto")


async def test_a_taken_port_is_an_error(line: Line) -> None:
    with pytest.raises(SoftphoneError, match="did not start"):
        await Softphone.open(sip_listen_port=line.caller.sip_port)


async def test_five_calls_at_once_do_not_mix(sentence: bytes) -> None:
    callees = [await Softphone.open(from_number=f"r{n}", answers=True) for n in range(5)]
    callers = [await Softphone.open(from_number=f"+1407555014{n}") for n in range(5)]
    try:
        for n, (caller, callee) in enumerate(zip(callers, callees, strict=True)):
            await caller.dial(f"sip:r{n}@127.0.0.1:{callee.sip_port}")
        await asyncio.gather(*(caller.play(sentence) for caller in callers))
        await asyncio.gather(*(caller.press(str(n)) for n, caller in enumerate(callers)))
        await asyncio.sleep(0.3)
    finally:
        await asyncio.gather(*(phone.close() for phone in [*callers, *callees]))

    assert [[p.digit for p in callee.digits_received] for callee in callees] == [[str(n)] for n in range(5)]
    assert [callee.peer for callee in callees] == [f"sip:+1407555014{n}@127.0.0.1" for n in range(5)]


async def test_the_recording_has_both_sides_in_time(line: Line, sentence: bytes, tmp_path: Path) -> None:
    first = await line.caller.play(sentence)
    second = await line.callee.play(sentence)
    await line.caller.hang_up()
    await line.caller.close()
    line.caller.recording.save(tmp_path / "call.wav")
    with wave.open(str(tmp_path / "call.wav")) as wav:
        both = np.frombuffer(wav.readframes(wav.getnframes()), dtype="<i2").reshape(-1, 2)
    left, right = (loud_samples(both[:, side].tobytes())[0] for side in (0, 1))

    assert (right - left) / 8000 == pytest.approx(second.started - first.started + 0.02, abs=CLOCK_S)


async def test_a_killed_caller_leaves_no_softphone(tmp_path: Path) -> None:
    code = ORPHAN.format(workdir=str(tmp_path))
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    await asyncio.sleep(1.0)

    assert said == b"open\n"
    assert phones_of(tmp_path) == []


def phones_of(folder: Path) -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["cmdline", "status"])
        if any(str(folder) in word for word in process.info["cmdline"] or [])
        and process.info["status"] != psutil.STATUS_ZOMBIE
        and "baresip" in process.info["cmdline"][0]
    ]
