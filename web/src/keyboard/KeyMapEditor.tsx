import { useState } from "react";
import { Button } from "@/ui/Button";
import { Switch } from "@/ui/Switch";
import { ChangeKey } from "./ChangeKey";
import { COMMAND_IDS, type CommandId, commandOf, GROUPS, type GroupId } from "./commands";
import { Keys } from "./Keys";
import { DEFAULT_KEY_MAP, keysOf, withKeys } from "./key-map";
import { setKeyMap, useKeyMap } from "./key-map-store";
import { isCharacterKey } from "./keys";
import "./KeyMapEditor.css";

/** Every command with its keys; each can be given another one. */
export function KeyMapEditor() {
  const keyMap = useKeyMap();
  const [changing, setChanging] = useState<CommandId>();
  const isChanged = Object.keys(keyMap.chosen).length > 0;
  return (
    <>
      <div className="key-map-switch">
        <Switch
          on={keyMap.characterKeys}
          onChange={(characterKeys) => setKeyMap({ ...keyMap, characterKeys })}
        >
          Keys that are single characters
        </Switch>
        <p className="quiet">
          Off for whoever speaks to the computer, or presses keys by mistake. What is typed into a field never
          counts.
        </p>
      </div>
      {(Object.keys(GROUPS) as GroupId[]).map((group) => (
        <GroupKeys key={group} group={group} onChange={setChanging} />
      ))}
      {isChanged && (
        <p>
          <Button onClick={() => setKeyMap({ ...keyMap, chosen: DEFAULT_KEY_MAP.chosen })}>
            All keys as they came
          </Button>
        </p>
      )}
      {changing && <ChangeKey id={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}

function GroupKeys({ group, onChange }: { group: GroupId; onChange: (id: CommandId) => void }) {
  const keyMap = useKeyMap();
  const ids = COMMAND_IDS.filter((id) => commandOf(id).group === group);
  if (ids.length === 0) {
    return null;
  }
  return (
    <section className="key-map-group" aria-label={GROUPS[group].name}>
      <h3>{GROUPS[group].name}</h3>
      <ul>
        {ids.map((id) => {
          const keys = keysOf(keyMap, id);
          const { does } = commandOf(id);
          const off = !keyMap.characterKeys && keys.length > 0 && keys.every(isCharacterKey);
          return (
            <li key={id} className="key-map-row">
              <span>{does}</span>
              <span className="key-map-keys">
                {keys.length === 0 ? <span className="quiet">no key</span> : <Keys keys={keys} />}
                {off && <span className="quiet"> off</span>}
              </span>
              <span className="key-map-acts">
                {keyMap.chosen[id] && (
                  <Button
                    look="quiet"
                    aria-label={`Key as it came: ${does}`}
                    onClick={() => setKeyMap(withKeys(keyMap, id, commandOf(id).keys))}
                  >
                    Reset
                  </Button>
                )}
                <Button look="quiet" aria-label={`Change the key: ${does}`} onClick={() => onChange(id)}>
                  Change
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
