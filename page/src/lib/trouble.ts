/** What can go wrong, and what a person can do about it. */
export type TroubleKind =
  | "microphone-refused"
  | "microphone-missing"
  | "microphone-busy"
  | "microphone-forbidden"
  | "microphone-lost"
  | "offline"
  | "server-away"
  | "server-busy"
  | "too-many"
  | "not-allowed-here"
  | "refused"
  | "wrong-code"
  | "pass-refused"
  | "line-broke"
  | "line-lost"
  | "agent-lost"
  | "agent-changed"
  | "nobody-answers"
  | "moved-elsewhere";

export interface Trouble {
  kind: TroubleKind;
  /** The server's own words, where it gave any. */
  detail?: string;
  /** Seconds that the server asked to wait. */
  waitSeconds?: number;
}

interface Advice {
  title: string;
  text: string;
  /** It is tried again without being asked. */
  triesAgain?: true;
  canType?: true;
}

export const ADVICE: Record<TroubleKind, Advice> = {
  "microphone-refused": {
    title: "The microphone is blocked",
    text: "Allow it: the sign left of this page’s address opens its permissions. Then call again. You can also type your order.",
    canType: true,
  },
  "microphone-missing": {
    title: "No microphone found",
    text: "Plug one in or switch it on, then call again. You can also type your order.",
    canType: true,
  },
  "microphone-busy": {
    title: "The microphone does not start",
    text: "Another program may be using it: close that, then call again. You can also type your order.",
    canType: true,
  },
  "microphone-forbidden": {
    title: "This page gets no microphone",
    text: "Browsers give it to pages with https only, and to framed pages only where the site allows it. You can type your order.",
    canType: true,
  },
  "microphone-lost": {
    title: "The microphone is gone",
    text: "Plug it in again or choose another one under Sound. Until then you can type.",
  },
  offline: {
    title: "You are offline",
    text: "Check Wi-Fi or mobile data. This page goes on by itself when you are back.",
    triesAgain: true,
  },
  "server-away": {
    title: "We cannot be reached",
    text: "This may last a moment, for example while we restart. We keep trying; you need not do anything.",
    triesAgain: true,
  },
  "server-busy": {
    title: "We are just starting",
    text: "It takes a few seconds. We try again by ourselves.",
    triesAgain: true,
  },
  "too-many": {
    title: "Too many calls from here",
    text: "Wait a moment, then call again.",
  },
  "not-allowed-here": {
    title: "Calls are not allowed from this site",
    text: "The restaurant has to add this site’s address to its settings. Please ring by telephone meanwhile.",
  },
  refused: {
    title: "That did not work",
    text: "Look at what you typed and call again.",
  },
  "wrong-code": {
    title: "That code is not known",
    text: "Codes end with their call. Ask for a new one on the telephone and type it here.",
  },
  "pass-refused": {
    title: "We cannot let you in",
    text: "The fault is ours: our server refuses the passes that this page gets. Please ring by telephone, or call again later.",
  },
  "line-broke": {
    title: "The line broke off",
    text: "What you ordered with a number stands. Call again to go on.",
  },
  "line-lost": {
    title: "The line is lost for a moment",
    text: "We keep trying to put you through again; you need not do anything.",
  },
  "agent-lost": {
    title: "The agent was cut off",
    text: "We are putting you through to another one; you need not do anything.",
  },
  "agent-changed": {
    title: "We had to begin again",
    text: "The line to the agent broke, and with it what was in your cart. Say or type your order once more. An order that has a number stands.",
  },
  "nobody-answers": {
    title: "Nobody picks up",
    text: "Every line may be taken. Call again in a minute, or ring by telephone.",
  },
  "moved-elsewhere": {
    title: "The call goes on in another window",
    text: "It was opened there with the same pass. You can close this one.",
  },
};

export class TroubleError extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble.kind);
  }
}

const MICROPHONE: Record<string, TroubleKind> = {
  NotAllowedError: "microphone-refused",
  NotFoundError: "microphone-missing",
  OverconstrainedError: "microphone-missing",
  DevicesNotFoundError: "microphone-missing",
  NotReadableError: "microphone-busy",
  AbortError: "microphone-busy",
  SecurityError: "microphone-forbidden",
};

export function microphoneTrouble(error: unknown): Trouble {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return { kind: MICROPHONE[name] ?? "microphone-busy" };
}
