import { type SubmitEvent, type ReactElement, useState } from "react";
import type { CallPlan } from "./call/call";

/** For a caller on the telephone who wants to see the order here: the code that the agent said. */
export function ScreenDoor({ onJoin }: { onJoin: (plan: CallPlan) => void }): ReactElement {
  const [code, setCode] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (code.trim()) onJoin({ how: "screen", code: code.trim() });
  };
  return (
    <main className="door">
      <form className="welcome" onSubmit={submit}>
        <p className="eyebrow">On the telephone with us</p>
        <h1>See your order here</h1>
        <p className="lead">Ask the agent for the code of your call and type it. This page stays silent.</p>
        <label className="field">
          <span>Code of the call</span>
          <input
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={20}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            required
          />
        </label>
        <div className="ways">
          <button type="submit" className="call-button">
            Show my order
          </button>
        </div>
      </form>
    </main>
  );
}
