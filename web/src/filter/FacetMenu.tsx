import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { useBeside } from "@/ui/use-beside";
import { usePressOutside } from "@/ui/use-press-outside";
import { FILTER_KEYS, type FilterKey } from "./keys";
import { useValues } from "./use-values";

const FACETS = FILTER_KEYS.filter(({ names, choices }) => names !== undefined || choices !== undefined);

/** Adds a term without knowing the language: first what about, then which value. */
export function FacetMenu({
  workspace,
  onAdd,
}: {
  workspace: string;
  onAdd: (key: string, value: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const [facet, setFacet] = useState<FilterKey>();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();

  const panel = useRef<HTMLDivElement>(null);
  usePressOutside(root, open, () => setOpen(false));
  useBeside(button, panel, open);

  function close() {
    setOpen(false);
    setFacet(undefined);
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      moveFocus(root.current, event.key === "ArrowDown" ? 1 : -1);
    } else if (open && event.key === "Tab") {
      // Where it leads is known when the browser has followed it.
      requestAnimationFrame(() => setOpen(root.current?.contains(document.activeElement) ?? false));
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls within
    <div className="menu" ref={root} onKeyDown={onKeyDown}>
      <Button
        ref={button}
        className="facet-button"
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => {
          setOpen(!open);
          setFacet(undefined);
        }}
      >
        Add a filter
      </Button>
      <div ref={panel} id={panelId} className="menu-list facet-panel" hidden={!open}>
        {open && facet === undefined && <FacetKeys onChoose={setFacet} />}
        {open && facet && (
          <FacetValues
            workspace={workspace}
            facet={facet}
            onBack={() => setFacet(undefined)}
            onChoose={(value) => {
              close();
              onAdd(facet.key, value);
            }}
          />
        )}
      </div>
    </div>
  );
}

function FacetKeys({ onChoose }: { onChoose: (facet: FilterKey) => void }) {
  const [sought, setSought] = useState("");
  const wanted = sought.trim().toLowerCase();
  // What is named so comes before what is only explained so.
  const named = FACETS.filter(({ key }) => key.startsWith(wanted));
  const shown = [
    ...named,
    ...FACETS.filter((facet) => !named.includes(facet) && facet.says.toLowerCase().includes(wanted)),
  ];
  return (
    <>
      <FacetHead
        label="Search what to filter by"
        text={sought}
        onText={setSought}
        onEnter={() => shown[0] && onChoose(shown[0])}
      />
      {shown.map((facet) => (
        <button
          key={facet.key}
          type="button"
          className="menu-item facet-item"
          onClick={() => onChoose(facet)}
        >
          <span>{facet.key}</span>
          <span className="filter-suggestion-hint">{facet.says}</span>
        </button>
      ))}
      {shown.length === 0 && <p className="facet-none">Nothing is named so</p>}
    </>
  );
}

function FacetValues({
  workspace,
  facet,
  onBack,
  onChoose,
}: {
  workspace: string;
  facet: FilterKey;
  onBack: () => void;
  onChoose: (value: string) => void;
}) {
  const [sought, setSought] = useState("");
  const { values, isPending } = useValues(workspace, facet, sought);
  const shown = values.filter(({ name }) => name.toLowerCase().includes(sought.toLowerCase()));

  return (
    <>
      <FacetHead
        label={`Search ${facet.key}`}
        text={sought}
        onText={setSought}
        onEnter={() => shown[0] && onChoose(shown[0].name)}
        onBack={onBack}
      />
      {shown.map(({ name, hint }) => (
        <button key={name} type="button" className="menu-item facet-item" onClick={() => onChoose(name)}>
          <bdi>{visibleLine(name)}</bdi>
          <span className="filter-suggestion-hint">{hint}</span>
        </button>
      ))}
      {shown.length === 0 && <p className="facet-none">{isPending ? "Loading …" : "None seen yet"}</p>}
    </>
  );
}

/** What is typed narrows the list below; Enter takes the first of it. */
function FacetHead({
  label,
  text,
  onText,
  onEnter,
  onBack,
}: {
  label: string;
  text: string;
  onText: (text: string) => void;
  onEnter: () => void;
  onBack?: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <div className="facet-head">
      {onBack && (
        <button type="button" className="facet-back" onClick={onBack} aria-label="Back to all facets">
          ←
        </button>
      )}
      <input
        ref={input}
        type="text"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            onEnter();
          }
        }}
      />
    </div>
  );
}

function moveFocus(root: HTMLElement | null, by: 1 | -1) {
  const stops = [...(root?.querySelectorAll<HTMLElement>(".facet-panel input, .facet-item") ?? [])];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[(at + by + stops.length) % stops.length]?.focus();
}
