import { describe, expect, it } from "vitest";
import { plainOfTerminal, terminalParts } from "./ansi";

const shown = (text: string) =>
  terminalParts(text)
    .map((part) => part.text)
    .join("");
const styles = (text: string) => terminalParts(text).map((part) => [part.text, part.style]);

describe("terminalParts", () => {
  it("turns colours and styles into classes", () => {
    expect(styles("\x1b[31mred\x1b[0m plain")).toEqual([
      ["red", "sgr-red"],
      [" plain", ""],
    ]);
    expect(styles("\x1b[1;4;38;2;255;0;0mx\x1b[22my\x1b[m")).toEqual([
      ["x", "sgr-bold sgr-underline sgr-red"],
      ["y", "sgr-underline sgr-red"],
    ]);
    expect(styles("\x1b[38:2::0:0:255mx\x1b[39m\x1b[48;5;196my")).toEqual([
      ["x", "sgr-blue"],
      ["y", "sgr-on-red"],
    ]);
    expect(styles("\x1b[4mx\x1b[4:0my")).toEqual([
      ["x", "sgr-underline"],
      ["y", ""],
    ]);
  });

  it("never colours text into the paper", () => {
    expect(styles("\x1b[38;2;255;255;255;48;2;255;255;255mwhite on white")).toEqual([["white on white", ""]]);
    expect(styles("\x1b[30;40mblack")).toEqual([["black", "sgr-on-grey"]]);
    expect(styles("\x1b[8mconcealed")).toEqual([["concealed", "sgr-concealed"]]);
  });

  it("keeps what a terminal would overwrite or erase", () => {
    expect(shown("1 failed\r0 failed")).toBe("1 failed⟨CR⟩\n0 failed");
    expect(shown("abc\b\b\bxyz")).toBe("abc⟨BS×3⟩xyz");
    expect(shown("FAILED\x1b[6D\x1b[0KPASSED")).toBe("FAILED⟨ESC [6D⟩⟨ESC [0K⟩PASSED");
    expect(shown("a\r\nb")).toBe("a\nb");
  });

  it("shows every other sequence as a mark", () => {
    expect(shown("\x1b]0;owned\x07text")).toBe("⟨ESC ]0;owned⟩text");
    expect(shown("\x1b]8;;javascript:x\x1b\\click\x1b]8;;\x1b\\")).toBe(
      "⟨ESC ]8;;javascript:x⟩click⟨ESC ]8;;⟩",
    );
    expect(shown("\x1bc full reset")).toBe("⟨ESC c⟩ full reset");
    expect(shown("\x1b[>4;2m")).toBe("⟨ESC [>4;2m⟩");
    expect(shown("lone \x1b")).toBe("lone ⟨ESC⟩");
  });

  it("loses no text after a sequence that never ends", () => {
    expect(shown("\x1b]52;c;rest of the page")).toBe("⟨ESC ]⟩52;c;rest of the page");
    expect(shown("\x1b[12")).toBe("⟨ESC [⟩12");
  });

  it("ends on hostile input, and loses none of it", () => {
    expect(shown("\x1b]".repeat(20_000))).toBe("⟨ESC ]⟩".repeat(20_000));
    expect(shown("\x1b[".repeat(20_000))).toBe("⟨ESC [⟩".repeat(20_000));
    const long = "1;".repeat(40_000);
    expect(shown(`\x1b[${long}`)).toBe(`⟨ESC [⟩${long}`);
    expect(shown(`\x1b[${long}mred`)).toContain("red");
  });
});

it("gives the plain text", () => {
  expect(plainOfTerminal("\x1b[32mok\x1b[0m done")).toBe("ok done");
});
