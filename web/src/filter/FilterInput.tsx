import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { complete, type Suggestion, suggestKeys, suggestValues, type Writing, writingAt } from "./completion";
import { useValues } from "./use-values";

const SHOWN_MAX = 12;

/** A text field that completes keys and values: the combobox pattern, with the focus always in the field. */
export function FilterInput({
  workspace,
  draft,
  error,
  onDraft,
  onApply,
}: {
  workspace: string;
  draft: string;
  error: string | undefined;
  onDraft: (text: string) => void;
  onApply: (text: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(draft.length);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const id = useId();

  const writing = open ? writingAt(draft, caret) : undefined;
  const suggestions = useSuggestions(workspace, writing);
  const isShown = open && suggestions.length > 0;

  useShortcuts({ "sessions.filter": () => input.current?.focus() });

  function write(text: string, at: number) {
    onDraft(text);
    setCaret(at);
    setChosen(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  }

  function take(suggestion: Suggestion) {
    if (!writing) {
      return;
    }
    const { text, caret: at } = complete(draft, writing, suggestion);
    input.current?.focus();
    if (suggestion.whole) {
      setOpen(false);
      write(text, at);
      onApply(text);
    } else {
      write(text, at);
      setOpen(true);
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) {
      return;
    }
    const suggestion = isShown ? suggestions[chosen] : undefined;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        event.preventDefault();
        setOpen(true);
        setChosen(step(chosen, event.key === "ArrowDown" ? 1 : -1, suggestions.length));
        break;
      }
      case "Tab":
        if (suggestion) {
          event.preventDefault();
          take(suggestion);
        } else {
          setOpen(false);
        }
        break;
      case "Enter":
        event.preventDefault();
        if (suggestion) {
          take(suggestion);
        } else {
          setOpen(false);
          onApply(draft);
        }
        break;
      case "Escape":
        event.preventDefault();
        if (isShown) {
          setOpen(false);
          setChosen(-1);
        } else {
          input.current?.blur();
        }
        break;
      default:
    }
  }

  return (
    <div className="filter-input">
      <label className="visually-hidden" htmlFor={`${id}input`}>
        Filter
      </label>
      <input
        ref={input}
        id={`${id}input`}
        type="text"
        role="combobox"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="Filter, as in  model:opus cost>0.5"
        value={draft}
        aria-expanded={isShown}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={isShown && chosen >= 0 ? `${id}option${chosen}` : undefined}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}error`}
        onChange={(event) => {
          onDraft(event.target.value);
          setCaret(event.target.selectionStart ?? event.target.value.length);
          setChosen(-1);
          setOpen(true);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? draft.length)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}list`}
        role="listbox"
        tabIndex={-1}
        aria-label="Completions"
        className="filter-suggestions"
        hidden={!isShown}
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        {suggestions.map((suggestion, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, by the combobox pattern
          <div
            key={suggestion.text}
            id={`${id}option${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === chosen}
            className="filter-suggestion"
            onClick={() => take(suggestion)}
          >
            <bdi>{suggestion.label}</bdi>
            <span className="filter-suggestion-hint">{suggestion.hint}</span>
          </div>
        ))}
      </div>
      <p id={`${id}error`} className="filter-error" role="alert">
        {error}
      </p>
    </div>
  );
}

function useSuggestions(workspace: string, writing: Writing | undefined): Suggestion[] {
  const key = writing?.what === "value" ? writing.key : undefined;
  const prefix = writing?.prefix ?? "";
  const { values } = useValues(workspace, key, key ? prefix : "");
  if (!writing) {
    return [];
  }
  const found = writing.what === "key" ? suggestKeys(prefix) : suggestValues(prefix, values);
  return found.slice(0, writing.what === "key" ? found.length : SHOWN_MAX);
}

/** -1 is the field itself. */
function step(from: number, by: 1 | -1, count: number): number {
  const to = from + by;
  return to < -1 ? count - 1 : to >= count ? -1 : to;
}
