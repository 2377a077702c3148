import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Keys } from "@/keyboard/Keys";
import "./Palette.css";
import { type PaletteItem, usePaletteGroups } from "./use-items";

/** A field that finds sessions, views, pages and what the page does: the combobox pattern, with the focus always in the field. */
export function Palette({ workspace, onClose }: { workspace: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [chosenId, setChosenId] = useState<string>();
  const { groups, isWaiting } = usePaletteGroups(workspace, query);
  const id = useId();

  // Closed while it is still in the page: from one that is gone, the browser gives the focus back to nobody.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const items = groups.flatMap(({ items: each }) => each);
  // What was chosen may have gone with what was typed.
  const chosen = Math.max(
    0,
    items.findIndex((item) => item.id === chosenId),
  );
  const optionId = (place: number) => `${id}option${place}`;

  useEffect(() => {
    list.current?.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest" });
  });

  function run(item: PaletteItem | undefined) {
    if (item) {
      onClose();
      // When the focus is back where it was: an action may start from there.
      requestAnimationFrame(item.run);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) {
      return;
    }
    const step = STEPS[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      setChosenId(items[(chosen + step + items.length) % items.length]?.id);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(items[chosen]);
    } else if (event.key === "k" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      onClose();
    }
  }

  let place = -1;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way; the click is on the backdrop
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label="Find and do anything"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) {
          onClose();
        }
      }}
    >
      <input
        className="palette-field"
        type="text"
        role="combobox"
        aria-label="Find and do anything"
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={items.length > 0 ? optionId(chosen) : undefined}
        placeholder="Session, view, page, action, or any text"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosenId(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}list`}
        ref={list}
        role="listbox"
        tabIndex={-1}
        aria-label="What there is"
        aria-busy={isWaiting}
        className="palette-list"
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        {groups.map((group, at) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
          <div key={group.name} role="group" aria-labelledby={`${id}group${at}`}>
            <div id={`${id}group${at}`} className="palette-group">
              {group.name}
            </div>
            {group.items.map((item) => {
              place += 1;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, by the combobox pattern
                <div
                  key={item.id}
                  id={optionId(place)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={place === chosen}
                  className="palette-option"
                  onClick={() => run(item)}
                >
                  <span className="palette-label">{item.label}</span>
                  {item.hint !== undefined && <span className="palette-hint">{item.hint}</span>}
                  {item.keys && <Keys keys={item.keys} />}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <p className="palette-none" role="status">
        {items.length === 0 && !isWaiting ? "Nothing fits" : ""}
      </p>
    </dialog>
  );
}

const STEPS: Record<string, number | undefined> = { ArrowDown: 1, ArrowUp: -1 };
