"""The espeak-ng library from its PyPI wheel: phonemes of words, and speech where flite is not installed."""

import ctypes
import threading
from collections.abc import Callable
from functools import lru_cache

import espeakng_loader

SAMPLE_RATE = 22050
ENGLISH = "en-us"
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_IPA_SEPARATED_BY_UNDERSCORE = (ord("_") << 8) | 0x02
_POSITION_CHARACTER = 1

_OnSamples = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """One per process: the library keeps its state in globals, so every use holds the lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        if self._library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DO_NOT_EXIT) != SAMPLE_RATE:
            raise OSError(f"espeak-ng could not be started with the data in {data.decode()}")
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self._library.espeak_SetVoiceByName(ENGLISH.encode())

    def phonemes(self, word: str) -> list[str]:
        """The IPA symbols of one word, stress marks included."""
        text = ctypes.c_char_p(word.encode())
        with self._lock:
            said = self._library.espeak_TextToPhonemes(ctypes.byref(text), _UTF8, _IPA_SEPARATED_BY_UNDERSCORE)
        return [symbol for part in said.decode().split() for symbol in part.split("_") if symbol]

    def speak(self, text: str, voice: str = ENGLISH) -> bytes:
        """The text as 16-bit mono PCM at SAMPLE_RATE; `voice`: one of espeak-ng's, such as "es-419"."""
        pieces: list[bytes] = []
        callback = _OnSamples(_collector(pieces))
        encoded = text.encode()
        with self._lock:
            self._library.espeak_SetVoiceByName(voice.encode())
            self._library.espeak_SetSynthCallback(callback)
            self._library.espeak_Synth(encoded, len(encoded) + 1, 0, _POSITION_CHARACTER, 0, _UTF8, None, None)
            self._library.espeak_SetVoiceByName(ENGLISH.encode())
        return b"".join(pieces)


def _collector(pieces: list[bytes]) -> Callable[["ctypes._Pointer[ctypes.c_short]", int, int], int]:
    def on_samples(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        if samples and count > 0:
            pieces.append(ctypes.string_at(ctypes.addressof(samples.contents), count * 2))
        return 0

    return on_samples


@lru_cache(maxsize=1)
def espeak() -> Espeak:
    return Espeak()
