import { type LocalParticipant, type Participant, type RemoteParticipant, Room, RoomEvent, RpcError } from "livekit-client";
import { type Board, type Card, cardFrom, EMPTY_BOARD, withCard } from "../board/board";
import type { Accepted, FormAnswer } from "../cards.gen";
import { Observed } from "../lib/observed";
import { askForPass, askForScreen, type Caller } from "../lib/server";
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

  constructor(readonly plan: CallPlan) {
    this.isAloud = new Observed(plan.how === "voice");
    this.line = new Line({
      isAloud: () => this.isAloud.value,
      withVoice: plan.how === "voice",
      passFor: (signal) => (plan.how === "screen" ? askForScreen(plan.code, signal) : askForPass(plan.caller, signal)),
      prepare: (room) => this.prepare(room),
      forget: () => this.approvals.withdraw(),
      meet: (agent) => this.meet(agent),
    });
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
    room.on(RoomEvent.Reconnected, () => void this.askAgent(SEND_CARDS, {}));
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
    this.line.note({ kind: "agent-changed" });
  }

  private show(text: string): void {
    const card = cardFrom(text);
    if (!card) return;
    const before = this.board.value;
    this.board.set(withCard(before, card));
    const isUnderWay = card.type === "cart" && card.lines.length > 0;
    if (isUnderWay && this.state.trouble?.kind === "agent-changed") this.line.note(null);
    const { open } = this.approvals;
    if (open.value && settles(card, open.value.quote_id, before)) this.approvals.withdraw();
  }
}

/** The question about a quote is over where the quote was closed or placed, or another one took its place. */
function settles(card: Card, quoteId: string, before: Board): boolean {
  if (card.type === "order") return before.orders.every((order) => order.order_id !== card.order_id);
  return card.type === "quote" && (card.state === "closed") === (card.quote_id === quoteId);
}

function isAgent(participant: Participant | RemoteParticipant | undefined): boolean {
  return participant?.isAgent === true;
}
