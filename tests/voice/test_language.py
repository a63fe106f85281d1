"""The files that a grammar's language is kept in."""

from pathlib import Path
from random import Random

import pytest

from phone_agent.voice.offline.grammar import Grammar
from phone_agent.voice.offline.jsgf import Sentences
from phone_agent.voice.offline.language import Language, language_of
from phone_agent.voice.offline.rivals import is_rival, rivals_of
from phone_agent.voice.offline.trigrams import Trigrams

JSGF = (
    "#JSGF V1.0;\ngrammar g;\npublic <g> = (can | could) i get [a] <dish> [please];\n<dish> = green curry | massaman;\n"
)
READ_BACK = "#JSGF V1.0;\ngrammar r;\npublic <r> = yes | no | yes please | massaman;\n"


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Language:
    return language_of(Grammar.spoken(JSGF, READ_BACK), tmp_path_factory.mktemp("language"))


def sounds_in(language: Language) -> dict[str, str]:
    return dict(line.split(" ", 1) for line in language.dictionary.read_text().splitlines())


def chance_of(gram: str, arpa: Path) -> float:
    return next(float(line.split("\t")[0]) for line in arpa.read_text().splitlines() if line.split("\t")[1:2] == [gram])


def test_words_that_always_stand_together_are_one_phrase() -> None:
    drawn = {phrase for sentences in [Sentences(JSGF)] for _ in range(200) for phrase in sentences.draw()}

    assert drawn == {"can", "could", "i get", "a", "green curry", "massaman", "please"}


def test_a_phrase_has_the_sounds_of_its_words(language: Language) -> None:
    sounds = sounds_in(language)

    assert sounds["green_curry"] == "G R IY N K AH R IY"
    assert sounds["green_curry(2)"] == "G R IY N K ER IY"
    assert sounds["massaman"] == "M AE S AE M AH N"


def test_a_phrase_may_also_be_said_word_by_word(language: Language) -> None:
    together, apart = (chance_of(gram, language.model) for gram in ("i_get green_curry", "green curry"))

    assert apart > together - 2


def test_a_read_back_is_listened_to_with_its_own_odds(language: Language) -> None:
    assert language.read_back is not None
    assert chance_of("<s> yes", language.read_back) > -2
    assert "<s> yes" not in language.model.read_text()


def test_a_grammar_with_no_read_back_has_one_model(tmp_path: Path) -> None:
    assert language_of(Grammar.spoken(JSGF), tmp_path).read_back is None


def test_what_is_nearly_a_yes_is_listened_for_as_itself(language: Language) -> None:
    sounds = sounds_in(language)

    assert sounds["~LEHS"] == "L EH S"
    assert sounds["~EHS"] == "EH S"
    assert all(sounds[f"yes{variant}"] not in rival_sounds(sounds) for variant in ("", "(2)"))


def rival_sounds(sounds: dict[str, str]) -> set[str]:
    return {sound for word, sound in sounds.items() if is_rival(word)}


def test_a_word_that_begins_with_a_vowel_has_no_rivals() -> None:
    assert rivals_of(["AO R D ER"]) == {}


def test_three_words_that_met_once_are_forgotten() -> None:
    chance = Random(1)
    model = Trigrams([["a", "b", "c"], ["a", "b", "d"], ["a", "b", "d"], *([chance.choice("xyz")] for _ in range(9))])

    assert "a b d" in model.arpa()
    assert "a b c" not in model.arpa()
    assert "b c" in model.arpa()
