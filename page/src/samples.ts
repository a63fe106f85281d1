/** Cards as an agent sends them, for the tests and the gallery; no part of the built page. */
import type { Card } from "./board/board";
import type { CartCard, Dish, Line, Money, OptionGroup, OrderCard, Place, QuoteCard } from "./cards.gen";

export function money(cents: number): Money {
  return { cents, text: `${cents < 0 ? "-" : ""}$${(Math.abs(cents) / 100).toFixed(2)}` };
}

const SIZE: OptionGroup = {
  id: "size",
  title: "Size",
  role: "size",
  least: 1,
  most: 1,
  has_halves: false,
  choices: [
    { id: "s", label: "Small", price: money(0), prices_by_size: [], is_default: true, is_available: true },
    { id: "l", label: "Large", price: money(350), prices_by_size: [], is_default: false, is_available: true },
  ],
};

export function dish(change: Partial<Dish> = {}): Dish {
  return {
    id: "caesar",
    name: "Caesar Salad",
    restaurant_id: "grill",
    restaurant_name: "Harbor Grill",
    section: "Salads",
    price: money(899),
    description: "Romaine, shaved parmesan, croutons baked this morning, and a dressing with anchovies.",
    image: null,
    tags: ["seafood"],
    allergens: ["milk", "fish", "wheat"],
    options: [SIZE],
    is_cut: false,
    is_available: true,
    back_at: null,
    ...change,
  };
}

export const PLACE: Place = {
  id: "grill",
  slug: "harbor-grill",
  name: "Harbor Grill",
  cuisine: "seafood",
  address: "18 Pier Road",
  city: "Orlando",
  phone: "+14075550112",
  image: null,
  tags: ["gluten_free"],
  standout_dish: "Grilled Salmon",
  eta_minutes: 25,
  is_open: true,
  delivers: true,
};

export const LINES: Line[] = [
  {
    name: "Caesar Salad",
    quantity: 1,
    options: [
      { label: "large", price: money(350) },
      { label: "no croutons", price: money(0) },
    ],
    note: "dressing on the side",
    unit_price: money(1249),
    total: money(1249),
  },
  { name: "Grilled Salmon", quantity: 2, options: [], note: "", unit_price: money(2299), total: money(4598) },
];

const SUMS = {
  subtotal: money(5847),
  discount: money(0),
  tax: money(380),
  fees: money(199),
  tip: money(0),
  total: money(6426),
};

const PICKUP = {
  kind: "pickup",
  ready_at: "2026-03-02T18:45:00-05:00",
  ready_text: "6:45 PM",
  street: "",
  zip_code: "",
} as const;

export function cart(change: Partial<CartCard> = {}): CartCard {
  return {
    v: 1,
    type: "cart",
    version: 2,
    restaurant_id: "grill",
    restaurant_name: "Harbor Grill",
    lines: LINES.map((line, at) => ({ ...line, id: String(at), dish_id: String(at), is_available: true })),
    quantity: 3,
    subtotal: money(5847),
    ...change,
  };
}

export function quote(change: Partial<QuoteCard> = {}): QuoteCard {
  return {
    v: 1,
    type: "quote",
    quote_id: "q1",
    state: "open",
    restaurant_name: "Harbor Grill",
    lines: LINES,
    sums: SUMS,
    handover: PICKUP,
    order_note: "",
    allergy_note: "",
    valid_until: new Date(Date.now() + 600_000).toISOString(),
    ...change,
  };
}

export function order(change: Partial<OrderCard> = {}): OrderCard {
  return {
    v: 1,
    type: "order",
    order_id: "o1",
    number: "417",
    restaurant_name: "Harbor Grill",
    lines: LINES,
    sums: SUMS,
    handover: PICKUP,
    status: "confirmed",
    status_text: "The kitchen has your order.",
    is_pay_at_handover: true,
    ...change,
  };
}

export const PROFILE: Card = {
  v: 1,
  type: "profile",
  name: "Rivera Household",
  is_guest: false,
  is_second_screen: false,
  city: "Orlando",
  favorite_cuisines: ["cheesecake", "seafood"],
  dietary_tags: [],
};

export function menuPart(part: number, parts: number, id: string, dishes: Dish[]): Card {
  const sections = [{ id: "salads", title: "Salads", dishes }];
  return { v: 1, type: "menu", id, part, parts, restaurant: PLACE, sections };
}
