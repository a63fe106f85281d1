import { type ReactElement, type SubmitEvent, useState } from "react";
import type { CallPlan } from "./call/call";

interface Props {
  onJoin: (plan: CallPlan) => void;
}

/** For a caller on the telephone who wants to see the order here. */
export function ScreenDoor({ onJoin }: Props): ReactElement {
  return (
    <main className="door">
      <div className="welcome">
        <p className="eyebrow">On the telephone with us</p>
        <h1>See your order here</h1>
        <p className="lead">Ask the agent for the code of your call and type it. This page stays silent.</p>
        <CodeForm label="Code of the call" look="call-button" onJoin={onJoin} />
      </div>
    </main>
  );
}

/** The code that the agent said, in groups or in one. */
export function CodeForm({ label, look, onJoin }: Props & { label: string; look: string }): ReactElement {
  const [code, setCode] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = code.replaceAll(/[\s-]/g, "");
    if (typed) onJoin({ how: "screen", code: typed });
  };
  return (
    <form className="code" onSubmit={submit}>
      <label className="field">
        <span>{label}</span>
        <input
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={20}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          required
        />
      </label>
      <button type="submit" className={look}>
        Show my order
      </button>
    </form>
  );
}
