"""The flite library, where the system has it: speech that can be played while it is still being made."""

import ctypes
import threading
from collections.abc import Callable
from functools import lru_cache

SAMPLE_RATE = 16000
_LEAST_SAMPLES = 800
_GO_ON, _STOP = 0, -1

Samples = Callable[[bytes], bool]


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


_OnAudio = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(_Wave), ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_void_p
)


class _Streaming(ctypes.Structure):
    """The head of flite's cst_audio_streaming_info; the rest of it is not ours to touch."""

    _fields_ = (("min_buffsize", ctypes.c_int), ("on_audio", _OnAudio))


class _Voice(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


class Flite:
    """One voice of one process: its library streams to one listener at a time, so every use holds the lock."""

    def __init__(self, name: str) -> None:
        self._lock = threading.Lock()
        self._listener: Samples | None = None
        self._on_audio = _OnAudio(self._hand_over)
        self._library = _declared(ctypes.CDLL("libflite.so.1"))
        self._library.flite_init()
        register = ctypes.CDLL(f"libflite_cmu_us_{name}.so.1")[f"register_cmu_us_{name}"]
        register.restype, register.argtypes = ctypes.POINTER(_Voice), [ctypes.c_void_p]
        self._voice = register(None)
        info = self._library.new_audio_streaming_info()
        info[0].min_buffsize, info[0].on_audio = _LEAST_SAMPLES, self._on_audio
        streaming = self._library.audio_streaming_info_val(info)
        self._library.feat_set(self._voice[0].features, b"streaming_info", streaming)

    def speak(self, text: str, listener: Samples) -> None:
        """Hand 16 kHz PCM to the listener as it is made, until it returns False."""
        with self._lock:
            self._listener = listener
            wave = self._library.flite_text_to_wave(text.encode("ascii", "ignore"), self._voice)
            self._listener = None
            if wave:
                self._library.delete_wave(wave)

    def _hand_over(self, wave: "ctypes._Pointer[_Wave]", start: int, size: int, _last: int, _info: int) -> int:
        pcm = ctypes.string_at(ctypes.addressof(wave[0].samples.contents) + start * 2, size * 2)
        return _GO_ON if self._listener and self._listener(pcm) else _STOP


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    library.new_audio_streaming_info.restype = ctypes.POINTER(_Streaming)
    library.audio_streaming_info_val.restype = ctypes.c_void_p
    library.audio_streaming_info_val.argtypes = [ctypes.POINTER(_Streaming)]
    library.feat_set.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    library.feat_set.restype = None
    library.flite_text_to_wave.restype = ctypes.POINTER(_Wave)
    library.flite_text_to_wave.argtypes = [ctypes.c_char_p, ctypes.POINTER(_Voice)]
    library.delete_wave.argtypes = [ctypes.POINTER(_Wave)]
    library.delete_wave.restype = None
    return library


@lru_cache(maxsize=4)
def flite(name: str) -> Flite | None:
    """The voice, or None on a machine that does not have it."""
    try:
        return Flite(name)
    except (OSError, AttributeError):
        return None
