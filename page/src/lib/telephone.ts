import type { ComponentType } from "react";
import type { CallPlan } from "../call/call";

export interface CallingProps {
  plan: CallPlan;
  isEmbedded: boolean;
  /** The server shows developers how a call goes. */
  isForDevelopers: boolean;
  /** Another call, or the same one anew with what is told. */
  onAgain: (plan: CallPlan) => void;
  onLeave: () => void;
}

/** Everything that needs LiveKit; it is fetched while the visitor reads, and waits for nobody. */
export async function fetchTelephone(): Promise<ComponentType<CallingProps>> {
  const { Calling } = await import("../call/Calling");
  return Calling;
}

export function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) window.requestIdleCallback(work, { timeout: 3000 });
  else setTimeout(work, 800);
}
