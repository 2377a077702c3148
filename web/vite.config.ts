import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The server that development and preview pass API requests to. */
const server = process.env.ARGUS_URL ?? "http://127.0.0.1:4318";

const proxy = {
  "/api": { target: server, changeOrigin: false },
  "/plugin": { target: server, changeOrigin: false },
  "/share": { target: server, changeOrigin: false },
};

/** What the server sends with every page, so that `npm run preview` fails where production would. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { proxy },
  preview: { proxy, headers: { "content-security-policy": contentSecurityPolicy } },
  build: {
    target: ["chrome123", "firefox121", "safari17.5"],
    // A font or picture as a data: URL would be refused by the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test-setup.ts"],
  },
});
