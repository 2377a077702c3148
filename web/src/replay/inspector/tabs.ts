/** The inspector's tabs, in order. */
export const TABS = ["details", "tools", "skills", "files", "otel", "witnesses", "review"] as const;

export type Tab = (typeof TABS)[number];

export const TAB_WORDS: Record<Tab, string> = {
  details: "Details",
  tools: "Tools",
  skills: "Skills",
  files: "Files",
  otel: "OTel",
  witnesses: "Witnesses",
  review: "Review",
};

/** The tab that an address names; details where it names none. */
export const tabOf = (value: unknown): Tab => TABS.find((tab) => tab === value) ?? "details";

/** The tab so many places on, around the ends. */
export const tabFrom = (tab: Tab, by: number): Tab =>
  TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? tab;

/** The tab that a key in the list of tabs leads to. */
export function tabOfKey(key: string, tab: Tab): Tab | undefined {
  switch (key) {
    case "ArrowRight":
      return tabFrom(tab, 1);
    case "ArrowLeft":
      return tabFrom(tab, -1);
    case "Home":
      return TABS[0];
    case "End":
      return TABS.at(-1);
    default:
      return undefined;
  }
}
