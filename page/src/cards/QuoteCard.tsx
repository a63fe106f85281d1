import { type ReactElement, useEffect, useRef, useState } from "react";
import type { ApprovalRequest, Handover, QuoteCard as Quote } from "../cards.gen";
import { Icon } from "../ui/icons";
import { Lines, SumRows } from "./parts";

interface Props {
  /** null: the question came before its card. */
  card: Quote | null;
  request: ApprovalRequest | null;
  isScreen: boolean;
  onAnswer: (quoteId: string, approved: boolean) => void;
}

/** The order as it would be placed, with the two answers that place or change it. */
export function QuoteCard({ card, request, isScreen, onAnswer }: Props): ReactElement | null {
  const section = useRef<HTMLElement>(null);
  const asked = request && (card === null || request.quote_id === card.quote_id) ? request : null;
  const isPast = useIsPast(card?.valid_until ?? null);
  const quoteId = card?.quote_id ?? asked?.quote_id;
  useEffect(() => {
    section.current?.scrollIntoView({ block: "nearest" });
  }, [quoteId]);
  if (!card && !asked) return null;
  return (
    <section className="card quote" aria-labelledby="quote-title" ref={section}>
      <h2 id="quote-title">
        Is this right?
        {card ? <small>{card.restaurant_name}</small> : null}
      </h2>
      {card ? <Whole card={card} /> : null}
      {asked && !card ? <Brief request={asked} /> : null}
      {asked ? (
        <div className="answers">
          <button type="button" className="confirm" onClick={() => onAnswer(asked.quote_id, true)}>
            <Icon name="check" />
            Confirm
          </button>
          <button type="button" className="quiet" onClick={() => onAnswer(asked.quote_id, false)}>
            Change
          </button>
        </div>
      ) : null}
      <p className="soft hint">{hint(card, asked !== null, isPast, isScreen)}</p>
    </section>
  );
}

function Whole({ card }: { card: Quote }): ReactElement {
  return (
    <>
      <Lines lines={card.lines} />
      <SumRows sums={card.sums} />
      <HandoverWords handover={card.handover} />
      {card.order_note ? <p className="soft">“{card.order_note}”</p> : null}
      {card.allergy_note ? <p className="warning">{card.allergy_note}</p> : null}
    </>
  );
}

function Brief({ request }: { request: ApprovalRequest }): ReactElement {
  return (
    <>
      <Lines lines={request.cart} />
      <p className="subtotal">
        <span>Total</span>
        <span className="price">{request.total.text}</span>
      </p>
    </>
  );
}

/** By this computer's clock, which may be wrong: whom the agent still asks may still answer. */
function useIsPast(at: string | null): boolean {
  const [past, setPast] = useState<string | null>(null);
  useEffect(() => {
    if (at === null) return;
    const timer = setTimeout(() => setPast(at), Math.max(0, Date.parse(at) - Date.now()));
    return () => clearTimeout(timer);
  }, [at]);
  return at !== null && past === at;
}

function hint(card: Quote | null, isAsked: boolean, isPast: boolean, isScreen: boolean): string {
  const keys = isScreen ? "Or press 1 on your telephone to confirm, 2 to change." : "Or say yes, or press 1; 2 changes it.";
  if (isAsked) return keys;
  if (isPast) return "This offer has run out. Ask to check out again for a new one.";
  return card?.state === "open" ? "Say yes or press 1 to confirm; press 2 to change it." : "One moment: the order is drawn up.";
}

export function HandoverWords({ handover }: { handover: Handover }): ReactElement {
  const where = [handover.street, handover.zip_code].filter(Boolean).join(", ");
  return (
    <p className="handover">
      {handover.kind === "pickup" ? "Pickup" : "Delivery"}, {handover.ready_text}
      {where ? <span> · {where}</span> : null}
    </p>
  );
}
