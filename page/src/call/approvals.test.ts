import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ApprovalRequest } from "../cards.gen";
import { LINES, money } from "../samples";
import { Approvals, approvalRequestFrom } from "./approvals";

const LIFE_MS = 90_000;

function about(quoteId: string): ApprovalRequest {
  return { quote_id: quoteId, cart: LINES, total: money(6426) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("answers what is confirmed, and asks no more", async () => {
  const approvals = new Approvals();
  const answered = approvals.ask(about("q1"), LIFE_MS);
  approvals.answer("q1", true);

  expect(await answered).toEqual({ approved: true });
  expect(approvals.open.value).toBeNull();
});

it("confirms nothing with an answer for an old quote", async () => {
  const approvals = new Approvals();
  const old = approvals.ask(about("q1"), LIFE_MS);
  const now = approvals.ask(about("q2"), LIFE_MS);

  expect(approvals.answer("q1", true)).toBe(false);
  expect(await old).toBeNull();
  expect(approvals.open.value?.quote_id).toBe("q2");
  approvals.answer("q2", false);
  expect(await now).toEqual({ approved: false });
});

it("counts only the first of two answers", async () => {
  const approvals = new Approvals();
  const answered = approvals.ask(about("q1"), LIFE_MS);

  expect(approvals.answer("q1", true)).toBe(true);
  expect(approvals.answer("q1", false)).toBe(false);
  expect(await answered).toEqual({ approved: true });
});

it("is over with the quote's life, unanswered", async () => {
  const approvals = new Approvals();
  const answered = approvals.ask(about("q1"), LIFE_MS);
  vi.advanceTimersByTime(LIFE_MS - 1);
  expect(approvals.open.value).not.toBeNull();
  vi.advanceTimersByTime(1);

  expect(await answered).toBeNull();
  expect(approvals.open.value).toBeNull();
});

it("does not end a newer question with an older one's time", () => {
  const approvals = new Approvals();
  void approvals.ask(about("q1"), 1000);
  void approvals.ask(about("q1"), LIFE_MS);
  vi.advanceTimersByTime(2000);

  expect(approvals.open.value?.quote_id).toBe("q1");
});

it("takes no request that is not one", () => {
  const strange = ["{}", "null", "not JSON", JSON.stringify({ ...about("q1"), cart: "salad" })];

  expect(approvalRequestFrom(JSON.stringify(about("q1")))).toEqual(about("q1"));
  expect(strange.map(approvalRequestFrom)).toEqual(strange.map(() => null));
});
