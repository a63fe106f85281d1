/** The keypad's keys with what LiveKit calls them. */
export const KEYS = [
  ["1", 1],
  ["2", 2],
  ["3", 3],
  ["4", 4],
  ["5", 5],
  ["6", 6],
  ["7", 7],
  ["8", 8],
  ["9", 9],
  ["*", 10],
  ["0", 0],
  ["#", 11],
] as const;

const CODES = new Map<string, number>(KEYS);

export function codeOf(digit: string): number | undefined {
  return CODES.get(digit);
}

/** The digit that a key press of the computer means, or null where it is meant for something else. */
export function digitOf(event: KeyboardEvent): string | null {
  const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented);
  if (!isPlain || !CODES.has(event.key)) return null;
  return event.target instanceof Element && event.target.closest(TAKES_KEYS) ? null : event.key;
}

const TAKES_KEYS = "input, textarea, select, dialog, [contenteditable]";
