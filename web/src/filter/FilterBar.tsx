import { useEffect, useRef, useState } from "react";
import { visibleLine } from "@/replay/text/visible";
import { FacetMenu } from "./FacetMenu";
import "./FilterBar.css";
import { FilterInput } from "./FilterInput";
import { addValue, chipWords, parseTerms, removeTerm } from "./terms";
import { presetOf, TIME_PRESETS, withPreset } from "./time-presets";

/** The filter as a text in the language, and as chips: the text may be a draft, the chips are what the address holds. */
export function FilterBar({
  workspace,
  filter,
  error,
  onFilter,
}: {
  workspace: string;
  filter: string;
  error: string | undefined;
  onFilter: (filter: string) => void;
}) {
  const [draft, setDraft] = useState(filter);
  const [draftOf, setDraftOf] = useState(filter);
  if (draftOf !== filter) {
    // The address changed: by a chip, or by going back.
    setDraftOf(filter);
    setDraft(filter);
  }

  const terms = parseTerms(filter);

  // The focus of a chip that is gone goes to the one in its place, else to the text.
  const bar = useRef<HTMLElement>(null);
  const removedAt = useRef<number>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chips are others when the filter is another
  useEffect(() => {
    const chips = bar.current?.querySelectorAll<HTMLElement>(".chip") ?? [];
    if (removedAt.current !== undefined) {
      const place = Math.min(removedAt.current, chips.length - 1);
      (chips[place] ?? bar.current?.querySelector<HTMLElement>("input"))?.focus();
      removedAt.current = undefined;
    }
  }, [filter]);

  function apply(text: string) {
    setDraft(text);
    onFilter(text.trim());
  }

  return (
    <search ref={bar} className="filter-bar">
      <div className="filter-line">
        <FilterInput workspace={workspace} draft={draft} error={error} onDraft={setDraft} onApply={apply} />
        <FacetMenu workspace={workspace} onAdd={(key, value) => apply(addValue(filter, key, value))} />
        <TimePresets filter={filter} onFilter={apply} />
      </div>
      {terms.length > 0 && (
        <div className="filter-chips">
          {terms.map((term, place) => (
            <button
              key={`${term.start} ${term.raw}`}
              type="button"
              className="chip"
              aria-label={`Remove: ${chipWords(term)}`}
              title={`Remove: ${visibleLine(term.raw)}`}
              onClick={() => {
                removedAt.current = place;
                apply(removeTerm(filter, term));
              }}
            >
              <bdi>{chipWords(term)}</bdi>
              <span className="chip-cross" aria-hidden="true">
                ×
              </span>
            </button>
          ))}
        </div>
      )}
    </search>
  );
}

function TimePresets({ filter, onFilter }: { filter: string; onFilter: (filter: string) => void }) {
  const now = new Date();
  const chosen = presetOf(filter, now);
  return (
    <fieldset className="time-presets">
      <legend className="visually-hidden">Time</legend>
      {TIME_PRESETS.map((preset) => (
        <button
          key={preset.name}
          type="button"
          title={preset.says}
          aria-pressed={preset === chosen}
          onClick={() => onFilter(withPreset(filter, preset, now))}
        >
          {preset.name}
        </button>
      ))}
    </fieldset>
  );
}
