import type { ReactElement } from "react";
import type { OrderCard, OrderUpdateCard } from "../cards.gen";
import { Lines, SumRows } from "./parts";
import { HandoverWords } from "./QuoteCard";

type Status = OrderCard["status"];

const STEPS: Record<"pickup" | "delivery", [Status, string][]> = {
  pickup: [
    ["confirmed", "Accepted"],
    ["preparing", "Being made"],
    ["ready", "Ready"],
    ["picked_up", "Picked up"],
  ],
  delivery: [
    ["confirmed", "Accepted"],
    ["preparing", "Being made"],
    ["out_for_delivery", "On its way"],
    ["delivered", "Delivered"],
  ],
};
/** What stands between two steps that are shown counts as the earlier one. */
const AS_STEP: Partial<Record<Status, Status>> = { ready: "preparing" };

interface Props {
  card: OrderCard;
  updates: OrderUpdateCard[];
}

export function OrderConfirmation({ card, updates }: Props): ReactElement {
  // Words about an earlier status are not about this one.
  const latest = updates.findLast(({ order_id, status }) => order_id === card.order_id && status === card.status);
  return (
    <section className="card order" aria-labelledby={`order-${card.order_id}`}>
      <h2 id={`order-${card.order_id}`}>
        Order <span className="order-number">{card.number}</span>
        <small>{card.restaurant_name}</small>
      </h2>
      <HandoverWords handover={card.handover} />
      {card.status === "cancelled" ? (
        <p className="warning">This order was cancelled.</p>
      ) : (
        <Progress status={card.status} kind={card.handover.kind} />
      )}
      <p className="soft">{latest?.message ?? card.status_text}</p>
      <details>
        <summary>What is in it: {card.sums.total.text}</summary>
        <Lines lines={card.lines} />
        <SumRows sums={card.sums} />
      </details>
      {card.is_pay_at_handover ? (
        <p className="soft">{card.handover.kind === "pickup" ? "You pay when you pick it up." : "You pay at your door."}</p>
      ) : null}
    </section>
  );
}

function Progress({ status, kind }: { status: Status; kind: "pickup" | "delivery" }): ReactElement {
  const steps = STEPS[kind];
  const known = steps.findIndex(([step]) => step === status);
  const reached = known === -1 ? steps.findIndex(([step]) => step === AS_STEP[status]) : known;
  return (
    <ol className="progress" aria-label="How far it is">
      {steps.map(([step, words], at) => (
        <li key={step} className={at <= reached ? "done" : ""} aria-current={at === reached ? "step" : undefined}>
          {words}
        </li>
      ))}
    </ol>
  );
}
