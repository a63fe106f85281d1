import { expect, it } from "vitest";
import { serverOf } from "./server-of";

function named(apiUrl?: string): string {
  const script = document.createElement("script");
  script.src = "https://agent.example/widget.js";
  if (apiUrl !== undefined) script.dataset.apiUrl = apiUrl;
  return serverOf(script).href;
}

it("asks where the script is from, unless the tag names another address", () => {
  expect(named()).toBe("https://agent.example/");
  expect(named("")).toBe("https://agent.example/");
  expect(named("http://127.0.0.1:8080")).toBe("http://127.0.0.1:8080/");
});

it("takes an address without its scheme for one with https", () => {
  expect(["order.example", "order.example:8443", "//order.example"].map(named)).toEqual([
    "https://order.example/",
    "https://order.example:8443/",
    "https://order.example/",
  ]);
});
