import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { App } from "./App";
import { visitOf } from "./lib/visit";

const fetchAnywhere = globalThis.fetch;
const asked: { path: string; body: string }[] = [];
let root: Root | undefined;

beforeAll(() => void Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true }));
beforeEach(() => {
  globalThis.fetch = (path, init) => {
    asked.push({ path: path as string, body: typeof init?.body === "string" ? init.body : "" });
    return Promise.resolve(new Response("{}", { status: 404 }));
  };
});
afterEach(() => {
  act(() => root?.unmount());
  globalThis.fetch = fetchAnywhere;
  asked.length = 0;
});

async function visit(search: string): Promise<HTMLElement> {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  await act(async () => {
    root = createRoot(place);
    root.render(<App visit={visitOf(search)} />);
    await Promise.resolve();
  });
  return place;
}

async function type(place: HTMLElement, code: string): Promise<void> {
  const box = place.querySelector<HTMLInputElement>("input[name=code]");
  if (!box) throw new Error("there is no field for a code");
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(box, code);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    await Promise.resolve();
  });
  await act(async () => {
    box.form?.requestSubmit();
    await Promise.resolve();
  });
}

/** What the telephone, which is fetched only now, has asked the server for. */
async function askedFor(path: string): Promise<string | undefined> {
  await vi.waitFor(async () => {
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(asked.map((one) => one.path)).toContain(path);
  }, 4000);
  return asked.find((one) => one.path === path)?.body;
}

it.each(["", "?call="])("takes the code of a telephone call from the address /%s, as it is said in groups", async (search) => {
  await type(await visit(search), "1234 5678");

  expect(await askedFor("/api/second-screen")).toBe('{"code":"12345678"}');
});

it("offers no code inside a restaurant's own site", async () => {
  const place = await visit("?embed=1");

  expect(place.querySelector("input[name=name]")).not.toBeNull();
  expect(place.querySelector("input[name=code]")).toBeNull();
});
