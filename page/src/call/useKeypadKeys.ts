import { useCallback, useEffect, useState } from "react";
import type { PageCall } from "./call";
import { digitOf } from "./keys";

export interface KeypadKeys {
  press: (digit: string) => void;
  /** The last digits pressed, newest last. */
  pressed: string;
  takesKeys: boolean;
  setTakesKeys: (takes: boolean) => void;
  isOpen: boolean;
}

const SHOWN = 12;

/** The keypad of this call, also by the computer's own keys. */
export function useKeypadKeys(call: PageCall, isOpen: boolean, isShown: boolean): KeypadKeys {
  const [pressed, setPressed] = useState("");
  const [takesKeys, setTakesKeys] = useState(true);
  const press = useCallback(
    (digit: string) => {
      call.press(digit).then(
        () => setPressed((before) => (before + digit).slice(-SHOWN)),
        () => undefined,
      );
    },
    [call],
  );
  useEffect(() => {
    if (!isOpen || !takesKeys) return;
    const listen = (event: KeyboardEvent) => {
      const digit = digitOf(event, isShown);
      if (digit !== null) press(digit);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [isOpen, isShown, takesKeys, press]);
  return { press, pressed, takesKeys, setTakesKeys, isOpen };
}
