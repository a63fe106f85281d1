import { type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { Icon } from "../ui/icons";
import { Picture } from "./parts";

interface Props {
  title: string;
  image: string | null;
  onClose: () => void;
  children: ReactNode;
}

/** What a card says of one thing when it is opened. */
export function Details({ title, image, onClose, children }: Props): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
  }, []);
  const closeOutside = (event: React.MouseEvent) => {
    if (event.target === event.currentTarget) dialog.current?.close();
  };
  return (
    <dialog ref={dialog} className="details" aria-labelledby="details-title" onClose={onClose} onClick={closeOutside}>
      <div className="details-inside">
        <button type="button" className="round close" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
        <Picture source={image} alt={title} width={480} height={270} />
        <h2 id="details-title">{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
