import type { Board } from "./board";

/** What a screen reader says of a change; null: nothing worth it. */
export function newsOf(before: Board, now: Board): string | null {
  return orderNews(before, now) ?? quoteNews(before, now) ?? cartNews(before, now);
}

function orderNews(before: Board, now: Board): string | null {
  const update = now.updates.at(-1);
  if (update && update !== before.updates.at(-1)) return update.message;
  const order = now.orders.find((one) => !before.orders.includes(one));
  if (!order) return null;
  const known = before.orders.find(({ order_id }) => order_id === order.order_id);
  if (!known) return `Order ${order.number} is placed.`;
  return known.status === order.status ? null : order.status_text;
}

function quoteNews(before: Board, now: Board): string | null {
  const { quote } = now;
  if (!quote || (quote.quote_id === before.quote?.quote_id && quote.state === before.quote.state)) return null;
  return `Your order to confirm: ${quote.sums.total.text} at ${quote.restaurant_name}.`;
}

function cartNews(before: Board, now: Board): string | null {
  const { cart } = now;
  if (!cart || cart === before.cart) return null;
  if (cart.lines.length > 0) return `In your cart: ${cart.quantity}, ${cart.subtotal.text}.`;
  return before.cart && before.cart.lines.length > 0 ? "Your cart is empty." : null;
}
