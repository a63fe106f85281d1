import { act, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { beforeAll, expect, it, vi } from "vitest";
import type { Choice, OptionGroup, OrderUpdateCard, RestaurantsCard } from "../cards.gen";
import { dish, LINES, money, order, PLACE, quote } from "../samples";
import { DishDetails } from "./DishDetails";
import { MenuItemsDisplay } from "./MenuItemsDisplay";
import { OrderConfirmation } from "./OrderConfirmation";
import { QuoteCard } from "./QuoteCard";
import { RestaurantSearchResults } from "./RestaurantSearchResults";

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

it("says nothing of an earlier status beside a later one", () => {
  const told: OrderUpdateCard = { v: 1, type: "order_update", order_id: "o1", number: "417", status: "preparing", message: "In the oven." };
  const words = (["preparing", "ready"] as const).map((status) => {
    const place = shown(<OrderConfirmation card={order({ status, status_text: "It waits for you." })} updates={[told]} />);
    return [place.textContent.includes("In the oven."), place.textContent.includes("It waits for you.")];
  });

  expect(words).toEqual([
    [true, false],
    [false, true],
  ]);
});

it("says that an offer has run out when its time is over, unless the agent still asks", () => {
  vi.useFakeTimers();
  const card = quote({ valid_until: new Date(Date.now() + 60_000).toISOString() });
  const place = shown(<QuoteCard card={card} request={null} isScreen={false} onAnswer={() => undefined} />);
  const before = place.querySelector(".hint")?.textContent;
  act(() => void vi.advanceTimersByTime(60_000));
  const after = place.querySelector(".hint")?.textContent;
  const asked = shown(<QuoteCard card={quote()} request={REQUEST} isScreen={false} onAnswer={() => undefined} />);
  act(() => void vi.advanceTimersByTime(0));
  vi.useRealTimers();

  expect(before).toContain("press 1");
  expect(after).toContain("run out");
  expect(asked.querySelector(".hint")?.textContent).toContain("press 1");
});

it("names what a choice costs in each size", () => {
  const [size] = dish().options;
  const prices = [
    { size_id: "s", price: money(100) },
    { size_id: "l", price: money(150) },
  ];
  const bacon: Choice = { id: "b", label: "Bacon", price: money(0), prices_by_size: prices, is_default: false, is_available: true };
  const extras: OptionGroup = { id: "x", title: "Extras", role: "other", least: 0, most: 3, has_halves: false, choices: [bacon] };
  const place = shown(<DishDetails dish={dish({ options: [...(size ? [size] : []), extras] })} onClose={() => undefined} />);

  expect(place.textContent).toContain("Small +$1.00, Large +$1.50");
});

it("opens a restaurant, and asks for its menu where this page may ask", () => {
  const onMenu = vi.fn();
  const card: RestaurantsCard = { v: 1, type: "restaurants", query: "", restaurants: [PLACE] };
  const offered = [onMenu, null].map((ask) => {
    const place = shown(<RestaurantSearchResults card={card} onMenu={ask} />);
    act(() => place.querySelector<HTMLButtonElement>("button.find")?.click());
    const menu = button(place, "Show the menu");
    act(() => menu?.click());
    return [place.textContent.includes("18 Pier Road") || menu !== undefined, menu !== undefined];
  });

  expect(offered).toEqual([
    [true, true],
    [true, false],
  ]);
  expect(onMenu.mock.calls).toEqual([[PLACE]]);
});

it("counts a delivery that is ready as still being made, until it is on its way", () => {
  const handover = { ...order().handover, kind: "delivery" } as const;
  const steps = (["ready", "out_for_delivery"] as const).map((status) => {
    const place = shown(<OrderConfirmation card={order({ status, handover })} updates={[]} />);
    return place.querySelector("[aria-current]")?.textContent;
  });

  expect(steps).toEqual(["Being made", "On its way"]);
});
