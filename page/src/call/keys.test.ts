import { expect, it } from "vitest";
import { codeOf, digitOf, KEYS } from "./keys";

function pressed(key: string, target: Element = document.body, more: KeyboardEventInit = {}): string | null {
  document.body.append(target === document.body ? "" : target);
  let digit: string | null = null;
  const listen = (event: KeyboardEvent) => void (digit = digitOf(event, false));
  window.addEventListener("keydown", listen, { once: true });
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
  return digit;
}

it("knows the codes of a telephone's twelve keys", () => {
  expect(KEYS.map(([digit]) => codeOf(digit))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 11]);
  expect(codeOf("A")).toBeUndefined();
});

it("takes the computer's keys, also with a button in focus", () => {
  expect(["1", "0", "*", "#"].map((key) => pressed(key))).toEqual(["1", "0", "*", "#"]);
  expect(pressed("1", document.createElement("button"))).toBe("1");
  expect(pressed("a")).toBeNull();
});

it("orders nothing with a key pressed in the conversation, unless the keypad is shown", () => {
  const [before, after] = [false, true].map((isKeypadShown) => {
    const talk = document.createElement("section");
    talk.className = "talk";
    const send = talk.appendChild(document.createElement("button"));
    document.body.append(talk);
    let digit: string | null = null;
    window.addEventListener("keydown", (event) => void (digit = digitOf(event, isKeypadShown)), { once: true });
    send.dispatchEvent(new KeyboardEvent("keydown", { key: "1", bubbles: true }));
    return digit;
  });

  expect([before, after]).toEqual([null, "1"]);
});

it("leaves keys to whom they are meant for", () => {
  const fields = ["input", "textarea", "select", "dialog"].map((name) => document.createElement(name));

  expect(fields.map((field) => pressed("1", field))).toEqual([null, null, null, null]);
  expect(pressed("1", document.body, { ctrlKey: true })).toBeNull();
  expect(pressed("1", document.body, { repeat: true })).toBeNull();
});
