import { type ReactElement, type SubmitEvent, useState } from "react";
import type { CallPlan } from "./call/call";
import type { Config } from "./lib/server";
import type { Visit } from "./lib/visit";
import { CodeForm } from "./ScreenDoor";
import { Icon } from "./ui/icons";

const NAME_KEPT = "phone-agent.name";
const LONGEST_NAME = 60;

interface Props {
  visit: Visit;
  config: Config | null;
  onCall: (plan: CallPlan) => void;
}

/** Before a call: the visitor's name, and one button; for who is on the telephone already, the code's field. */
export function Door({ visit, config, onCall }: Props): ReactElement {
  const [name, setName] = useState(keptName);

  const start = (how: "voice" | "typing") => {
    keepName(name.trim());
    onCall({ how, caller: { name: name.trim(), restaurant: visit.restaurant } });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    start("voice");
  };
  const place = config?.restaurants.find(({ slug }) => slug === visit.restaurant)?.name;
  return (
    <main className="door">
      <form className="welcome" onSubmit={submit}>
        <p className="eyebrow">{place ?? "Pickup and delivery"}</p>
        <h1>What would you like to eat?</h1>
        <p className="lead">
          Call and say it in your own words. You see each dish as it is added, and nothing is ordered before you confirm.
        </p>
        <label className="field">
          <span>Your name</span>
          <input
            name="name"
            autoComplete="given-name"
            maxLength={LONGEST_NAME}
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder="So that we can greet you"
          />
        </label>
        <div className="ways">
          <button type="submit" className="call-button">
            <Icon name="phone" />
            Call
          </button>
          <button type="button" className="quiet" onClick={() => start("typing")}>
            <Icon name="pencil" />
            Type instead
          </button>
        </div>
        <Notes config={config} />
      </form>
      {visit.isEmbedded ? null : (
        <section className="beside" aria-label="On the telephone with us">
          <CodeForm label="On the phone with us? Enter your code" look="quiet" onJoin={onCall} />
        </section>
      )}
    </main>
  );
}

function Notes({ config }: { config: Config | null }): ReactElement {
  return (
    <div className="notes">
      <p>Your browser asks for the microphone when you call. You talk with a computer; ask for a person at any time.</p>
      {config?.isDemo ? <p>This is a demonstration: whoever calls is taken for the demo household.</p> : null}
      {config?.phoneNumber ? (
        <p>
          By telephone: <a href={`tel:${config.phoneNumber}`}>{config.phoneNumber}</a>
        </p>
      ) : null}
    </div>
  );
}

/** For this tab only: the next person at this computer is not greeted with it. */
function keptName(): string {
  try {
    return sessionStorage.getItem(NAME_KEPT) ?? "";
  } catch {
    return "";
  }
}

function keepName(name: string): void {
  try {
    sessionStorage.setItem(NAME_KEPT, name);
  } catch {
    // A browser that keeps nothing asks again.
  }
}
