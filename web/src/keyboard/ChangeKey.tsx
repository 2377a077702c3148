import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { type CommandId, commandOf } from "./commands";
import { Keys } from "./Keys";
import { conflictsOf, keysOf, withKeys, withTakenKeys } from "./key-map";
import { setKeyMap, useKeyMap } from "./key-map-store";
import { isReserved, keyOf, labelsOf } from "./keys";

/** A second key within this time belongs to the first. */
const PAIR_MS = 1200;

/** Asks for the new key of a command, and says whose it was. */
export function ChangeKey({ id, onClose }: { id: CommandId; onClose: () => void }) {
  const keyMap = useKeyMap();
  const { does } = commandOf(id);
  const [pressed, setPressed] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const before = useRef<{ key: string; at: number }>(undefined);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.querySelector("input")?.focus(), []);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const key = keyOf(event);
    if (key === "Tab" || key === "Shift+Tab" || key === "Escape") {
      // Out of the field, out of the dialog.
      return;
    }
    if (key === undefined) {
      return;
    }
    event.preventDefault();
    if (isReserved(key)) {
      setRefused(key);
      before.current = undefined;
      return;
    }
    setRefused(undefined);
    const first = before.current;
    const pairs = first && event.timeStamp - first.at < PAIR_MS && first.key.length === 1 && key.length === 1;
    before.current = pairs ? undefined : { key, at: event.timeStamp };
    setPressed(pairs ? `${first.key} ${key}` : key);
  };

  const taken = pressed === undefined ? [] : conflictsOf(keyMap, id, pressed);
  return (
    <Dialog title={`Key for “${does}”`} onClose={onClose}>
      <p className="quiet">
        Now <Keys keys={keysOf(keyMap, id)} />
      </p>
      <div ref={field}>
        <Field
          label="New key"
          hint="Press it here; two characters one after the other make a pair."
          className="change-key-input"
          readOnly
          value={pressed === undefined ? "" : labelsOf(pressed).join(" then ")}
          onKeyDown={onKeyDown}
        />
      </div>
      <p className="change-key-said" role="status">
        {refused !== undefined
          ? `${labelsOf(refused).join(" ")} is kept for the browser: press another key.`
          : taken.length > 0
            ? `Taken: it ${taken.length === 1 ? "is" : "begins or is"} the key of ${taken
                .map((other) => `“${commandOf(other).does}”`)
                .join(", ")}. Using it here takes it away there.`
            : ""}
      </p>
      <div className="form-actions">
        <Button
          look="primary"
          disabled={pressed === undefined}
          onClick={() => {
            if (pressed !== undefined) {
              setKeyMap(withTakenKeys(keyMap, id, pressed));
              onClose();
            }
          }}
        >
          {taken.length > 0 ? "Use it here" : "Use it"}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            setKeyMap(withKeys(keyMap, id, []));
            onClose();
          }}
        >
          No key
        </Button>
      </div>
    </Dialog>
  );
}
