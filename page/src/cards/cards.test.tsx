import { act, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { beforeAll, expect, it, vi } from "vitest";
import { dish, LINES, money, order, quote } from "../samples";
import { MenuItemsDisplay } from "./MenuItemsDisplay";
import { OrderConfirmation } from "./OrderConfirmation";
import { QuoteCard } from "./QuoteCard";

const REQUEST = { quote_id: "q1", cart: LINES, total: money(6426) };

beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView = () => undefined;
  HTMLDialogElement.prototype.showModal = () => undefined;
});

function shown(element: ReactElement): HTMLElement {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  act(() => createRoot(place).render(element));
  return place;
}

function button(place: HTMLElement, words: string): HTMLButtonElement | undefined {
  return [...place.querySelectorAll("button")].find((one) => one.textContent === words);
}

it("answers the quote that is shown, by Confirm and by Change", () => {
  const onAnswer = vi.fn();
  const place = shown(<QuoteCard card={quote()} request={REQUEST} isScreen={false} onAnswer={onAnswer} />);
  button(place, "Confirm")?.click();
  button(place, "Change")?.click();

  expect(onAnswer.mock.calls).toEqual([
    ["q1", true],
    ["q1", false],
  ]);
});

it("offers nothing to confirm where another quote is asked about, or none", () => {
  const other = { ...REQUEST, quote_id: "q0" };
  const buttons = [other, null].map((request) => {
    const place = shown(<QuoteCard card={quote()} request={request} isScreen={false} onAnswer={() => undefined} />);
    return place.querySelectorAll("button").length;
  });

  expect(buttons).toEqual([0, 0]);
});

it("can be confirmed though its card has not come yet", () => {
  const place = shown(<QuoteCard card={null} request={REQUEST} isScreen={false} onAnswer={() => undefined} />);

  expect(place.textContent).toContain("$64.26");
  expect(button(place, "Confirm")).toBeDefined();
});

it("says of a dish without a list of allergens that the menu names none", () => {
  const card = { v: 1, type: "dishes", query: "", dishes: [dish({ allergens: [] })] } as const;
  const place = shown(<MenuItemsDisplay card={{ ...card, dishes: [...card.dishes] }} />);
  act(() => place.querySelector<HTMLButtonElement>("button.find")?.click());

  expect(place.querySelector("dialog")?.textContent).toContain("names no allergens");
});

it("counts a delivery that is ready as still being made, until it is on its way", () => {
  const handover = { ...order().handover, kind: "delivery" } as const;
  const steps = (["ready", "out_for_delivery"] as const).map((status) => {
    const place = shown(<OrderConfirmation card={order({ status, handover })} updates={[]} />);
    return place.querySelector("[aria-current]")?.textContent;
  });

  expect(steps).toEqual(["Being made", "On its way"]);
});
