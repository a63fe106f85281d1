import { type ComponentType, type ReactElement, useEffect, useState } from "react";
import type { CallPlan } from "./call/call";
import { Door } from "./Door";
import { type CallingProps, fetchTelephone, whenIdle } from "./lib/telephone";
import { type Config, readConfig } from "./lib/server";
import type { Visit } from "./lib/visit";
import { ScreenDoor } from "./ScreenDoor";
import { TroubleNotice } from "./ui/TroubleNotice";

interface Going {
  plan: CallPlan;
  /** Each call anew, also with the same plan. */
  turn: number;
}

export function App({ visit }: { visit: Visit }): ReactElement {
  const [going, setGoing] = useState<Going | null>(() =>
    visit.code ? { plan: { how: "screen", code: visit.code }, turn: 0 } : null,
  );
  const [config, setConfig] = useState<Config | null>(null);
  useEffect(() => {
    void readConfig().then(setConfig);
  }, []);
  const start = (plan: CallPlan) => setGoing((before) => ({ plan, turn: (before?.turn ?? 0) + 1 }));
  useEffect(() => whenIdle(() => void fetchTelephone().catch(() => undefined)), []);
  useEffect(() => {
    document.documentElement.classList.toggle("embedded", visit.isEmbedded);
    if (!visit.isEmbedded) return;
    window.parent.postMessage({ phoneAgent: { isHere: true } }, "*");
    // Keys pressed in a frame do not reach the window that holds it.
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) window.parent.postMessage({ phoneAgent: { isClosing: true } }, "*");
    };
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, [visit.isEmbedded]);

  if (going) {
    const leave = () => setGoing(null);
    return (
      <Telephone
        key={going.turn}
        plan={going.plan}
        isEmbedded={visit.isEmbedded}
        isForDevelopers={config?.isForDevelopers === true}
        onAgain={start}
        onLeave={leave}
      />
    );
  }
  return visit.code === null ? <Door visit={visit} config={config} onCall={start} /> : <ScreenDoor onJoin={start} />;
}

function Telephone(props: CallingProps): ReactElement {
  const [Calling, setCalling] = useState<ComponentType<CallingProps> | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [isMissing, setIsMissing] = useState(false);
  useEffect(() => {
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    fetchTelephone().then(
      (fetched) => isWanted && setCalling(() => fetched),
      () => {
        if (!isWanted) return;
        setIsMissing(true);
        timer = setTimeout(() => setAttempt((before) => before + 1), 3000);
      },
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [attempt]);

  if (Calling) return <Calling {...props} />;
  return (
    <main className="door">
      {isMissing ? (
        <TroubleNotice trouble={{ kind: navigator.onLine ? "server-away" : "offline" }} takesFocus isAlone>
          <button type="button" className="quiet" onClick={props.onLeave}>
            Back
          </button>
        </TroubleNotice>
      ) : (
        <p role="status" className="fetching">
          Connecting…
        </p>
      )}
    </main>
  );
}
