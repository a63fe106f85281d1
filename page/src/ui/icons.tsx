import type { ReactElement } from "react";

const PATHS = {
  phone:
    "M6.6 3.6 9 3l2 5-2 1.6a12 12 0 0 0 5.4 5.4L16 13l5 2-.6 2.4A3 3 0 0 1 17.500 20 14.500 14.500 0 0 1 4 6.500 3 3 0 0 1 6.600 3.600Z",
  hangUp: "M3 14.500c0-5 18-5 18 0l-.4 2.200-4.600-.6-.5-2.700c-2.200-.8-4.800-.8-7 0l-.5 2.700-4.600.6Z",
  microphone: "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM5 11.500a7 7 0 0 0 14 0M12 18.500V21.500",
  muted: "M15 9V6a3 3 0 0 0-5.700-1.300M9 9v3a3 3 0 0 0 4.600 2.500M5 11.500a7 7 0 0 0 11.500 5.300M19 11.500c0 1-.2 2-.6 2.800M12 18.500V21.500M3.500 3.500l17 17",
  keypad: "M6 5h.01M12 5h.01M18 5h.01M6 11h.01M12 11h.01M18 11h.01M6 17h.01M12 17h.01M18 17h.01",
  sound: "M4 9.500v5h3.500L12 18.500v-13L7.500 9.500ZM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11",
  send: "M4 12 20 4l-5 16-3.500-6.500ZM11.500 13.500 20 4",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.500 10 17.500 19.500 7",
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
