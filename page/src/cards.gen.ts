// Made by `npm run types` from cards.schema.json: do not edit.

export type JsonValue = unknown;

/**
 * Nothing sends this: it holds together what page and agent send each other.
 */
export interface Contract {
  card:
    | ProfileCard
    | RestaurantsCard
    | DishesCard
    | MenuCard
    | CartCard
    | QuoteCard
    | OrderCard
    | OrderUpdateCard
    | FormCard
    | ToolCallCard
    | TurnCard
    | EventCard
    | ReportCard;
  approval_request: ApprovalRequest;
  approval_answer: ApprovalAnswer;
  developer_data_request: DeveloperDataRequest;
  form_answer: FormAnswer;
  accepted: Accepted;
}
/**
 * Who calls, as far as this call may tell; the first card of all.
 */
export interface ProfileCard {
  v: 1;
  type: "profile";
  name: string | null;
  is_guest: boolean;
  /**
   * The caller is on the telephone, and this page only shows and confirms.
   */
  is_second_screen: boolean;
  city: string | null;
  favorite_cuisines: string[];
  dietary_tags: string[];
}
export interface RestaurantsCard {
  v: 1;
  type: "restaurants";
  query: string;
  restaurants: Place[];
}
/**
 * A restaurant.
 */
export interface Place {
  id: string;
  slug: string;
  name: string;
  cuisine: string;
  address: string;
  city: string;
  phone: string;
  image: string | null;
  tags: string[];
  standout_dish: string;
  eta_minutes: number;
  is_open: boolean;
  delivers: boolean;
}
export interface DishesCard {
  v: 1;
  type: "dishes";
  query: string;
  dishes: Dish[];
}
export interface Dish {
  id: string;
  name: string;
  restaurant_id: string;
  restaurant_name: string;
  section: string;
  price: Money;
  description: string;
  /**
   * A web address (https).
   */
  image: string | null;
  tags: string[];
  allergens: string[];
  options: OptionGroup[];
  /**
   * There are more options than a card can carry: they are left out.
   */
  is_cut: boolean;
  is_available: boolean;
  /**
   * When it comes back by itself, where it is sold out and that is known.
   */
  back_at: string | null;
}
export interface Money {
  cents: number;
  /**
   * As it is shown: "$31.98".
   */
  text: string;
}
export interface OptionGroup {
  id: string;
  title: string;
  /**
   * A part is one of the dishes of a combo.
   */
  role: "size" | "part" | "other";
  /**
   * How many must be chosen.
   */
  least: number;
  most: number;
  has_halves: boolean;
  choices: Choice[];
}
export interface Choice {
  id: string;
  label: string;
  price: Money1;
  /**
   * Instead of `price`, where it depends on the size.
   */
  prices_by_size: PriceAtSize[];
  is_default: boolean;
  is_available: boolean;
}
/**
 * Added to the dish's price.
 */
export interface Money1 {
  cents: number;
  /**
   * As it is shown: "$31.98".
   */
  text: string;
}
export interface PriceAtSize {
  size_id: string;
  price: Money;
}
/**
 * A long menu comes in parts: those of one id belong together, in order; a section may go on in the next one.
 */
export interface MenuCard {
  v: 1;
  type: "menu";
  id: string;
  /**
   * Counts from 1.
   */
  part: number;
  parts: number;
  restaurant: Place;
  sections: MenuSection[];
}
export interface MenuSection {
  id: string;
  title: string;
  dishes: Dish[];
}
/**
 * Takes the place of every earlier one.
 */
export interface CartCard {
  v: 1;
  type: "cart";
  version: number;
  restaurant_id: string | null;
  restaurant_name: string | null;
  lines: CartLine[];
  quantity: number;
  subtotal: Money;
}
export interface CartLine {
  name: string;
  quantity: number;
  options: LineOption[];
  note: string;
  unit_price: Money;
  total: Money;
  id: string;
  dish_id: string;
  is_available: boolean;
}
export interface LineOption {
  /**
   * As said to the kitchen: "large", "no onions".
   */
  label: string;
  price: Money;
}
/**
 * drawn: it is about to be read back. open: it can be confirmed now. closed: nothing of it may be shown.
 */
