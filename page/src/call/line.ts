import {
  ConnectionError,
  ConnectionErrorReason,
  createLocalAudioTrack,
  DisconnectReason,
  type LocalAudioTrack,
  LogLevel,
  LoggerNames,
  type RemoteParticipant,
  Room,
  RoomEvent,
  setLogLevel,
} from "livekit-client";
import { Observed } from "../lib/observed";
import type { Pass } from "../lib/server";
import { microphoneTrouble, type Trouble, TroubleError } from "../lib/trouble";

export type Phase = "connecting" | "connected" | "reconnecting" | "ended";

export interface LineState {
  phase: Phase;
  room: Room | null;
  /** What is in the way, in any phase; null where nothing is. */
  trouble: Trouble | null;
  /** There was a conversation: its end is an end, not a failure to begin. */
  hasBegun: boolean;
}

export interface Plan {
  /** Asked for again where a pass has run out. */
  passFor: (signal: AbortSignal) => Promise<Pass>;
  withVoice: boolean;
  /** Whether what is said in the room is to be heard here. */
  isAloud: () => boolean;
  /** Called with each new room before it is joined. */
  prepare: (room: Room) => void;
  /** Before a room that was lost is joined again. */
  forget: () => void;
  /** Whoever is the agent now; the same one may be met often. */
  meet: (agent: string) => void;
}

const PAUSES_MS = [500, 1000, 2000, 4000, 8000];
const GIVE_UP_MS = 180_000;
const AGENT_PATIENCE_MS = 12_000;
/** For one who was there: the room of a call that has ended closes sooner than this. */
const LOST_AGENT_PATIENCE_MS = 4000;
/** A line that is back sooner was hardly missed. */
const RECONNECTING_MS = 3000;
/** A pass that is too old is refused once; one that is refused again and again never was any good. */
const MOST_REFUSALS = 3;
const WORTH_WAITING = new Set<Trouble["kind"]>(["server-away", "server-busy", "offline"]);
/** Somebody ended it; every other reason is a line to be mended. */
const FINAL_REASONS = new Set([
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
  DisconnectReason.PARTICIPANT_REMOVED,
  DisconnectReason.DUPLICATE_IDENTITY,
]);

// Each end of a call that the other side brings about is an error to this one; what is one is told on the page.
setLogLevel(LogLevel.silent, LoggerNames.Engine);

/** One call's line: it opens the microphone, joins the room, and joins again as long as nobody has hung up. */
export class Line {
  readonly state = new Observed<LineState>({ phase: "connecting", room: null, trouble: null, hasBegun: false });
  private readonly over = new AbortController();
  private microphone: LocalAudioTrack | null = null;
  private pass: Pass | null = null;
  private wake: (() => void) | null = null;
  private waitForAgent: ReturnType<typeof setTimeout> | undefined;
  private waitForLine: ReturnType<typeof setTimeout> | undefined;
  private hasRedialled = false;
  private refusals = 0;

  constructor(private readonly plan: Plan) {
    window.addEventListener("online", this.tryNow);
    window.addEventListener("offline", this.noticeOffline);
  }

  async open(): Promise<void> {
    if (this.plan.withVoice) {
      try {
        this.microphone = await openMicrophone();
      } catch (error) {
        this.end(microphoneTrouble(error));
        return;
      }
    }
    await this.join();
  }

  /** Does not wait any longer before the next attempt. */
  readonly tryNow = (): void => this.wake?.();

  hangUp(): void {
    this.end(null);
  }

  /** A trouble that does not end the call, or null where one is over. */
  note(trouble: Trouble | null): void {
    this.change({ trouble });
  }

