import type { ReactElement } from "react";
import { KEYS } from "./keys";
import type { KeypadKeys } from "./useKeypadKeys";

const NAMES: Record<string, string> = { "*": "star", "#": "pound" };
const MEANINGS: Record<string, string> = { "1": "yes", "2": "change" };

/** A telephone's keypad; its tones reach the agent as a telephone's do. */
export function Keypad({ keys }: { keys: KeypadKeys }): ReactElement {
  return (
    <div className="panel keypad" role="group" aria-label="Keypad">
      <output className="pressed" aria-label="Pressed">
        {keys.pressed || "\u00a0"}
      </output>
      <div className="keys">
        {KEYS.map(([digit]) => (
          <button
            key={digit}
            type="button"
            aria-label={MEANINGS[digit] ? `${digit}, ${MEANINGS[digit]}` : (NAMES[digit] ?? digit)}
            disabled={!keys.isOpen}
            onClick={() => keys.press(digit)}
          >
            {digit}
            <small aria-hidden="true">{MEANINGS[digit] ?? "\u00a0"}</small>
          </button>
        ))}
      </div>
      <label className="switch">
        <input type="checkbox" checked={keys.takesKeys} onChange={(event) => keys.setTakesKeys(event.target.checked)} />
        Also by this computer’s keys
      </label>
    </div>
  );
}
