import { Dialog } from "@/ui/Dialog";
import { useShortcutGroups } from "./use-shortcuts";
import "./KeyboardHelp.css";

/** Whatever can be pressed on the page that is open. */
export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const groups = useShortcutGroups();
  const names = [...new Set(groups.map((group) => group.name))].toReversed();
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      {names.map((name) => (
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
      ))}
    </Dialog>
  );
}
