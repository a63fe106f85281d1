/** Every state of the page without a server: `npm run dev`, then /gallery/?state=quote. */
import "../src/styles/base.css";
import { Room } from "livekit-client";
import { createRoot } from "react-dom/client";
import { App } from "../src/App";
import { type Card, withCard } from "../src/board/board";
import { CallView } from "../src/call/Calling";
import { PageCall } from "../src/call/call";
import type { Phase } from "../src/call/line";
import type { Utterance } from "../src/call/talk";
import { ADVICE, type Trouble, type TroubleKind } from "../src/lib/trouble";
import { cart, dish, LINES, menuPart, money, order, PLACE, PROFILE, quote } from "../src/samples";
import { TroubleNotice } from "../src/ui/TroubleNotice";

interface State {
  phase?: Phase;
  cards?: Card[];
  how?: "voice" | "typing" | "screen";
  trouble?: Trouble;
  isAsked?: boolean;
  hasBegun?: boolean;
}

const PICTURE =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9" fill="#c98a5b"/><circle cx="8" cy="4.5" r="3" fill="#f6e3c8"/></svg>',
  );
const FOUND: Card = {
  v: 1,
  type: "dishes",
  query: "cheesecake",
  dishes: [
    dish({ id: "1", name: "Strawberry Cheesecake", image: PICTURE, restaurant_name: "Cheesecake Corner", price: money(799) }),
    dish({ id: "2", name: "Vanilla Cheesecake", is_available: false, back_at: "2026-03-02T18:30:00-05:00" }),
    dish(),
  ],
};
const PLACES: Card = {
  v: 1,
  type: "restaurants",
  query: "thai",
  restaurants: [{ ...PLACE, image: PICTURE }, { ...PLACE, id: "2", name: "Siam Garden", cuisine: "thai", is_open: false }],
};
const DEVELOPER: Card[] = [
  { v: 1, type: "turn", side: "caller", at: 4.2, seconds: 2.1, is_interrupted: false, stages: [{ stage: "transcription", ms: 210 }, { stage: "end_of_turn", ms: 480 }] },
  { v: 1, type: "turn", side: "agent", at: 6.9, seconds: 3.4, is_interrupted: true, stages: [{ stage: "model", ms: 380 }, { stage: "speech", ms: 160 }, { stage: "response", ms: 1040 }] },
  { v: 1, type: "tool_call", tool_name: "find_food_item", arguments: { query: "cheesecake" }, result: "I found three.", is_error: false, started: 6.2, ended: 6.31 },
  { v: 1, type: "event", at: 9.1, kind: "key", detail: "1" },
  { v: 1, type: "report", seconds: 32, turns: 4, tools: 2, cost: "0.0123", cost_unknown: ["flite"], usage: [{ kind: "LLM", provider: "openai", model: "gpt-4.1", input_tokens: 1200, output_tokens: 80, characters: 0, audio_seconds: 0, requests: 3 }] },
];

const STATES: Record<string, State> = {
  connecting: { phase: "connecting" },
  empty: {},
  typing: { how: "typing" },
  dishes: { cards: [PROFILE, FOUND, cart({ lines: [], quantity: 0, subtotal: money(0) })] },
  restaurants: { cards: [PROFILE, PLACES] },
  menu: { cards: [menuPart(1, 1, "m", [dish(), dish({ id: "g", name: "Garden Salad", description: "" })]), cart()] },
  cart: { cards: [PROFILE, cart()] },
  drawn: { cards: [cart(), quote({ state: "drawn" })] },
  quote: { cards: [PROFILE, cart(), quote({ allergy_note: "Nut allergy: the kitchen is told." })], isAsked: true },
  order: { cards: [cart({ lines: [] }), order({ status: "preparing" })] },
  form: { cards: [{ v: 1, type: "form", fields: ["name", "street", "zip_code", "phone"] }, cart()] },
  debug: { cards: [cart(), ...DEVELOPER] },
  reconnecting: { phase: "reconnecting", cards: [cart()], trouble: { kind: "server-away" } },
  ended: { phase: "ended", cards: [order()] },
  screen: { how: "screen", cards: [quote()], isAsked: true },
  "screen-empty": { how: "screen" },
  refused: { phase: "ended", trouble: { kind: "microphone-refused" }, hasBegun: false },
  "too-many": { phase: "ended", trouble: { kind: "too-many", waitSeconds: 40 }, hasBegun: false },
};

const TALK: Utterance[] = [
  ["agent", "Hello Ana. What would you like to order?"],
  ["caller", "I would like a large Caesar salad and two grilled salmon."],
  ["agent", "I added one large Caesar Salad and two Grilled Salmon. Anything else?"],
].map(([who, text], at) => ({ id: String(at), who: who as Utterance["who"], text: text ?? "", at, isFinal: true, isTyped: false }));

function callIn({ phase = "connected", cards = [], how = "voice", trouble, isAsked, hasBegun = true }: State): PageCall {
  const call = new PageCall(how === "screen" ? { how, code: "1234" } : { how, caller: { name: "Ana", restaurant: null } });
  call.line.state.set({ phase, room: new Room(), trouble: trouble ?? null, hasBegun });
  call.board.set(cards.reduce(withCard, call.board.value));
  if (cards.length > 0) call.talk.set(TALK);
  if (isAsked) void call.approvals.ask({ quote_id: "q1", cart: LINES, total: money(6426) }, 1e8);
  return call;
}

const nothing = () => undefined;
const name = new URLSearchParams(location.search).get("state") ?? "";
const root = document.getElementById("root");
if (root) {
  const page = createRoot(root);
  const state = STATES[name];
  if (name === "door") page.render(<App visit={{ code: null, isEmbedded: false, restaurant: null }} />);
  else if (state) page.render(<CallView call={callIn(state)} isEmbedded={false} isForDevelopers={name === "debug"} onAgain={nothing} onLeave={nothing} />);
  else if (name === "troubles") {
    const kinds = Object.keys(ADVICE) as TroubleKind[];
    page.render(kinds.map((kind) => <TroubleNotice key={kind} trouble={{ kind }} />));
  } else {
    const names = ["door", "troubles", ...Object.keys(STATES)];
    page.render(names.map((one) => <p key={one}><a href={`?state=${one}`}>{one}</a></p>));
  }
}
