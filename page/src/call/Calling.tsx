import "../styles/calling.css";
import { RoomAudioRenderer, RoomContext } from "@livekit/components-react";
import { lazy, type ReactElement, Suspense, useEffect, useState } from "react";
import { useObserved } from "../lib/observed";
import type { CallingProps } from "../lib/telephone";
import { ADVICE } from "../lib/trouble";
import { TroubleNotice } from "../ui/TroubleNotice";
import { BoardView } from "./BoardView";
import { type CallPlan, PageCall } from "./call";
import { ConnectionBar } from "./ConnectionBar";
import { Controls, type Panel } from "./Controls";
import { TalkPane } from "./TalkPane";
import { useKeypadKeys } from "./useKeypadKeys";

const DebugPanel = lazy(() => import("../debug/DebugPanel").then((made) => ({ default: made.DebugPanel })));

export function Calling({ plan, isEmbedded, isForDevelopers, onAgain, onLeave }: CallingProps): ReactElement {
  const [call] = useState(() => new PageCall(plan));
  useEffect(() => {
    void call.line.open();
    const leave = () => call.line.hangUp();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [call]);
  return (
    <CallView call={call} isEmbedded={isEmbedded} isForDevelopers={isForDevelopers} onAgain={onAgain} onLeave={onLeave} />
  );
}

type ViewProps = Omit<CallingProps, "plan"> & { call: PageCall };

/** One call, whatever state it is in. */
export function CallView({ call, isEmbedded, isForDevelopers, onAgain, onLeave }: ViewProps): ReactElement {
  const { phase, room, trouble, hasBegun } = useObserved(call.line.state);
  const [volume, setVolume] = useState(1);
  const [isDebugging, setIsDebugging] = useState(false);
  const [panel, setPanel] = useState<Panel>(null);
  const keys = useKeypadKeys(call, phase === "connected" && call.plan.how !== "screen", panel === "keypad");
  useTellFrame(isEmbedded, phase !== "ended");

  if (phase === "ended" && !hasBegun) return <NotBegun call={call} onAgain={onAgain} onLeave={onLeave} />;
  const isScreen = call.plan.how === "screen";
  const page = (
    <div className={isScreen ? "call screen" : "call"} data-phase={phase}>
      <ConnectionBar
        phase={phase}
        isDebugging={isDebugging}
        onDebug={isEmbedded || isScreen || !isForDevelopers ? null : () => setIsDebugging((before) => !before)}
      />
      {trouble ? (
        <TroubleNotice trouble={trouble} takesFocus={phase === "ended"}>
          {ADVICE[trouble.kind].triesAgain ? (
            <button type="button" className="quiet" onClick={call.line.tryNow}>
              Try now
            </button>
          ) : null}
        </TroubleNotice>
      ) : null}
      <main className="sides">
        {room && !isScreen ? <TalkPane call={call} phase={phase} /> : null}
        <BoardView call={call} isOver={phase === "ended"} />
      </main>
      {isDebugging ? (
        <Suspense fallback={null}>
          <DebugPanel call={call} isConnected={phase === "connected"} />
        </Suspense>
      ) : null}
      {phase === "ended" ? (
        <Ended plan={call.plan} onAgain={onAgain} onLeave={onLeave} />
      ) : (
        <Controls call={call} keys={keys} panel={panel} onPanel={setPanel} volume={volume} onVolume={setVolume} />
      )}
    </div>
  );
  if (!room) return page;
  return (
    <RoomContext.Provider value={room}>
      {page}
      {isScreen ? null : <RoomAudioRenderer volume={volume} />}
    </RoomContext.Provider>
  );
}

interface AgainProps {
  onAgain: (plan: CallPlan) => void;
  onLeave: () => void;
}

function NotBegun({ call, onAgain, onLeave }: AgainProps & { call: PageCall }): ReactElement {
  const { trouble } = useObserved(call.line.state);
  const { plan } = call;
  if (!trouble) return <Ended plan={plan} onAgain={onAgain} onLeave={onLeave} />;
  return (
    <main className="door">
      <TroubleNotice trouble={trouble} takesFocus isAlone>
        <button type="button" className="call-button" onClick={() => onAgain(plan)}>
          {plan.how === "screen" ? "Try again" : "Call again"}
        </button>
        {ADVICE[trouble.kind].canType && plan.how === "voice" ? (
          <button type="button" className="quiet" onClick={() => onAgain({ ...plan, how: "typing" })}>
            Type instead
          </button>
        ) : null}
        <button type="button" className="plain" onClick={onLeave}>
          Back
        </button>
      </TroubleNotice>
    </main>
  );
}

function Ended({ plan, onAgain, onLeave }: AgainProps & { plan: CallPlan }): ReactElement {
  return (
    <footer className="controls ended">
      <p role="status">{plan.how === "screen" ? "The call on the telephone is over." : "The call is over."}</p>
      {plan.how === "screen" ? null : (
        <button type="button" className="call-button" onClick={() => onAgain(plan)}>
          Call again
        </button>
      )}
      <button type="button" className="plain" onClick={onLeave}>
        Back
      </button>
    </footer>
  );
}

/** The widget around this page shows at its button whether a call goes on. */
function useTellFrame(isEmbedded: boolean, isCalling: boolean): void {
  useEffect(() => {
    if (!isEmbedded) return;
    const tell = (value: boolean) => window.parent.postMessage({ phoneAgent: { isCalling: value } }, "*");
    tell(isCalling);
    return () => tell(false);
  }, [isEmbedded, isCalling]);
}
