import type { ReactElement } from "react";
import type { CartCard } from "../cards.gen";
import { LineWords } from "./parts";

export function CartSummary({ card }: { card: CartCard }): ReactElement {
  return (
    <section className="card cart" aria-labelledby="cart-title">
      <h2 id="cart-title">
        Your cart
        {card.restaurant_name && card.lines.length > 0 ? <small>{card.restaurant_name}</small> : null}
      </h2>
      {card.lines.length === 0 ? (
        <p className="soft">Nothing in it yet. Say or type what you would like.</p>
      ) : (
        <>
          <ul className="lines">
            {card.lines.map((line) => (
              <li key={line.id} className={line.is_available ? "" : "gone"}>
                <LineWords line={line} />
                {line.is_available ? null : <span className="warning">sold out by now</span>}
              </li>
            ))}
          </ul>
          <p className="subtotal">
            <span>Subtotal, before tax</span>
            <span className="price">{card.subtotal.text}</span>
          </p>
        </>
      )}
    </section>
  );
}
