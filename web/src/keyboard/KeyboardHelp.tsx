import { Link } from "@tanstack/react-router";
import { Dialog } from "@/ui/Dialog";
import { GROUPS, type GroupId } from "./commands";
import { Keys } from "./Keys";
import { useKeyMap } from "./key-map-store";
import { useBoundShortcuts } from "./use-shortcuts";
import "./KeyboardHelp.css";

/** Whatever can be pressed on the page that is open. */
export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const shortcuts = useBoundShortcuts().filter(({ keys }) => keys.length > 0);
  const { characterKeys } = useKeyMap();
  const groups = (Object.keys(GROUPS) as GroupId[])
    .filter((id) => shortcuts.some(({ group }) => group === id))
    // What is true everywhere is known best.
    .toReversed();
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      {groups.map((id) => (
        <section key={id} className="shortcut-group">
          <h3>{GROUPS[id].name}</h3>
          <dl>
            {shortcuts
              .filter(({ group }) => group === id)
              .map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    <Keys keys={keys} />
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
      <p className="shortcut-foot quiet">
        {!characterKeys && "Keys that are single characters are switched off. "}
        <Link to="/account" hash="keyboard" onClick={onClose}>
          Change keys
        </Link>
      </p>
    </Dialog>
  );
}
