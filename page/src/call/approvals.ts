import type { ApprovalAnswer, ApprovalRequest } from "../cards.gen";
import { Observed } from "../lib/observed";

interface Waiting {
  request: ApprovalRequest;
  /** null: nobody has answered, and nobody will. */
  settle: (answer: ApprovalAnswer | null) => void;
}

/** The agent's open question whether to place an order: one at a time, answered once, by a person or not at all. */
export class Approvals {
  readonly open = new Observed<ApprovalRequest | null>(null);
  private waiting: Waiting | null = null;

  /** Stays open until it is answered, withdrawn, out of time, or another takes its place. */
  ask(request: ApprovalRequest, lifeMs: number): Promise<ApprovalAnswer | null> {
    this.withdraw();
    return new Promise((resolve) => {
      const waiting: Waiting = {
        request,
        settle: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
      };
      const timer = setTimeout(() => {
        if (this.waiting === waiting) this.withdraw();
      }, lifeMs);
      this.waiting = waiting;
      this.open.set(request);
    });
  }

  /** False where that quote is no longer the open one: nothing was confirmed. */
  answer(quoteId: string, approved: boolean): boolean {
    if (this.waiting?.request.quote_id !== quoteId) return false;
    this.settle({ approved });
    return true;
  }

  withdraw(): void {
    this.settle(null);
  }

  private settle(answer: ApprovalAnswer | null): void {
    const settled = this.waiting;
    this.waiting = null;
    this.open.set(null);
    settled?.settle(answer);
  }
}

/** null: not what the contract says. */
export function approvalRequestFrom(text: string): ApprovalRequest | null {
  try {
    const said = JSON.parse(text) as Partial<ApprovalRequest> | null;
    const isWhole = typeof said?.quote_id === "string" && Array.isArray(said.cart) && typeof said.total?.text === "string";
    return isWhole ? (said as ApprovalRequest) : null;
  } catch {
    return null;
  }
}
