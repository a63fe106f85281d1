import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { askForPass, askForScreen, readConfig } from "./server";
import { microphoneTrouble, TroubleError } from "./trouble";

// @vitest-environment node

// Node 20 knows none; every browser does.
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });

const CALLER = { name: "Ana", restaurant: null };
let server: Server | undefined;
const asks: { path: string; body: unknown }[] = [];
const fetchAnywhere = globalThis.fetch;

/** A real server; paths of the page are looked up there. */
async function serve(status: number, body: unknown, headers: Record<string, string> = {}): Promise<void> {
  server = createServer((request, response) => {
    void read(request).then((text) => {
      asks.push({ path: request.url ?? "", body: text ? (JSON.parse(text) as unknown) : null });
      response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  globalThis.fetch = (path, init) => fetchAnywhere(new URL(path as string, `http://127.0.0.1:${port}`), init);
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

async function troubleOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => null,
    (error: unknown) => (error instanceof TroubleError ? error.trouble : error),
  );
}

afterEach(() => {
  globalThis.fetch = fetchAnywhere;
  server?.close();
  asks.length = 0;
});

it("asks for a pass with the name, and with the restaurant where there is one", async () => {
  await serve(201, { server_url: "ws://x", participant_token: "t", room_name: "r" });

  expect(await askForPass(CALLER)).toEqual({ url: "ws://x", token: "t" });
  await askForPass({ name: "Ana", restaurant: "grill" });
  expect(asks.map(({ body }) => body)).toEqual([
    { participant_name: "Ana" },
    { participant_name: "Ana", restaurant: "grill" },
  ]);
});

it("tells how long to wait where there were too many calls", async () => {
  await serve(429, { detail: "Too many calls." }, { "Retry-After": "40" });

  expect(await troubleOf(askForPass(CALLER))).toEqual({ kind: "too-many", waitSeconds: 40 });
});

it("shows the server's words for what was typed wrongly", async () => {
  await serve(422, { detail: "The name is too long." });

  expect(await troubleOf(askForPass(CALLER))).toEqual({ kind: "refused", detail: "The name is too long." });
});

it("tells a wrong code from a wrong anything", async () => {
  await serve(404, { detail: "No such call." });

  expect(await troubleOf(askForScreen("123"))).toEqual({ kind: "wrong-code" });
});

it("takes an answer without a pass for a server that is not itself", async () => {
  await serve(200, { hello: "proxy" });

  expect(await troubleOf(askForPass(CALLER))).toEqual({ kind: "server-away" });
});

it("shows no number and no developers' panel unless the server names them", async () => {
  await serve(200, { phone_number: "", is_demo: false, restaurants: [] });
  const guests = await readConfig();
  server?.close();
  await serve(200, { phone_number: "+14075550144", developer_panel: true });
  const developers = await readConfig();

  expect([guests.phoneNumber, guests.isForDevelopers]).toEqual([null, false]);
  expect([developers.phoneNumber, developers.isForDevelopers]).toEqual(["+14075550144", true]);
});

it("knows when nobody is there", async () => {
  await serve(201, {});
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));

  expect(await troubleOf(askForPass(CALLER))).toEqual({ kind: "server-away" });
});

it("tells a refused microphone from a missing one and one that is in use", () => {
  const kinds = ["NotAllowedError", "NotFoundError", "NotReadableError", "Strange"].map(
    (name) => microphoneTrouble(new DOMException("", name)).kind,
  );

  expect(kinds).toEqual(["microphone-refused", "microphone-missing", "microphone-busy", "microphone-busy"]);
});
