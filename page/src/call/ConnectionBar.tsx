import { type ReactElement, useEffect, useState } from "react";
import type { Phase } from "./line";

const WORDS: Record<Phase, string> = {
  connecting: "Connecting…",
  connected: "Connected",
  reconnecting: "Reconnecting…",
  ended: "Call ended",
};

interface Props {
  phase: Phase;
  isDebugging: boolean;
  /** null: this page is for guests. */
  onDebug: (() => void) | null;
}

export function ConnectionBar({ phase, isDebugging, onDebug }: Props): ReactElement {
  return (
    <header className="bar">
      <h1>Your order</h1>
      <p className={`connection ${phase}`}>
        <span role="status">{WORDS[phase]}</span>
        <Duration isRunning={phase === "connected" || phase === "reconnecting"} />
      </p>
      {onDebug ? (
        <button type="button" className="plain small" aria-pressed={isDebugging} onClick={onDebug}>
          Developer
        </button>
      ) : null}
    </header>
  );
}

function Duration({ isRunning }: { isRunning: boolean }): ReactElement | null {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  if (seconds === 0) return null;
  return (
    <span className="duration" role="timer" aria-label="Length of the call">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </span>
  );
}
