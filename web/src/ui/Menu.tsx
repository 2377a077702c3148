import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import "./Menu.css";
import { useBeside } from "./use-beside";
import { usePressOutside } from "./use-press-outside";

interface MenuItem {
  label: ReactNode;
  onSelect: () => void;
  /** Given for choices of which one holds. */
  checked?: boolean;
}

export interface MenuSection {
  name?: string;
  items: MenuItem[];
}

/** A button that opens a menu. Arrow keys move, Enter chooses, Escape closes and gives the focus back. */
export function Menu({
  label,
  children,
  sections,
  align = "end",
}: {
  /** What the button is called when its content does not say it. */
  label: string;
  children: ReactNode;
  sections: MenuSection[];
  align?: "start" | "end";
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();

  const list = useRef<HTMLDivElement>(null);
  useBeside(button, list, open, align);
  usePressOutside(root, open, () => setOpen(false));
  useEffect(() => {
    if (open) {
      const items = menuItems(root.current);
      (items.find((item) => item.ariaChecked === "true") ?? items[0])?.focus();
    }
  }, [open]);

  function close() {
    setOpen(false);
    button.current?.focus();
  }

  function onMenuKeyDown(event: KeyboardEvent) {
    if (event.key === "Tab") {
      setOpen(false);
      return;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      return;
    }
    const items = menuItems(root.current);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const next = nextIndex(event.key, at, items.length);
    if (next !== undefined) {
      event.preventDefault();
      items[next]?.focus();
    }
  }

  return (
    <div className="menu" ref={root}>
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" && !open) {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        {children}
      </button>
      {open && (
        <div
          ref={list}
          id={menuId}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          className="menu-list"
          onKeyDown={onMenuKeyDown}
        >
          {sections.map((section, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sections neither move nor change their number
            <MenuGroup key={place} section={section} onSelected={close} />
          ))}
        </div>
      )}
    </div>
  );
}

function MenuGroup({ section, onSelected }: { section: MenuSection; onSelected: () => void }) {
  const nameId = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a menu is no fieldset
    <div role="group" className="menu-group" aria-labelledby={section.name && nameId}>
      {section.name && (
        <div id={nameId} className="menu-group-name">
          {section.name}
        </div>
      )}
      {section.items.map(({ label, checked, onSelect }, place) => {
        const props = {
          type: "button" as const,
          tabIndex: -1,
          className: "menu-item",
          onClick: () => {
            onSelected();
            onSelect();
          },
        };
        // Labels may repeat, places do not.
        return checked === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <button key={place} role="menuitem" {...props}>
            {label}
          </button>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <button key={place} role="menuitemradio" aria-checked={checked} {...props}>
            {label}
          </button>
        );
      })}
    </div>
  );
}

function menuItems(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>("[role^='menuitem']") ?? [])];
}

function nextIndex(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
