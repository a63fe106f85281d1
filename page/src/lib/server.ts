import { TroubleError, type TroubleKind } from "./trouble";

/** What the server gives to whom may join a room. */
export interface Pass {
  url: string;
  token: string;
}

export interface Config {
  /** Every visitor of this page is one household of a demonstration. */
  isDemo: boolean;
  restaurants: { slug: string; name: string }[];
  phoneNumber: string | null;
  /** Whether the server shows developers how a call goes. */
  isForDevelopers: boolean;
}

export interface Caller {
  name: string;
  restaurant: string | null;
}

const PATIENCE_MS = 10_000;
const BY_STATUS: Record<number, TroubleKind> = {
  403: "not-allowed-here",
  404: "refused",
  422: "refused",
  429: "too-many",
  502: "server-away",
  503: "server-busy",
  504: "server-away",
};

export async function askForPass(caller: Caller, signal?: AbortSignal): Promise<Pass> {
  const body: Record<string, string> = { participant_name: caller.name };
  if (caller.restaurant) body.restaurant = caller.restaurant;
  return passFrom(await post("/token", body, signal));
}

/** The pass of a silent second screen of the telephone call with this code. */
export async function askForScreen(code: string, signal?: AbortSignal): Promise<Pass> {
  try {
    return passFrom(await post("/api/second-screen", { code }, signal));
  } catch (error) {
    if (error instanceof TroubleError && error.trouble.kind === "refused") {
      throw new TroubleError({ kind: "wrong-code" });
    }
    throw error;
  }
}

/** What the page can do without: nothing of it is worth an error. */
export async function readConfig(): Promise<Config> {
  const nothing = { isDemo: false, restaurants: [], phoneNumber: null, isForDevelopers: false };
  try {
    const answer = await fetch("/config.json", { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) return nothing;
    const said = (await answer.json()) as Record<string, unknown>;
    return {
      isDemo: said.is_demo === true,
      restaurants: Array.isArray(said.restaurants) ? (said.restaurants as Config["restaurants"]) : [],
      phoneNumber: typeof said.phone_number === "string" && said.phone_number !== "" ? said.phone_number : null,
      isForDevelopers: said.developer_panel === true,
    };
  } catch {
    return nothing;
  }
}

async function post(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const signals = signal ? [signal, patience] : [patience];
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.any(signals),
    });
  } catch {
    throw new TroubleError({ kind: navigator.onLine ? "server-away" : "offline" });
  }
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw refusal(answer, said);
  return said;
}

function refusal(answer: Response, said: unknown): TroubleError {
  const kind = BY_STATUS[answer.status] ?? (answer.status >= 500 ? "server-away" : "refused");
  const waitSeconds = Number(answer.headers.get("Retry-After"));
  const detail = wordsOf(said);
  return new TroubleError({
    kind,
    ...(detail && kind === "refused" ? { detail } : {}),
    ...(waitSeconds > 0 ? { waitSeconds } : {}),
  });
}

function wordsOf(said: unknown): string | null {
  if (typeof said !== "object" || said === null) return null;
  const words = (said as Record<string, unknown>).detail;
  return typeof words === "string" ? words : null;
}

function passFrom(said: unknown): Pass {
  const { server_url: url, participant_token: token } = (said ?? {}) as Record<string, unknown>;
  if (typeof url !== "string" || typeof token !== "string") throw new TroubleError({ kind: "server-away" });
  return { url, token };
}
