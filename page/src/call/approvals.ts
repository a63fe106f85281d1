import type { ApprovalAnswer, ApprovalRequest } from "../cards.gen";
import { Observed } from "../lib/observed";

interface Waiting {
  request: ApprovalRequest;
  answer: (approved: boolean) => void;
}

/** The agent's open question whether to place an order: one at a time, answered once. */
export class Approvals {
  readonly open = new Observed<ApprovalRequest | null>(null);
  private waiting: Waiting | null = null;

  /** Stays open until it is answered, withdrawn, out of time, or another takes its place. */
  ask(request: ApprovalRequest, lifeMs: number): Promise<ApprovalAnswer> {
    this.settle(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.withdraw(request.quote_id), lifeMs);
      const answer = (approved: boolean) => {
        clearTimeout(timer);
        resolve({ approved });
      };
      this.waiting = { request, answer };
      this.open.set(request);
    });
  }

  /** False where that quote is no longer the open one: nothing was confirmed. */
  answer(quoteId: string, approved: boolean): boolean {
    if (this.waiting?.request.quote_id !== quoteId) return false;
    this.settle(approved);
    return true;
  }

  withdraw(quoteId: string): void {
    if (this.waiting?.request.quote_id === quoteId) this.settle(false);
  }

  withdrawAll(): void {
    this.settle(false);
  }

  private settle(approved: boolean): void {
    const settled = this.waiting;
    this.waiting = null;
    this.open.set(null);
    settled?.answer(approved);
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
