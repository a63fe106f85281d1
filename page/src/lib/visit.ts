/** What the page's address asks for. */
export interface Visit {
  /** A telephone call's code: this page is its second screen; empty: the visitor is to type it. */
  code: string | null;
  /** Inside a restaurant's own site. */
  isEmbedded: boolean;
  restaurant: string | null;
}

export function visitOf(search: string): Visit {
  const asked = new URLSearchParams(search);
  return {
    code: asked.get("call")?.trim() ?? null,
    isEmbedded: asked.get("embed") === "1",
    restaurant: asked.get("restaurant")?.trim() || null,
  };
}
