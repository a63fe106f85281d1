import { BarVisualizer, useTranscriptions, useVoiceAssistant } from "@livekit/components-react";
import { type SubmitEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { useObserved } from "../lib/observed";
import { Icon } from "../ui/icons";
import type { PageCall } from "./call";
import type { Phase } from "./line";
import type { Utterance } from "./talk";

const BARS = 7;
const LONGEST = 500;

type AgentState = ReturnType<typeof useVoiceAssistant>["state"];

const STATES: Record<AgentState, string> = {
  disconnected: "Not on the line",
  connecting: "Picking up",
  "pre-connect-buffering": "Picking up",
  initializing: "Picking up",
  failed: "Not on the line",
  idle: "Waiting for you",
  listening: "Listening",
  thinking: "Thinking",
  speaking: "Speaking",
};

/** The agent, what was said by both, and a place to type. */
export function TalkPane({ call, phase }: { call: PageCall; phase: Phase }): ReactElement {
  return (
    <section className="talk" aria-label="Conversation">
      <AgentView isOver={phase === "ended"} />
      <Transcript call={call} />
      {phase === "ended" ? null : <TypeBox call={call} isOpen={phase === "connected"} />}
    </section>
  );
}

function AgentView({ isOver }: { isOver: boolean }): ReactElement {
  const { state, audioTrack } = useVoiceAssistant();
  const shown: AgentState = isOver ? "disconnected" : state;
  return (
    <div className="presence" data-state={shown}>
      <BarVisualizer state={shown} {...(audioTrack ? { track: audioTrack } : {})} barCount={BARS} aria-hidden="true" />
      <p role="status">
        <span className="sr">The agent is: </span>
        <span className="agent-state">{STATES[shown]}</span>
      </p>
    </div>
  );
}

function Transcript({ call }: { call: PageCall }): ReactElement {
  const talk = useObserved(call.talk);
  const heard = useTranscriptions();
  const { room } = useObserved(call.line.state);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (heard.length > 0 && room) call.hear(heard, room.localParticipant.identity);
  }, [call, heard, room]);
  useEffect(() => {
    const list = end.current;
    if (list) list.scrollTop = list.scrollHeight;
  }, [talk]);
  // Who listens hears the agent; who types has it read out by the screen reader.
  const isRead = call.plan.how === "typing";
  return (
    <div className="transcript" role="log" aria-live="off" aria-label="What was said" tabIndex={0} ref={end}>
      {talk.length === 0 ? <p className="soft">What you both say appears here.</p> : null}
      {talk.map((utterance) => (
        <p key={utterance.id} className={`said ${utterance.who}${utterance.isFinal ? "" : " unsure"}`}>
          <span className="sr">{utterance.who === "agent" ? "Agent: " : "You: "}</span>
          {utterance.text}
        </p>
      ))}
      {isRead ? (
        <p className="sr" aria-live="polite">
          {lastOfAgent(talk)}
        </p>
      ) : null}
    </div>
  );
}

function lastOfAgent(talk: Utterance[]): string {
  return talk.findLast(({ who, isFinal }) => who === "agent" && isFinal)?.text ?? "";
}

function TypeBox({ call, isOpen }: { call: PageCall; isOpen: boolean }): ReactElement {
  const [text, setText] = useState("");
  const [isLost, setIsLost] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = text.trim();
    if (!typed || !isOpen) return;
    setText("");
    // The next key is meant for the next message, also after a click on Send.
    box.current?.focus();
    call.type(typed).then(
      () => setIsLost(false),
      () => {
        setText(typed);
        setIsLost(true);
      },
    );
  };
  return (
    <form className="type" onSubmit={send}>
      <input
        ref={box}
        aria-label="Type to the agent"
        placeholder="Type here"
        autoComplete="off"
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="round" aria-label="Send" disabled={!isOpen || text.trim() === ""}>
        <Icon name="send" />
      </button>
      {isLost ? (
        <p role="alert" className="warning">
          That was not sent. Try again.
        </p>
      ) : null}
    </form>
  );
}
