import { expect, it } from "vitest";
import { browserName } from "./browser-name";

it("names browsers as their owners would", () => {
  const mozilla = "Mozilla/5.0";
  const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
  expect(browserName(`${mozilla} (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0`)).toBe(
    "Firefox 131 on Linux",
  );
  expect(browserName(`${mozilla} (Windows NT 10.0) ${webkit} Chrome/130.0.0.0 Safari/537.36 Edg/130.0`)).toBe(
    "Edge 130 on Windows",
  );
  expect(
    browserName(`${mozilla} (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/18.1 Safari/605.1`),
  ).toBe("Safari 18 on macOS");
  expect(browserName("curl/8.5.0")).toBe("curl/8.5.0");
  expect(browserName("")).toBe("Unknown");
});
