import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` shows the page of this tree and asks the server of `make up` for everything else.
const server = process.env.PHONE_AGENT_URL ?? "http://127.0.0.1:8080";
const paths = ["/token", "/api", "/config.json"];

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../phone_agent/web/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: Object.fromEntries(paths.map((path) => [path, { target: server }])) },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"] },
});
