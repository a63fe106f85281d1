"""Names that callers say: found in the words around them, and spelt as they were written."""

from __future__ import annotations

from phone_agent.understanding.phrase_index import command_at
from phone_agent.understanding.tokens import Words, content_of, word_set, words_in

NAMED = ("my name is", "the name is", "name is", "my name", "call me", "it is under", "put it under", "under the name")
ANSWERED = (*NAMED, "it is", "this is", "i am", "for", "under", "that is", "it is for")
AGREED = word_set("yes yeah yep sure okay well so oh hi hello")
NO_NAMES = word_set(
    """
    me home here not no yes okay all it that this done ready hungry good fine sorry calling looking going a an the
    nothing none back later again soon now today tonight tomorrow
    """
)
MOST_WORDS_OF_A_NAME = 3
PUNCTUATION = ' ,.;:!?"()'


def name_in(utterance: str) -> str | None:
    """The answer to "May I have a name?": a few words, and nothing that is a wish."""
    words = content_of(words_in(utterance))
    while len(words) > 1 and words[0] in AGREED:
        words = words[1:]
    words = opened(words, ANSWERED) or words
    if "for" in words[1:]:
        words = words[: words.index("for", 1)]
    return name_of(words, utterance)


def opened(words: Words, openings: tuple[str, ...]) -> Words | None:
    """What follows the longest of the openings that the words begin with."""
    for opening in sorted(openings, key=len, reverse=True):
        said = tuple(opening.split())
        if words[: len(said)] == said and len(words) > len(said):
            return words[len(said) :]
    return None


def is_answer_with_name(utterance: str, name: str) -> bool:
    """After words that only names follow, or where nothing could open a wish; "that's right" is no name."""
    words = content_of(words_in(utterance))
    while len(words) > 1 and words[0] in AGREED:
        words = words[1:]
    is_opened = opened(words, ANSWERED) is not None or command_at(words, 0) is None
    return is_opened and command_at(content_of(words_in(name)), 0) is None


def name_of(words: Words, utterance: str) -> str | None:
    is_name = 0 < len(words) <= MOST_WORDS_OF_A_NAME and all(word.isalpha() and word not in NO_NAMES for word in words)
    return spelt_as_name(_as_written(words, utterance)) if is_name else None


def _as_written(words: Words, utterance: str) -> str:
    """ "O'Neill", "José", "Jean-Luc": the parser's words have lost their accents, apostrophes and hyphens."""
    pieces = [piece.strip(PUNCTUATION) for piece in utterance.split()]
    for start in range(len(pieces)):
        for end in range(start + 1, len(pieces) + 1):
            if words_in(" ".join(pieces[start:end])) == words:
                return " ".join(pieces[start:end])
    return " ".join(words)


def spelt_as_name(name: str) -> str:
    """ "McDonald" stays; "maria" and "MARIA" are "Maria"."""
    return " ".join(word.title() if word.islower() or word.isupper() else word for word in name.split())
