import { CHANGES, DENSITIES, setPreferences, THEMES, usePreferences } from "@/preferences/preferences";
import { Menu } from "@/ui/Menu";

const WORDS = {
  system: "As the system",
  light: "Light",
  dark: "Dark",
  comfortable: "Comfortable",
  dense: "Dense",
  unified: "Unified",
  split: "Side by side",
};

export function DisplayMenu({ onHelp }: { onHelp: () => void }) {
  const preferences = usePreferences();
  return (
    <Menu
      label="Display"
      sections={[
        {
          name: "Theme",
          items: THEMES.map((theme) => ({
            label: WORDS[theme],
            checked: theme === preferences.theme,
            onSelect: () => setPreferences({ theme }),
          })),
        },
        {
          name: "Density",
          items: DENSITIES.map((density) => ({
            label: WORDS[density],
            checked: density === preferences.density,
            onSelect: () => setPreferences({ density }),
          })),
        },
        {
          name: "Changes of files",
          items: CHANGES.map((changes) => ({
            label: WORDS[changes],
            checked: changes === preferences.changes,
            onSelect: () => setPreferences({ changes }),
          })),
        },
        { items: [{ label: "Keyboard", onSelect: onHelp }] },
      ]}
    >
      <span className="serif display-mark" aria-hidden="true">
        Aa
      </span>
    </Menu>
  );
}
