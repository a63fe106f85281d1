import { defineConfig } from "vite";

// The one script of a restaurant's own site: a classic script of one file, beside the page.
export default defineConfig({
  build: {
    outDir: "../phone_agent/web/static",
    emptyOutDir: false,
    copyPublicDir: false,
    target: "es2020",
    lib: { entry: "src/widget/widget.ts", formats: ["iife"], name: "phoneAgentWidget", fileName: () => "widget.js" },
  },
});
