/** A restaurant's own site loads this one script; it shows a button, and the page in a frame when that is pressed. */
import { serverOf } from "./server-of";
import styles from "./widget.css?inline";

interface Told {
  /** The page is in its frame and runs. */
  isHere?: boolean;
  isCalling?: boolean;
  isClosing?: boolean;
}

const OWN = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const LABEL = "Order by voice or text";
const PATIENCE_MS = 4000;
const AWAY =
  "We cannot be reached here just now. Close this and try again in a minute, or ring by telephone. " +
  "If this is your site: its address must be among those that we let show our page.";

function pageAddress(script: HTMLScriptElement): URL {
  const address = new URL("/", serverOf(script));
  address.searchParams.set("embed", "1");
  if (script.dataset.restaurant) address.searchParams.set("restaurant", script.dataset.restaurant);
  return address;
}

function mount(script: HTMLScriptElement): void {
  const address = pageAddress(script);
  const host = document.createElement("div");
  // A root of its own: neither site's styles touch the other's.
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const launcher = button("launcher", LABEL);
  launcher.ariaHasPopup = "dialog";
  const close = button("close", "×");
  close.ariaLabel = "Close";
  const dialog = document.createElement("dialog");
  dialog.ariaLabel = LABEL;
  dialog.append(close);
  root.append(launcher, dialog);

  launcher.addEventListener("click", () => {
    // What did not come the last time is asked for again.
    if (dialog.classList.contains("away")) dialog.querySelectorAll("iframe, p").forEach((old) => old.remove());
    if (!dialog.querySelector("iframe")) dialog.append(frameFor(address, dialog));
    dialog.showModal();
  });
  // The frame stays: a call goes on while its window is closed.
  close.addEventListener("click", () => dialog.close());
  window.addEventListener("message", (event: MessageEvent<{ phoneAgent?: Told } | null>) => {
    const isOurs = event.origin === address.origin && event.source === dialog.querySelector("iframe")?.contentWindow;
    const told = isOurs ? event.data?.phoneAgent : undefined;
    if (told?.isHere) dialog.classList.add("here");
    if (told?.isCalling !== undefined) launcher.textContent = told.isCalling ? "Back to your call" : LABEL;
    if (told?.isClosing) dialog.close();
  });
  document.body.append(host);
}

function button(name: string, words: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = words;
  return made;
}

function frameFor(address: URL, dialog: HTMLDialogElement): HTMLIFrameElement {
  dialog.classList.remove("away", "here");
  const frame = document.createElement("iframe");
  frame.title = LABEL;
  frame.allow = `microphone ${address.origin}; autoplay ${address.origin}; speaker-selection ${address.origin}`;
  frame.src = address.href;
  // A frame that was refused is loaded too, with the browser's own page in it.
  frame.addEventListener("load", () => setTimeout(() => sayIfAway(frame, dialog), PATIENCE_MS), { once: true });
  return frame;
}

function sayIfAway(frame: HTMLIFrameElement, dialog: HTMLDialogElement): void {
  if (!frame.isConnected || dialog.classList.contains("here")) return;
  dialog.classList.add("away");
  const said = document.createElement("p");
  said.role = "alert";
  said.textContent = AWAY;
  dialog.append(said);
}

if (OWN) {
  const script = OWN;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => mount(script), { once: true });
  else mount(script);
}
