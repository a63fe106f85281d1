/** Where the page is: the address that the script's tag names, with or without its scheme, or where the script is from. */
export function serverOf(script: HTMLScriptElement): URL {
  const named = script.dataset.apiUrl?.trim();
  if (!named) return new URL(new URL(script.src, document.baseURI).origin);
  if (/^https?:\/\//i.test(named)) return new URL(named);
  return new URL(`https://${named.replace(/^\/+/, "")}`);
}
