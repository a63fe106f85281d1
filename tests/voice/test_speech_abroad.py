"""Figures in Spanish as they are spoken, and the voice that speaks them."""

from __future__ import annotations

import pytest

from phone_agent.languages import load_language
from phone_agent.languages.speech import speech_of
from phone_agent.ordering.language import ENGLISH, Tongue, adopt
from phone_agent.voice.offline.speakable_abroad import speakable_abroad
from phone_agent.voice.offline.tts import OfflineTTS, clauses

SAID = [
    ("Son $31.98.", "Son treinta y un dólares con noventa y ocho centavos."),
    ("Cuesta $1.00.", "Cuesta un dólar."),
    ("Son $21.01.", "Son veintiún dólares con un centavo."),
    ("Cuesta $0.50.", "Cuesta cincuenta centavos."),
    ("Su número es #012.", "Su número es cero uno dos."),
    ("Llame al 407-555-0133.", "Llame al cuatro cero siete, cinco cinco cinco, cero uno tres tres."),
    ("listo hoy a la 1:30 de la tarde", "listo hoy a la una treinta de la tarde"),
    ("oprima 2 o 10 %", "oprima dos o diez por ciento"),
]


@pytest.mark.parametrize(("written", "spoken"), SAID)
def test_figures_are_said_as_words(written: str, spoken: str) -> None:
    assert speakable_abroad(written, speech_of("es")) == spoken


def test_a_text_is_cut_into_clauses_in_either_language() -> None:
    spanish = [words for words, _ in clauses("Son $2.00. ¿Algo más?", load_language("es"))]

    assert spanish == ["Son dos dólares.", "¿Algo más?"]
    assert next(words for words, _ in clauses("That is $2.00. Anything else?", ENGLISH)) == "That is two dollars."


async def test_the_voice_is_that_of_the_calls_language() -> None:
    tts, tongue = OfflineTTS(), Tongue()
    adopt(tongue)
    english = b"".join([bytes(f.frame.data) async for f in tts.synthesize("no")])
    tongue.speak(load_language("es"), {})

    spanish = b"".join([bytes(f.frame.data) async for f in tts.synthesize("no")])

    adopt(Tongue())
    assert len(spanish) > 3000
    assert spanish != english
    assert tts.voice_of(load_language("es")).abroad == "es-419"
