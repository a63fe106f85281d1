import { type ReactElement, useEffect, useRef } from "react";
import { ADVICE, type Trouble } from "../lib/trouble";

interface Props {
  trouble: Trouble;
  children?: React.ReactNode;
  /** It is what the page is about now: the keyboard goes there. */
  takesFocus?: boolean;
}

/** What is wrong and what to do about it; buttons that mend it are its children. */
export function TroubleNotice({ trouble, children, takesFocus = false }: Props): ReactElement {
  const { title, text, triesAgain } = ADVICE[trouble.kind];
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) notice.current?.focus();
  }, [takesFocus, trouble.kind]);
  return (
    <div className="trouble" role="alert" tabIndex={-1} ref={notice} data-kind={trouble.kind}>
      <h2>{title}</h2>
      <p>{trouble.detail ?? text}</p>
      {trouble.waitSeconds ? <p>It is free again in about {waitingWords(trouble.waitSeconds)}.</p> : null}
      {triesAgain ? <span className="trying" aria-hidden="true" /> : null}
      {children ? <div className="trouble-actions">{children}</div> : null}
    </div>
  );
}

function waitingWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
