import { type LocalParticipant, type Participant, type RemoteParticipant, Room, RoomEvent, RpcError } from "livekit-client";
import { type Board, type Card, cardFrom, EMPTY_BOARD, withCard, withoutCarts, withoutQuestions } from "../board/board";
import type { Accepted, FormAnswer, Place } from "../cards.gen";
import { Observed } from "../lib/observed";
import { askForPass, askForScreen, type Caller, type Pass } from "../lib/server";
import { Approvals, approvalRequestFrom } from "./approvals";
import { codeOf } from "./keys";
import { Line, type LineState } from "./line";
import { type Heard, type Utterance, withHeard, withTyped } from "./talk";

const CARDS = "phone-agent.cards";
const CHAT = "lk.chat";
const APPROVAL = "request_checkout_approval";
const DEVELOPER_DATA = "developer_data";
const SEND_CARDS = "send_cards";
const SUBMIT_FORM = "submit_form";
const NOT_NOW: Accepted = { accepted: false, message: "The line is not open just now. Try again in a moment." };

export type CallPlan = { how: "voice" | "typing"; caller: Caller } | { how: "screen"; code: string };

/** What the page knows of one call and may do in it. It outlives the line: what was said and shown stays to be read. */
export class PageCall {
  readonly board = new Observed<Board>(EMPTY_BOARD);
  readonly talk = new Observed<Utterance[]>([]);
  readonly approvals = new Approvals();
  /** Whether the agent is heard; who types reads. */
  readonly isAloud: Observed<boolean>;
  readonly line: Line;
  private typed = 0;
  private agent: string | null = null;

  constructor(
    readonly plan: CallPlan,
    newRoom: () => Room = roomOfACall,
  ) {
    this.isAloud = new Observed(plan.how === "voice");
    const planOfLine = {
      isAloud: () => this.isAloud.value,
      withVoice: plan.how === "voice",
      passFor: (signal: AbortSignal) => this.passFor(signal),
      prepare: (room: Room) => this.prepare(room),
      forget: () => this.forget(),
      meet: (agent: string) => this.meet(agent),
    };
    this.line = new Line(planOfLine, newRoom);
  }

  get state(): LineState {
    return this.line.state.value;
  }

  hear(heard: Heard[], callerIdentity: string): void {
    this.talk.set(withHeard(this.talk.value, heard, callerIdentity, Date.now()));
  }

  async type(text: string): Promise<void> {
    await this.here().sendText(text, { topic: CHAT });
    this.typed += 1;
    this.talk.set(withTyped(this.talk.value, `typed-${this.typed}`, text, Date.now()));
  }

  askForMenu(place: Place): void {
    // Nothing is lost with it: the card is still there to be asked again.
    this.type(`What is on the menu at ${place.name}?`).catch(() => undefined);
  }

  async press(digit: string): Promise<void> {
    const code = codeOf(digit);
    if (code !== undefined) await this.here().publishDtmf(code, digit);
  }

  submitForm(answer: FormAnswer): Promise<Accepted> {
    return this.askAgent(SUBMIT_FORM, answer);
  }

  sendDeveloperData(on: boolean): Promise<Accepted> {
    return this.askAgent(DEVELOPER_DATA, { on });
  }

  setAloud(isAloud: boolean): void {
    this.isAloud.set(isAloud);
    for (const participant of this.state.room?.remoteParticipants.values() ?? []) {
      for (const publication of participant.trackPublications.values()) publication.setSubscribed(isAloud);
    }
  }

  answerQuote(quoteId: string, approved: boolean): void {
    this.approvals.answer(quoteId, approved);
  }

  private async passFor(signal: AbortSignal): Promise<Pass> {
    if (this.plan.how === "screen") return askForScreen(this.plan.code, signal);
    const pass = await askForPass(this.plan.caller, signal);
    // A new pass is for a new room, whose cart begins with nothing; orders stand.
    this.board.set(withoutCarts(this.board.value));
    return pass;
  }

  /** What has ended meanwhile is not sent again: only what still stands is. */
  private forget(): void {
    this.approvals.withdraw();
    this.board.set(withoutQuestions(this.board.value));
  }

  private here(): LocalParticipant {
    const { room, phase } = this.state;
    if (!room || phase !== "connected") throw new Error("the line is not open");
    return room.localParticipant;
  }

  private async askAgent(method: string, payload: unknown): Promise<Accepted> {
    const agent = [...(this.state.room?.remoteParticipants.values() ?? [])].find((one) => one.isAgent);
    if (!agent) return NOT_NOW;
    try {
      const destinationIdentity = agent.identity;
      const said = await this.here().performRpc({ destinationIdentity, method, payload: JSON.stringify(payload) });
      return JSON.parse(said) as Accepted;
    } catch {
      return NOT_NOW;
    }
  }

  private prepare(room: Room): void {
    room.on(RoomEvent.DataReceived, (payload, sender, _kind, topic) => {
      if (topic !== CARDS || !sender || !isAgent(sender)) return;
      this.meet(sender.identity);
      this.show(new TextDecoder().decode(payload));
    });
    room.on(RoomEvent.Reconnected, () => {
      this.board.set(withoutQuestions(this.board.value));
      void this.askAgent(SEND_CARDS, {});
    });
    room.on(RoomEvent.TrackPublished, (publication) => publication.setSubscribed(this.isAloud.value));
    room.registerRpcMethod(APPROVAL, async ({ payload, callerIdentity, responseTimeout }) => {
      const request = isAgent(room.remoteParticipants.get(callerIdentity)) ? approvalRequestFrom(payload) : null;
      if (!request) throw new RpcError(RpcError.ErrorCode.APPLICATION_ERROR, "not a request for approval");
      const answer = await this.approvals.ask(request, responseTimeout);
      if (!answer) throw new RpcError(RpcError.ErrorCode.APPLICATION_ERROR, "nobody answered");
      return JSON.stringify(answer);
    });
  }

  /** Another agent than before knows nothing of what was not placed: it is a call of its own. */
  private meet(agent: string): void {
    const before = this.agent;
    this.agent = agent;
    if (before === null || before === agent) return;
    this.approvals.withdraw();
    this.board.set({ ...this.board.value, cart: null, quote: null, found: null, form: null });
    this.line.note("agent-changed");
  }

  private show(text: string): void {
    const card = cardFrom(text);
    if (!card) return;
    const before = this.board.value;
    this.board.set(withCard(before, card));
    const isUnderWay = card.type === "cart" && card.lines.length > 0;
    if (isUnderWay) this.line.clear("agent-changed");
    const { open } = this.approvals;
    if (open.value && settles(card, open.value.quote_id, before)) this.approvals.withdraw();
  }
}

function roomOfACall(): Room {
  // What is lost and found again keeps its microphone.
  return new Room({ stopLocalTrackOnUnpublish: false });
}

/** The question about a quote is over where the quote was closed or placed, or another one took its place. */
function settles(card: Card, quoteId: string, before: Board): boolean {
  if (card.type === "order") return before.orders.every((order) => order.order_id !== card.order_id);
  return card.type === "quote" && (card.state === "closed") === (card.quote_id === quoteId);
}

function isAgent(participant: Participant | RemoteParticipant | undefined): boolean {
  return participant?.isAgent === true;
}
