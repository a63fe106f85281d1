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

/**
 * The digit that a key press of the computer means, or null where it is meant for something else: in the
 * conversation, whose keys are those of writing, only while the keypad is shown.
 */
export function digitOf(event: KeyboardEvent, isKeypadShown: boolean): string | null {
  const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented);
  if (!isPlain || !CODES.has(event.key)) return null;
  const taken = isKeypadShown ? TAKES_KEYS : `${TAKES_KEYS}, .talk`;
  return event.target instanceof Element && event.target.closest(taken) ? null : event.key;
}

const TAKES_KEYS = "input, textarea, select, dialog, [contenteditable]";
