import "../styles/debug.css";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { EventCard, ReportCard, ToolCallCard, TurnCard } from "../cards.gen";
import type { PageCall } from "../call/call";
import { useObserved } from "../lib/observed";

interface Props {
  call: PageCall;
  isConnected: boolean;
}

/** For developers: how fast each turn was, which tools were called, what happened, and what it has cost. */
export function DebugPanel({ call, isConnected }: Props): ReactElement {
  const { developer, report } = useObserved(call.board);
  const [refusal, setRefusal] = useState("");
  useEffect(() => {
    if (!isConnected) return;
    let isWanted = true;
    void call.sendDeveloperData(true).then((answer) => {
      if (isWanted) setRefusal(answer.accepted ? "" : answer.message);
    });
    return () => {
      isWanted = false;
      void call.sendDeveloperData(false);
    };
  }, [call, isConnected]);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.scrollIntoView({ block: "center" });
  }, []);
  const turns = developer.filter((card) => card.type === "turn");
  return (
    <aside ref={panel} className="debug" aria-label="Developer panel">
      {refusal ? <p role="status" className="refusal">{refusal}</p> : null}
      <section aria-labelledby="debug-turns">
        <h2 id="debug-turns">Latency of each turn</h2>
        <Turns turns={turns} />
      </section>
      <section aria-labelledby="debug-tools">
        <h2 id="debug-tools">Tools</h2>
        <Tools calls={developer.filter((card) => card.type === "tool_call")} />
      </section>
      <section aria-labelledby="debug-events">
        <h2 id="debug-events">Events</h2>
        <Events events={developer.filter((card) => card.type === "event")} />
      </section>
      <section aria-labelledby="debug-report">
        <h2 id="debug-report">Report</h2>
        {report ? <Report report={report} /> : <p>It comes after the first turn.</p>}
      </section>
    </aside>
  );
}

function Turns({ turns }: { turns: TurnCard[] }): ReactElement {
  const slowest = Math.max(1, ...turns.flatMap(({ stages }) => stages.map(({ ms }) => ms)));
  if (turns.length === 0) return <p>None yet.</p>;
  return (
    <ol className="turns" tabIndex={0} aria-label="Turns">
      {turns.map((turn, at) => (
        <li key={at}>
          <p>
            {clock(turn.at)} {turn.side}
            {turn.seconds === null ? ", written" : `, ${turn.seconds.toFixed(1)} s`}
            {turn.is_interrupted ? ", interrupted" : ""}
          </p>
          <dl>
            {turn.stages.map(({ stage, ms }) => (
              <div key={stage} className={`stage ${stage}`}>
                <dt>{stage.replaceAll("_", " ")}</dt>
                <dd>
                  <span className="stage-bar" style={{ inlineSize: `${(100 * ms) / slowest}%` }} />
                  {ms} ms
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

function Tools({ calls }: { calls: ToolCallCard[] }): ReactElement {
  if (calls.length === 0) return <p>None called yet.</p>;
  return (
    <ol className="tool-calls" tabIndex={0} aria-label="Tool calls">
      {calls.map((call, at) => (
        <li key={at} className={call.is_error ? "failed" : ""}>
          <details>
            <summary>
              {clock(call.started)} <code>{call.tool_name}</code> {Math.round(1000 * (call.ended - call.started))} ms
            </summary>
            <pre>{JSON.stringify(call.arguments, null, 2)}</pre>
            <pre>{call.result}</pre>
          </details>
        </li>
      ))}
    </ol>
  );
}

function Events({ events }: { events: EventCard[] }): ReactElement {
  if (events.length === 0) return <p>None yet.</p>;
  return (
    <ol className="events" tabIndex={0} aria-label="Timeline">
      {events.map((event, at) => (
        <li key={at}>
          {clock(event.at)} <strong>{event.kind}</strong> {event.detail}
        </li>
      ))}
    </ol>
  );
}

function Report({ report }: { report: ReportCard }): ReactElement {
  return (
    <>
      <p>
        {clock(report.seconds)}, {report.turns} turns, {report.tools} tool calls, cost {report.cost}
        {report.cost_unknown.length > 0 ? ` and what has no known price: ${report.cost_unknown.join(", ")}` : ""}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Requests</th>
            <th scope="col">Tokens in, out</th>
            <th scope="col">Characters</th>
            <th scope="col">Audio</th>
          </tr>
        </thead>
        <tbody>
          {report.usage.map((use) => (
            <tr key={`${use.kind} ${use.provider} ${use.model}`}>
              <th scope="row">
                {use.kind}: {use.provider} {use.model}
              </th>
              <td>{use.requests}</td>
              <td>
                {use.input_tokens}, {use.output_tokens}
              </td>
              <td>{use.characters}</td>
              <td>{use.audio_seconds.toFixed(1)} s</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;
}
