import { useState } from "react";
import { Dialog } from "@/ui/Dialog";
import { useShortcutGroups, useShortcuts } from "./use-shortcuts";
import "./KeyboardHelp.css";

/** `?` lists whatever can be pressed on the page that is open. */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false);
  useShortcuts("Everywhere", [{ keys: "?", does: "This help", run: () => setOpen(true) }]);

  return open ? (
    <Dialog title="Keyboard" onClose={() => setOpen(false)}>
      <ShortcutTable />
    </Dialog>
  ) : null;
}

function ShortcutTable() {
  const groups = useShortcutGroups();
  const names = [...new Set(groups.map((group) => group.name))].toReversed();
  return names.map((name) => (
    <section key={name} className="shortcut-group">
      <h3>{name}</h3>
      <dl>
        {groups
          .filter((group) => group.name === name)
          .flatMap((group) => group.shortcuts)
          .map(({ keys, does }) => (
            <div key={keys}>
              <dt>
                {keys.split(" ").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
      </dl>
    </section>
  ));
}
