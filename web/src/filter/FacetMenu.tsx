import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
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

  usePressOutside(root, open, () => setOpen(false));

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
      <div id={panelId} className="menu-list menu-list-end facet-panel" hidden={!open}>
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
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return FACETS.map((facet, place) => (
    <button
      key={facet.key}
      ref={place === 0 ? first : undefined}
      type="button"
      className="menu-item facet-item"
      onClick={() => onChoose(facet)}
    >
      <span>{facet.key}</span>
      <span className="filter-suggestion-hint">{facet.says}</span>
    </button>
  ));
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
  const [prefix, setPrefix] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const { values, isPending } = useValues(workspace, facet, prefix);
  const shown = values.filter(({ name }) => name.toLowerCase().includes(prefix.toLowerCase()));
  useEffect(() => search.current?.focus(), []);

  return (
    <>
      <div className="facet-head">
        <button type="button" className="facet-back" onClick={onBack} aria-label="Back to all facets">
          ←
        </button>
        <input
          ref={search}
          type="text"
          aria-label={`Search ${facet.key}`}
          placeholder={facet.key}
          autoComplete="off"
          spellCheck={false}
          value={prefix}
          onChange={(event) => setPrefix(event.target.value)}
          onKeyDown={(event) => {
            const [only] = shown;
            if (event.key === "Enter" && only && !event.nativeEvent.isComposing) {
              event.preventDefault();
              onChoose(only.name);
            }
          }}
        />
      </div>
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

function moveFocus(root: HTMLElement | null, by: 1 | -1) {
  const stops = [...(root?.querySelectorAll<HTMLElement>(".facet-panel input, .facet-item") ?? [])];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[(at + by + stops.length) % stops.length]?.focus();
}
