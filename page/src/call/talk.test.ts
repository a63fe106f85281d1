import { expect, it } from "vitest";
import { type Heard, withHeard, withTyped } from "./talk";

function piece(segment: string, text: string, identity: string, isFinal = true): Heard {
  const attributes = { "lk.segment_id": segment, "lk.transcription_final": String(isFinal) };
  return { text, participantInfo: { identity }, streamInfo: { id: `${segment} ${text}`, attributes } };
}

it("replaces what a caller was heard to say by what is known later", () => {
  const first = withHeard([], [piece("s1", "a season", "me", false)], "me", 1);
  const second = withHeard(first, [piece("s1", "a caesar salad", "me")], "me", 2);

  expect(first.map(({ isFinal }) => isFinal)).toEqual([false]);
  expect(second.map(({ who, text, isFinal }) => [who, text, isFinal])).toEqual([["caller", "a caesar salad", true]]);
});

it("keeps the order in which things were begun, typed ones too", () => {
  let talk = withHeard([], [piece("s1", "Hello", "agent")], "me", 1);
  talk = withTyped(talk, "t1", "two coffees", 2);
  talk = withHeard(talk, [piece("s1", "Hello there", "agent"), piece("s2", "Added", "agent")], "me", 3);

  expect(talk.map(({ text }) => text)).toEqual(["Hello there", "two coffees", "Added"]);
});

it("shows nothing for silence", () => {
  expect(withHeard([], [piece("s1", " ", "me")], "me", 1)).toEqual([]);
});
