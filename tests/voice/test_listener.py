"""Where utterances begin and end, and what is made of them."""

from collections.abc import Iterator

import pytest

from phone_agent.voice.offline.listener import Listener
from phone_agent.voice.offline.recognizer import Recognizer
from tests.voice.food import food
from tests.voice.telephone import hiss, silence, spoken

SENTENCES = ["i'd like two spring rolls and a pad thai", "yes", "no", "one", "how much is the grilled salmon"]


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer(food())


@pytest.fixture
def listener(recognizer: Recognizer) -> Iterator[Listener]:
    recognizer.forget_line()
    listener = Listener(recognizer)
    listener.use(food())
    yield listener
    listener.stop()


def hear(listener: Listener, pcm: bytes) -> list[str | None]:
    said: list[str | None] = []
    for start in range(0, len(pcm), 1600):
        listener.hear(pcm[start : start + 1600])
        said += settled(listener)
    return said


def settled(listener: Listener) -> list[str | None]:
    while listener.work():
        pass
    return [heard.text if heard else None for heard in listener.finals()]


def end_turn(listener: Listener) -> list[str | None]:
    listener.end_turn()
    return settled(listener)


@pytest.mark.hearing
@pytest.mark.parametrize("voice", ["rms", "kal16"])
@pytest.mark.parametrize(
    "sentence",
    ["i'd like two spring rolls and a pad thai", "yes", "no", "one", "how much is the grilled salmon"],
)
def test_a_sentence_is_heard_when_the_turn_ends(listener: Listener, voice: str, sentence: str) -> None:
    early = hear(listener, silence(1) + spoken(sentence, voice) + silence(0.3))

    assert early == []
    assert end_turn(listener) == [sentence]


def test_words_are_shown_while_the_caller_speaks(listener: Listener) -> None:
    hear(listener, silence(0.5) + spoken("i'd like two strawberry cheesecakes and a pad thai"))

    assert listener.so_far().startswith("i'd like two strawberry")


@pytest.mark.parametrize("noise_db", [-60.0, -45.0, -35.0])
def test_minutes_of_noise_say_nothing(listener: Listener, noise_db: float) -> None:
    assert hear(listener, hiss(60, noise_db)) == []
    assert end_turn(listener) == []
    assert listener.so_far() == ""


def test_a_sentence_with_no_end_of_turn_is_heard_after_a_while(listener: Listener) -> None:
    assert hear(listener, spoken("that's all") + silence(2.5)) == ["that's all"]


def test_a_sentence_cut_in_the_middle_is_heard_whole(listener: Listener) -> None:
    hear(listener, silence(0.5) + spoken("i'd like three") + silence(0.2))
    cut = end_turn(listener)
    rest = hear(listener, spoken("strawberry cheesecakes") + silence(0.3))

    assert cut == rest == []
    assert end_turn(listener) == ["i'd like three strawberry cheesecakes"]


def test_half_a_sentence_alone_is_unclear(listener: Listener) -> None:
    hear(listener, silence(0.5) + spoken("how much is the") + silence(0.2))

    assert end_turn(listener) == []
    assert hear(listener, silence(1)) == [None]


def test_two_turns_do_not_mix(listener: Listener) -> None:
    hear(listener, spoken("two spring rolls") + silence(0.3))
    first = end_turn(listener)
    hear(listener, silence(1) + spoken("yes please") + silence(0.3))

    assert first == ["two spring rolls"]
    assert end_turn(listener) == ["yes please"]
