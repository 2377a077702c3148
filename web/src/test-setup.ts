import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(() => {
  cleanup();
  // Tests of files have no page.
  globalThis.localStorage?.clear();
});
