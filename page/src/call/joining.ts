import {
  ConnectionError,
  ConnectionErrorReason,
  createLocalAudioTrack,
  type LocalAudioTrack,
  type RemoteParticipant,
  type Room,
} from "livekit-client";
import { type Trouble, TroubleError } from "../lib/trouble";

export function openMicrophone(): Promise<LocalAudioTrack> {
  // Without https there is no such thing, and LiveKit's own words for it are not a person's.
  if (!("mediaDevices" in navigator)) throw new DOMException("no microphone without https", "SecurityError");
  return createLocalAudioTrack({ echoCancellation: true, noiseSuppression: true, autoGainControl: true });
}

export function agentIn(room: Room): RemoteParticipant | undefined {
  return [...room.remoteParticipants.values()].find((participant) => participant.isAgent);
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof TroubleError) return error.trouble;
  if (!navigator.onLine) return { kind: "offline" };
  return { kind: "server-away" };
}

/** The pass has run out, or was never good. */
export function isNotAllowed(error: unknown): boolean {
  return error instanceof ConnectionError && error.reason === ConnectionErrorReason.NotAllowed;
}
