/** One thing said or typed by either side. */
export interface Utterance {
  id: string;
  who: "caller" | "agent";
  text: string;
  at: number;
  isFinal: boolean;
  isTyped: boolean;
}

/** What LiveKit tells of a piece of transcript, as far as it is needed here. */
export interface Heard {
  text: string;
  participantInfo: { identity: string };
  streamInfo: { id: string; attributes?: Record<string, string> };
}

const SEGMENT = "lk.segment_id";
const FINAL = "lk.transcription_final";

/** Each piece takes the place of what was known of it; the order is that in which they came here. */
export function withHeard(talk: Utterance[], heard: Heard[], callerIdentity: string, now: number): Utterance[] {
  const known = new Map(talk.map((utterance) => [utterance.id, utterance]));
  for (const { text, participantInfo, streamInfo } of heard) {
    const id = streamInfo.attributes?.[SEGMENT] ?? streamInfo.id;
    known.set(id, {
      id,
      who: participantInfo.identity === callerIdentity ? "caller" : "agent",
      text: text.trim(),
      at: known.get(id)?.at ?? now,
      isFinal: streamInfo.attributes?.[FINAL] !== "false",
      isTyped: false,
    });
  }
  return [...known.values()].filter(({ text }) => text !== "").sort((one, other) => one.at - other.at);
}

export function withTyped(talk: Utterance[], id: string, text: string, at: number): Utterance[] {
  return [...talk, { id, who: "caller", text, at, isFinal: true, isTyped: true }];
}
