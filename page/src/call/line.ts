import {
  AudioPresets,
  DisconnectReason,
  type LocalAudioTrack,
  LogLevel,
  LoggerNames,
  Room,
  RoomEvent,
  setLogLevel,
  TrackEvent,
} from "livekit-client";
import { Observed } from "../lib/observed";
import type { Pass } from "../lib/server";
import { microphoneTrouble, type Trouble, TroubleError } from "../lib/trouble";
import { agentIn, isNotAllowed, openMicrophone, troubleOf } from "./joining";

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
  /** What was asked in the room cannot be answered there any more: the line or the agent was lost, or the call is over. */
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

  constructor(
    private readonly plan: Plan,
    private readonly newRoom: () => Room,
  ) {
    window.addEventListener("online", this.noticeOnline);
    window.addEventListener("offline", this.noticeOffline);
  }

  async open(): Promise<void> {
    if (this.plan.withVoice) {
      try {
        this.microphone = await openMicrophone();
        this.watch(this.microphone);
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

  /** A trouble that does not end the call. */
  note(kind: Trouble["kind"]): void {
    if (!this.isOver()) this.change({ trouble: { kind } });
  }

  /** That trouble is over, where it is the one that is shown. */
  clear(kind: Trouble["kind"]): void {
    if (!this.isOver() && this.state.value.trouble?.kind === kind) this.change({ trouble: null });
  }

  private watch(microphone: LocalAudioTrack): void {
    microphone.on(TrackEvent.Ended, () => this.note("microphone-lost"));
    microphone.on(TrackEvent.Restarted, () => this.clear("microphone-lost"));
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
        if (trouble.kind === "wrong-code" && this.state.value.hasBegun) {
          // The code was right before: that telephone call is over.
          this.end(null);
          return;
        }
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
    const room = this.newRoom();
    this.plan.prepare(room);
    this.change({ room });
    try {
      await room.connect(pass.url, pass.token, { maxRetries: 0, autoSubscribe: this.plan.isAloud() });
      if (this.microphone) await room.localParticipant.publishTrack(this.microphone, { audioPreset: AudioPresets.speech });
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
      .on(RoomEvent.Reconnected, () => {
        this.isBack();
        this.expectAgent(room);
      })
      .on(RoomEvent.MediaDevicesError, () => this.note("microphone-lost"))
      .on(RoomEvent.ActiveDeviceChanged, (kind) => kind === "audioinput" && this.clear("microphone-lost"))
      .on(RoomEvent.ParticipantConnected, () => this.expectAgent(room))
      .on(RoomEvent.ParticipantDisconnected, (participant) => {
        if (!participant.isAgent) return;
        // What it had asked, nobody can answer now.
        this.plan.forget();
        this.agentLeft(room);
      })
      .on(RoomEvent.Disconnected, (reason) => this.lost(room, reason));
  }

  private isReconnecting(): void {
    clearTimeout(this.waitForLine);
    this.waitForLine = setTimeout(() => this.note(navigator.onLine ? "line-lost" : "offline"), RECONNECTING_MS);
    this.change({ phase: "reconnecting" });
  }

  private isBack(): void {
    clearTimeout(this.waitForLine);
    this.change({ phase: "connected" });
    // What was said meanwhile of the agent still holds.
    this.clear("line-lost");
    this.clear("offline");
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
      this.clear("agent-lost");
      this.clear("nobody-answers");
      this.plan.meet(agent.identity);
    } else this.waitForAgent = setTimeout(() => this.redial(room), AGENT_PATIENCE_MS);
  }

  private agentLeft(room: Room): void {
    clearTimeout(this.waitForAgent);
    const other = agentIn(room);
    if (other) {
      this.plan.meet(other.identity);
      return;
    }
    this.waitForAgent = setTimeout(() => {
      this.redial(room);
      if (!this.isOver() && this.state.value.room === room) this.note("agent-lost");
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

  private readonly noticeOffline = (): void => this.note("offline");

  private readonly noticeOnline = (): void => {
    if (this.state.value.phase === "connected") this.clear("offline");
    this.tryNow();
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
    window.removeEventListener("online", this.noticeOnline);
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
