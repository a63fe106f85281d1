import type { ReactElement } from "react";

const PATHS = {
  phone:
    "M6.6 3.6 9 3l2 5-2 1.6a12 12 0 0 0 5.4 5.4L16 13l5 2-.6 2.4A3 3 0 0 1 17.5 20 14.5 14.5 0 0 1 4 6.5 3 3 0 0 1 6.6 3.6Z",
  hangUp: "M3 14.5c0-5 18-5 18 0l-.4 2.2-4.6-.6-.5-2.7c-2.2-.8-4.8-.8-7 0l-.5 2.7-4.6.6Z",
  microphone: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5 11.5a7 7 0 0 0 14 0M12 18.5V21.5",
  muted: "M15 9V6a3 3 0 0 0-5.7-1.3M9 9v3a3 3 0 0 0 4.6 2.5M5 11.5a7 7 0 0 0 11.5 5.3M19 11.5c0 1-.2 2-.6 2.8M12 18.5V21.5M3.5 3.5l17 17",
  keypad: "M6 5h.01M12 5h.01M18 5h.01M6 11h.01M12 11h.01M18 11h.01M6 17h.01M12 17h.01M18 17h.01",
  settings: "M4 7h9M17 7h3M15 4.5v5M4 17h3M11 17h9M9 14.5v5",
  silent: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM16 9.5l5 5M21 9.5l-5 5",
  speaking: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  sound: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  send: "M4 12 20 4l-5 16-3.5-6.5ZM11.5 13.5 20 4",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.5 10 17.5 19.5 7",
  pencil: "M4 20l1-4L16 5l3 3L8 19Z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }): ReactElement {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
