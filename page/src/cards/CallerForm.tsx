import { type SubmitEvent, type ReactElement, useState } from "react";
import type { Accepted, FormAnswer, FormCard } from "../cards.gen";

type Field = FormCard["fields"][number];

const FIELDS: Record<Field, { label: string; autoComplete: string; inputMode?: "tel" | "numeric"; longest: number }> = {
  name: { label: "Name", autoComplete: "name", longest: 60 },
  street: { label: "Street and number", autoComplete: "street-address", longest: 120 },
  zip_code: { label: "ZIP code", autoComplete: "postal-code", inputMode: "numeric", longest: 10 },
  phone: { label: "Telephone number", autoComplete: "tel", inputMode: "tel", longest: 20 },
};

interface Props {
  card: FormCard;
  onSend: (answer: FormAnswer) => Promise<Accepted>;
}

/** What is easier typed than said. */
export function CallerForm({ card, onSend }: Props): ReactElement {
  const [message, setMessage] = useState("");
  const [isSending, setIsSending] = useState(false);
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const said = (field: Field) => (card.fields.includes(field) ? textOf(typed.get(field)) : "");
    setIsSending(true);
    void onSend({ name: said("name"), street: said("street"), zip_code: said("zip_code"), phone: said("phone") }).then(
      (answer) => {
        setIsSending(false);
        setMessage(answer.accepted ? "" : answer.message);
      },
    );
  };
  return (
    <form className="card caller-form" aria-labelledby="form-title" onSubmit={send}>
      <h2 id="form-title">For your order</h2>
      {card.fields.map((field) => {
        const { label, longest, ...hints } = FIELDS[field];
        return (
          <label key={field} className="field">
            <span>{label}</span>
            <input name={field} maxLength={longest} required {...hints} />
          </label>
        );
      })}
      {message ? (
        <p role="alert" className="warning">
          {message}
        </p>
      ) : null}
      <button type="submit" className="confirm" disabled={isSending}>
        Send
      </button>
    </form>
  );
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value.trim() : "";
}