export interface QuoteCard {
  v: 1;
  type: "quote";
  quote_id: string;
  state: "drawn" | "open" | "closed";
  restaurant_name: string;
  lines: Line[];
  sums: Sums;
  handover: Handover;
  order_note: string;
  allergy_note: string;
  valid_until: string;
}
export interface Line {
  name: string;
  quantity: number;
  options: LineOption[];
  note: string;
  unit_price: Money;
  total: Money;
}
export interface Sums {
  subtotal: Money;
  discount: Money;
  tax: Money;
  fees: Money;
  tip: Money;
  total: Money;
}
export interface Handover {
  kind: "pickup" | "delivery";
  ready_at: string;
  /**
   * As the agent says it: "6:45 PM", "tomorrow at noon"; the arrival's where it is a delivery.
   */
  ready_text: string;
  street: string;
  zip_code: string;
}
export interface OrderCard {
  v: 1;
  type: "order";
  order_id: string;
  /**
   * Three digits, as it is said.
   */
  number: string;
  restaurant_name: string;
  lines: Line[];
  sums: Sums;
  handover: Handover;
  status:
    "pending" | "confirmed" | "preparing" | "ready" | "picked_up" | "out_for_delivery" | "delivered" | "cancelled";
  status_text: string;
  is_pay_at_handover: boolean;
}
/**
 * The kitchen has got on with an order; `message` is what the agent says of it.
 */
export interface OrderUpdateCard {
  v: 1;
  type: "order_update";
  order_id: string;
  number: string;
  status:
    "pending" | "confirmed" | "preparing" | "ready" | "picked_up" | "out_for_delivery" | "delivered" | "cancelled";
  message: string;
}
/**
 * What the agent needs and is easier typed than said; no fields: nothing any more. Answered by `submit_form`.
 */
export interface FormCard {
  v: 1;
  type: "form";
  fields: ("name" | "street" | "zip_code" | "phone")[];
}
/**
 * For developers. Times are seconds since the call began.
 */
export interface ToolCallCard {
  v: 1;
  type: "tool_call";
  tool_name: string;
  arguments: {
    [k: string]: JsonValue;
  };
  result: string;
  is_error: boolean;
  started: number;
  ended: number;
}
/**
 * For developers: one go of either side.
 */
export interface TurnCard {
  v: 1;
  type: "turn";
  side: "caller" | "agent";
  at: number;
  /**
   * How long it was spoken; null: it was written.
   */
  seconds: number | null;
  is_interrupted: boolean;
  stages: StageTime[];
}
/**
 * transcription is a part of end_of_turn; response is the whole: from the caller's last sound to the reply.
 */
export interface StageTime {
  stage: "transcription" | "end_of_turn" | "model" | "speech" | "response";
  ms: number;
}
/**
 * For developers: something worth seeing on the call's timeline.
 */
export interface EventCard {
  v: 1;
  type: "event";
  at: number;
  kind: string;
  detail: string;
}
/**
 * For developers: the call so far, after each turn.
 */
export interface ReportCard {
  v: 1;
  type: "report";
  seconds: number;
  turns: number;
  tools: number;
  usage: ModelUse[];
  /**
   * US dollars, as far as prices are known.
   */
  cost: string;
  /**
   * What was used and has no price.
   */
  cost_unknown: string[];
}
export interface ModelUse {
  kind: string;
  provider: string;
  model: string;
  input_tokens: number;
  output_tokens: number;
  characters: number;
  audio_seconds: number;
  requests: number;
}
/**
 * A later request takes the place of an earlier one.
 */
export interface ApprovalRequest {
  quote_id: string;
  cart: Line[];
  total: Money;
}
/**
 * approved: as the key 1. Not approved: as the key 2, the caller wants to change the order.
 */
export interface ApprovalAnswer {
  approved: boolean;
}
export interface DeveloperDataRequest {
  on: boolean;
}
export interface FormAnswer {
  name?: string;
  street?: string;
  zip_code?: string;
  phone?: string;
}
export interface Accepted {
  accepted: boolean;
  /**
   * Why not, to be shown as it is.
   */
  message: string;
}