  private async join(): Promise<void> {
    const began = Date.now();
    for (let attempt = 0; !this.isOver(); attempt++) {
      try {
        await this.joinOnce();
        return;
      } catch (error) {
        const trouble = troubleOf(error);
        if (this.isOver()) return;
        if (!WORTH_WAITING.has(trouble.kind) || Date.now() - began > GIVE_UP_MS) {
          this.end(trouble);
          return;
        }
        this.change({ trouble });
        await this.pause(Math.max((trouble.waitSeconds ?? 0) * 1000, PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)] ?? 0));
      }
    }
  }

  private async joinOnce(): Promise<void> {
    const pass = (this.pass ??= await this.plan.passFor(this.over.signal));
    // What is lost and found again keeps its microphone.
    const room = new Room({ stopLocalTrackOnUnpublish: false });
    this.plan.prepare(room);
    this.change({ room });
    try {
      await room.connect(pass.url, pass.token, { maxRetries: 0, autoSubscribe: this.plan.isAloud() });
      if (this.microphone) await room.localParticipant.publishTrack(this.microphone);
    } catch (error) {
      this.leave(room);
      throw isNotAllowed(error) ? this.refusal() : error;
    }
    if (this.isOver()) {
      this.leave(room);
      return;
    }
    this.refusals = 0;
    this.listenTo(room);
    this.change({ phase: "connected", trouble: null, hasBegun: true });
    this.expectAgent(room);
  }

  /** A pass that was refused is not shown twice. */
  private refusal(): TroubleError {
    this.pass = null;
    this.refusals += 1;
    return new TroubleError({ kind: this.refusals < MOST_REFUSALS ? "server-busy" : "pass-refused" });
  }

  private leave(room: Room): void {
    room.removeAllListeners();
    void room.disconnect(false);
  }

  private listenTo(room: Room): void {
    room
      .on(RoomEvent.SignalReconnecting, () => this.isReconnecting())
      .on(RoomEvent.Reconnecting, () => this.isReconnecting())
      .on(RoomEvent.Reconnected, () => this.isBack())
      .on(RoomEvent.MediaDevicesError, () => this.note({ kind: "microphone-lost" }))
      .on(RoomEvent.ParticipantConnected, () => this.expectAgent(room))
      .on(RoomEvent.ParticipantDisconnected, ({ isAgent }) => isAgent && this.agentLeft(room))
      .on(RoomEvent.Disconnected, (reason) => this.lost(room, reason));
  }

  private isReconnecting(): void {
    clearTimeout(this.waitForLine);
    this.waitForLine = setTimeout(() => this.note({ kind: navigator.onLine ? "line-lost" : "offline" }), RECONNECTING_MS);
    this.change({ phase: "reconnecting" });
  }

  private isBack(): void {
    clearTimeout(this.waitForLine);
    this.change({ phase: "connected", trouble: null });
  }

  private lost(room: Room, reason: DisconnectReason | undefined): void {
    if (this.isOver() || this.state.value.room !== room) return;
    clearTimeout(this.waitForAgent);
    clearTimeout(this.waitForLine);
    if (reason === DisconnectReason.DUPLICATE_IDENTITY) this.end({ kind: "moved-elsewhere" });
    else if (reason !== undefined && FINAL_REASONS.has(reason)) this.end(null);
    else this.rejoin();
  }

  private rejoin(): void {
    this.plan.forget();
    this.change({ phase: "reconnecting", trouble: navigator.onLine ? null : { kind: "offline" } });
    void this.join();
  }

  /** A room without an agent is left: one time for a new room, then for good. */
  private expectAgent(room: Room): void {
    clearTimeout(this.waitForAgent);
    const agent = agentIn(room);
    if (agent) {
      if (this.state.value.trouble?.kind === "agent-lost") this.change({ trouble: null });
      this.plan.meet(agent.identity);
    } else this.waitForAgent = setTimeout(() => this.redial(room), AGENT_PATIENCE_MS);
  }

  private agentLeft(room: Room): void {
    clearTimeout(this.waitForAgent);
    if (agentIn(room)) return;
    this.waitForAgent = setTimeout(() => {
      this.redial(room);
      if (!this.isOver() && this.state.value.room === room) this.note({ kind: "agent-lost" });
    }, LOST_AGENT_PATIENCE_MS);
  }

  private redial(room: Room): void {
    if (this.isOver() || this.state.value.room !== room || agentIn(room)) return;
    if (this.hasRedialled) {
      this.end({ kind: "nobody-answers" });
      return;
    }
    this.hasRedialled = true;
    this.pass = null;
    this.leave(room);
    this.rejoin();
  }

  private readonly noticeOffline = (): void => {
    if (!this.isOver()) this.change({ trouble: { kind: "offline" } });
  };

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private isOver(): boolean {
    return this.over.signal.aborted;
  }

  private end(trouble: Trouble | null): void {
    if (this.isOver()) return;
    this.over.abort();
    window.removeEventListener("online", this.tryNow);
    window.removeEventListener("offline", this.noticeOffline);
    clearTimeout(this.waitForAgent);
    clearTimeout(this.waitForLine);
    this.wake?.();
    this.microphone?.stop();
    void this.state.value.room?.disconnect();
    this.plan.forget();
    this.change({ phase: "ended", trouble });
  }

  private change(change: Partial<LineState>): void {
    this.state.set({ ...this.state.value, ...change });
  }
}

function openMicrophone(): Promise<LocalAudioTrack> {
  // Without https there is no such thing, and LiveKit's own words for it are not a person's.
  if (!("mediaDevices" in navigator)) throw new DOMException("no microphone without https", "SecurityError");
  return createLocalAudioTrack({ echoCancellation: true, noiseSuppression: true, autoGainControl: true });
}

function agentIn(room: Room): RemoteParticipant | undefined {
  return [...room.remoteParticipants.values()].find((participant) => participant.isAgent);
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof TroubleError) return error.trouble;
  if (!navigator.onLine) return { kind: "offline" };
  return { kind: "server-away" };
}

/** The pass has run out, or was never good. */
function isNotAllowed(error: unknown): boolean {
  return error instanceof ConnectionError && error.reason === ConnectionErrorReason.NotAllowed;
}
