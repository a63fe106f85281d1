import type { ReactElement } from "react";
import type { CartCard } from "../cards.gen";
import { LineWords } from "./parts";

export function CartSummary({ card }: { card: CartCard }): ReactElement {
  return (
    <section className="card cart" aria-labelledby="cart-title">
      <h2 id="cart-title">
        Your cart
        {card.restaurant_name ? <small>{card.restaurant_name}</small> : null}
      </h2>
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
    </section>
  );
}
