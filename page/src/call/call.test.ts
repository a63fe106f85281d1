import { ParticipantKind, RemoteParticipant, Room, RoomEvent } from "livekit-client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Card, withCard } from "../board/board";
import { cart, dish, LINES, menuPart, money, order, quote } from "../samples";
import { PageCall } from "./call";

const PATIENCE_MS = 12_000;
const FORM: Card = { v: 1, type: "form", fields: ["name"] };
const DISHES: Card = { v: 1, type: "dishes", query: "", dishes: [dish()] };

/** A room that is joined without a server; all else is LiveKit's own. */
class RoomAtHand extends Room {
  override connect = (): Promise<void> => Promise.resolve();
  override disconnect = (): Promise<void> => Promise.resolve();

  bring(identity = "agent"): RemoteParticipant {
    const [no, { client }] = [undefined, this.engine];
    const agent = new RemoteParticipant(client, "PA_1", identity, no, no, no, no, ParticipantKind.AGENT);
    this.remoteParticipants.set(agent.identity, agent);
    this.emit(RoomEvent.ParticipantConnected, agent);
    return agent;
  }

  lose(agent: RemoteParticipant): void {
    this.remoteParticipants.delete(agent.identity);
    this.emit(RoomEvent.ParticipantDisconnected, agent);
  }
}

const rooms: RoomAtHand[] = [];
const fetchAnywhere = globalThis.fetch;
let passes = 0;

async function callWith(...cards: Card[]): Promise<PageCall> {
  const call = new PageCall({ how: "typing", caller: { name: "", restaurant: null } }, () => {
    const room = new RoomAtHand();
    rooms.push(room);
    return room;
  });
  await call.line.open();
  call.board.set(cards.reduce(withCard, call.board.value));
  return call;
}

function room(): RoomAtHand {
  const last = rooms.at(-1);
  if (!last) throw new Error("no room was joined");
  return last;
}

beforeEach(() => {
  vi.useFakeTimers();
  globalThis.fetch = () => {
    passes += 1;
    return Promise.resolve(Response.json({ server_url: "ws://x", participant_token: `t${passes}` }));
  };
});
afterEach(() => {
  vi.useRealTimers();
  globalThis.fetch = fetchAnywhere;
  rooms.length = 0;
  passes = 0;
});

it("asks nothing any more that was asked before the line was lost, and keeps the cart", async () => {
  const call = await callWith(cart(), quote(), FORM, menuPart(1, 2, "m", [dish()]));
  room().emit(RoomEvent.Disconnected);
  const { quote: asked, form, parts, cart: kept } = call.board.value;

  expect([asked, form, parts]).toEqual([null, null, []]);
  expect(kept).not.toBeNull();
});

it("asks nothing from before where LiveKit itself mends the line", async () => {
  const call = await callWith(quote(), FORM);
  room().emit(RoomEvent.Reconnected);

  expect([call.board.value.quote, call.board.value.form]).toEqual([null, null]);
});

it("goes on in the same room after a lost line", async () => {
  await callWith();
  room().bring();
  room().emit(RoomEvent.Disconnected);
  await vi.advanceTimersByTimeAsync(0);

  expect([rooms.length, passes]).toEqual([2, 1]);
});

it("begins with an empty cart in a new room, where placed orders stand", async () => {
  const call = await callWith(cart({ version: 9 }), DISHES, order());
  room().lose(room().bring());
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  const fresh = call.board.value;
  call.board.set(withCard(fresh, cart({ version: 1 })));

  expect(passes).toBe(2);
  expect([fresh.cart, fresh.found]).toEqual([null, null]);
  expect(fresh.orders.map(({ number }) => number)).toEqual(["417"]);
  expect(call.board.value.cart?.version).toBe(1);
});

it("looks for another agent when its own is lost, and says in the end that nobody answers", async () => {
  const call = await callWith();
  room().lose(room().bring());
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);
  const afterOnce = rooms.length;
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);

  expect(afterOnce).toBe(2);
  expect(call.state).toMatchObject({ phase: "ended", trouble: { kind: "nobody-answers" } });
});

it("notices an agent that was lost while the line was away", async () => {
  await callWith();
  const agent = room().bring();
  room().remoteParticipants.delete(agent.identity);
  room().emit(RoomEvent.Reconnected);
  await vi.advanceTimersByTimeAsync(PATIENCE_MS);

  expect(rooms.length).toBe(2);
});

it.each(["before", "after"])("tells that it begins again with another agent when the first leaves %s the line is back", async (when) => {
  const call = await callWith(cart());
  const first = room().bring();
  room().emit(RoomEvent.SignalReconnecting);
  room().bring("another");
  if (when === "before") room().lose(first);
  room().emit(RoomEvent.Reconnected);
  if (when === "after") room().lose(first);

  expect(call.board.value.cart).toBeNull();
  expect(call.state).toMatchObject({ phase: "connected", trouble: { kind: "agent-changed" } });
});

it("takes back a question that a lost agent has asked", async () => {
  const call = await callWith(quote());
  const agent = room().bring();
  const answered = call.approvals.ask({ quote_id: "q1", cart: LINES, total: money(6426) }, 90_000);
  room().lose(agent);

  expect(await answered).toBeNull();
  expect(call.board.value.quote).toBeNull();
});

it("says that the visitor is offline only as long as that is so", async () => {
  const call = await callWith();
  window.dispatchEvent(new Event("offline"));
  const before = call.state.trouble;
  window.dispatchEvent(new Event("online"));

  expect(before).toEqual({ kind: "offline" });
  expect(call.state.trouble).toBeNull();
});

it("forgets a lost microphone when another one is chosen, and no other trouble", async () => {
  const call = await callWith();
  room().emit(RoomEvent.MediaDevicesError, new Error("gone"));
  const before = call.state.trouble;
  room().emit(RoomEvent.ActiveDeviceChanged, "audiooutput", "other");
  const still = call.state.trouble;
  room().emit(RoomEvent.ActiveDeviceChanged, "audioinput", "other");
  const after = call.state.trouble;
  window.dispatchEvent(new Event("offline"));
  room().emit(RoomEvent.ActiveDeviceChanged, "audioinput", "third");

  expect([before, still, after]).toEqual([{ kind: "microphone-lost" }, { kind: "microphone-lost" }, null]);
  expect(call.state.trouble).toEqual({ kind: "offline" });
});
