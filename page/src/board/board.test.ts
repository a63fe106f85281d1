import { describe, expect, it } from "vitest";
import { cart, dish, menuPart, order, quote } from "../samples";
import { type Board, type Card, cardFrom, EMPTY_BOARD, withCard } from "./board";

function boardOf(...cards: Card[]): Board {
  return cards.reduce(withCard, EMPTY_BOARD);
}

describe("a card", () => {
  it("of a later version is left alone", () => {
    expect(cardFrom(JSON.stringify(cart()))).toEqual(cart());
    expect(cardFrom(JSON.stringify({ ...cart(), v: 2 }))).toBeNull();
  });

  it("of an unknown type, or no card at all, is left alone", () => {
    const strange = ['{"type":"toString","v":1}', '{"type":"hologram","v":1}', "null", "[]", "not JSON"];

    expect(strange.map(cardFrom)).toEqual(strange.map(() => null));
  });
});

describe("the board", () => {
  it("shows the newest cart, whatever order they come in", () => {
    const board = boardOf(cart({ version: 3, quantity: 5 }), cart({ version: 2 }));

    expect(board.cart?.quantity).toBe(5);
  });

  it("takes a cart of another restaurant though it counts from anew", () => {
    const board = boardOf(cart({ version: 9 }), cart({ version: 1, restaurant_id: "thai" }));

    expect(board.cart?.restaurant_id).toBe("thai");
  });

  it("drops a quote that is closed, and no other one", () => {
    const closed = quote({ quote_id: "q1", state: "closed" });

    expect(boardOf(quote({ quote_id: "q1" }), closed).quote).toBeNull();
    expect(boardOf(quote({ quote_id: "q2" }), closed).quote?.quote_id).toBe("q2");
  });

  it("shows an order where its quote stood, and follows its status", () => {
    const told: Card = { v: 1, type: "order_update", order_id: "o1", number: "417", status: "ready", message: "It is ready." };
    const board = boardOf(quote(), order(), told);

    expect(board.quote).toBeNull();
    expect(board.orders.map(({ status }) => status)).toEqual(["ready"]);
  });

  it("keeps a second quote open while the first order goes on", () => {
    const board = boardOf(order(), quote({ quote_id: "q2" }), order({ status: "ready" }));

    expect(board.quote?.quote_id).toBe("q2");
  });

  it("shows a menu of several parts when all are here, in their order", () => {
    const first = menuPart(1, 2, "m", [dish({ id: "a" })]);
    const second = menuPart(2, 2, "m", [dish({ id: "b" })]);

    expect(boardOf(second).found).toBeNull();
    const { found } = boardOf(second, first);
    expect(found?.type === "menu" && found.sections.map(({ dishes }) => dishes.map(({ id }) => id))).toEqual([["a", "b"]]);
  });

  it("does not mix the parts of two menus", () => {
    const { found } = boardOf(menuPart(1, 2, "old", [dish()]), menuPart(2, 2, "new", [dish()]));

    expect(found).toBeNull();
  });

  it("tells the newest change, also after an order", () => {
    const told: Card = { v: 1, type: "order_update", order_id: "o1", number: "417", status: "preparing", message: "It is being made." };
    const cards = [cart(), quote(), cart({ lines: [], quantity: 0 }), order(), told, cart({ version: 4, quantity: 1 }), cart({ version: 5, lines: [] })];
    let board = EMPTY_BOARD;
    const news = cards.map((card) => (board = withCard(board, card)).news);

    expect(news).toEqual([
      "In your cart: 3, $58.47.",
      "Your order to confirm: $64.26 at Harbor Grill.",
      "Your cart is empty.",
      "Order 417 is placed.",
      "It is being made.",
      "In your cart: 1, $58.47.",
      "Your cart is empty.",
    ]);
  });

  it("tells the status that an order has come to without a message", () => {
    const news = boardOf(order(), order({ status: "ready", status_text: "It is ready." })).news;

    expect(news).toBe("It is ready.");
  });

  it("takes the form away when nothing is needed any more", () => {
    const form: Card = { v: 1, type: "form", fields: ["name"] };

    expect(boardOf(form).form).toEqual(form);
    expect(boardOf(form, { ...form, fields: [] }).form).toBeNull();
  });
});
