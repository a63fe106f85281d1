import type {
  CartCard,
  Contract,
  DishesCard,
  EventCard,
  FormCard,
  MenuCard,
  OrderCard,
  OrderUpdateCard,
  ProfileCard,
  QuoteCard,
  ReportCard,
  RestaurantsCard,
  ToolCallCard,
  TurnCard,
} from "../cards.gen";
import { newsOf } from "./news";

export type Card = Contract["card"];
export type Found = RestaurantsCard | DishesCard | MenuCard;
export type DeveloperCard = ToolCallCard | TurnCard | EventCard;

/** What the page shows of a call: the last word of each kind. */
export interface Board {
  profile: ProfileCard | null;
  found: Found | null;
  /** Parts of menus of which others are still on their way. */
  parts: MenuCard[];
  cart: CartCard | null;
  quote: QuoteCard | null;
  orders: OrderCard[];
  updates: OrderUpdateCard[];
  form: FormCard | null;
  developer: DeveloperCard[];
  report: ReportCard | null;
  /** The newest change in words, for who does not see it. */
  news: string;
}

export const EMPTY_BOARD: Board = {
  profile: null,
  found: null,
  parts: [],
  cart: null,
  quote: null,
  orders: [],
  updates: [],
  form: null,
  developer: [],
  report: null,
  news: "",
};

/** After a lost line: a quote or a form may have ended unseen, and a menu's parts may have gone by. */
export function withoutQuestions(board: Board): Board {
  return { ...board, quote: null, form: null, parts: [] };
}

/** In a new room: its cart counts from anew, and nothing has been looked for in it. */
export function withoutCarts(board: Board): Board {
  return { ...withoutQuestions(board), cart: null, found: null };
}

const VERSION = 1;
const MOST_DEVELOPER_CARDS = 300;

const TYPES: Record<Card["type"], true> = {
  profile: true,
  restaurants: true,
  dishes: true,
  menu: true,
  cart: true,
  quote: true,
  order: true,
  order_update: true,
  form: true,
  tool_call: true,
  turn: true,
  event: true,
  report: true,
};

/** null: not a card, or one of a version or type that this page does not know. */
export function cardFrom(text: string): Card | null {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof said !== "object" || said === null) return null;
  const { type, v } = said as { type?: unknown; v?: unknown };
  return v === VERSION && typeof type === "string" && Object.hasOwn(TYPES, type) ? (said as Card) : null;
}

export function withCard(before: Board, card: Card): Board {
  const now = changed(before, card);
  const news = newsOf(before, now);
  return news === null ? now : { ...now, news };
}

function changed(board: Board, card: Card): Board {
  switch (card.type) {
    case "profile":
      return { ...board, profile: card };
    case "restaurants":
    case "dishes":
      return { ...board, found: card };
    case "menu":
      return withMenuPart(board, card);
    case "cart":
      return isOlder(card, board.cart) ? board : { ...board, cart: card };
    case "quote":
      return withQuote(board, card);
    case "order":
      return withOrder(board, card);
    case "order_update":
      return withUpdate(board, card);
    case "form":
      return { ...board, form: card.fields.length > 0 ? card : null };
    case "report":
      return { ...board, report: card };
    case "tool_call":
    case "turn":
    case "event":
      return { ...board, developer: [...board.developer, card].slice(-MOST_DEVELOPER_CARDS) };
  }
}

function isOlder(card: CartCard, shown: CartCard | null): boolean {
  return shown !== null && shown.restaurant_id === card.restaurant_id && card.version < shown.version;
}

function withQuote(board: Board, card: QuoteCard): Board {
  if (card.state !== "closed") return { ...board, quote: card };
  return board.quote?.quote_id === card.quote_id ? { ...board, quote: null } : board;
}

/** A placed order stands where its quote stood. */
function withOrder(board: Board, card: OrderCard): Board {
  const others = board.orders.filter((order) => order.order_id !== card.order_id);
  const isNew = others.length === board.orders.length;
  return { ...board, orders: [...others, card], quote: isNew ? null : board.quote };
}

function withUpdate(board: Board, card: OrderUpdateCard): Board {
  const orders = board.orders.map((order) =>
    order.order_id === card.order_id ? { ...order, status: card.status } : order,
  );
  return { ...board, orders, updates: [...board.updates, card] };
}

/** A menu is shown when its last part is here. */
function withMenuPart(board: Board, card: MenuCard): Board {
  const ofThisMenu = [...board.parts.filter((part) => part.id === card.id && part.part !== card.part), card];
  if (ofThisMenu.length < card.parts) return { ...board, parts: ofThisMenu };
  ofThisMenu.sort((one, other) => one.part - other.part);
  return { ...board, parts: [], found: { ...card, part: 1, parts: 1, sections: joined(ofThisMenu) } };
}

function joined(parts: MenuCard[]): MenuCard["sections"] {
  const sections = new Map<string, MenuCard["sections"][number]>();
  for (const section of parts.flatMap((part) => part.sections)) {
    const begun = sections.get(section.id);
    sections.set(section.id, begun ? { ...begun, dishes: [...begun.dishes, ...section.dishes] } : section);
  }
  return [...sections.values()];
}
