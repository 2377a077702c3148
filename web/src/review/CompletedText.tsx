import { type KeyboardEvent, useId, useRef, useState } from "react";
import { VisibleLine } from "@/replay/text/Visible";
import { useBeside } from "@/ui/use-beside";
import "./composer.css";

const SHOWN_MAX = 8;

/**
 * A text field that completes what is written at the caret, with the focus always in the field. With several rows it is a
 * text of several lines.
 */
export function CompletedText({
  label,
  value,
  rows,
  placeholder,
  required = false,
  maxLength,
  wordAt,
  suggestions,
  onChange,
  onWord,
  onEnter,
}: {
  label: string;
  value: string;
  rows?: number;
  placeholder?: string;
  required?: boolean;
  maxLength?: number;
  /** Where the word begins that is to be completed; undefined where nothing is. */
  wordAt: (text: string, caret: number) => number | undefined;
  suggestions: readonly string[];
  onChange: (text: string) => void;
  /** The word that is completed now, or that there is none. */
  onWord: (word: string | undefined) => void;
  /** Enter, where nothing was chosen; in a text of one line only. */
  onEnter?: (text: string) => void;
}) {
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const id = useId();
  const [start, setStart] = useState<number>();
  const [chosen, setChosen] = useState(-1);
  const shown = start === undefined ? [] : suggestions.slice(0, SHOWN_MAX);
  const list = useRef<HTMLDivElement>(null);
  useBeside(field, list, shown.length > 0, "start");

  function look(text: string, caret: number) {
    const at = wordAt(text, caret);
    setStart(at);
    setChosen(-1);
    onWord(at === undefined ? undefined : text.slice(at, caret));
  }

  function take(word: string) {
    const element = field.current;
    if (!element || start === undefined) {
      return;
    }
    const caret = element.selectionStart ?? value.length;
    const gap = rows === undefined ? "" : " ";
    const text = `${value.slice(0, start)}${word}${gap}${value.slice(caret)}`;
    const at = start + word.length + gap.length;
    onChange(text);
    setStart(undefined);
    onWord(undefined);
    element.focus();
    requestAnimationFrame(() => element.setSelectionRange(at, at));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) {
      return;
    }
    const suggestion = shown[rows === undefined ? chosen : Math.max(chosen, 0)];
    if (shown.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen((chosen + step + shown.length) % shown.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey) {
      if (suggestion !== undefined && !event.shiftKey) {
        event.preventDefault();
        if (onEnter && event.key === "Enter") {
          onEnter(suggestion);
          setStart(undefined);
        } else {
          take(suggestion);
        }
      } else if (onEnter && event.key === "Enter") {
        event.preventDefault();
        onEnter(value);
        setStart(undefined);
      }
    } else if (event.key === "Escape" && shown.length > 0) {
      event.preventDefault();
      setStart(undefined);
      setChosen(-1);
    }
  }

  const common = {
    ref: field,
    id: `${id}field`,
    value,
    placeholder,
    required,
    maxLength,
    spellCheck: rows !== undefined,
    autoComplete: "off",
    "aria-autocomplete": "list" as const,
    "aria-controls": `${id}list`,
    "aria-activedescendant": shown.length > 0 && chosen >= 0 ? `${id}option${chosen}` : undefined,
    onKeyDown,
    onBlur: () => setStart(undefined),
    onChange: (event: { target: HTMLTextAreaElement | HTMLInputElement }) => {
      onChange(event.target.value);
      look(event.target.value, event.target.selectionStart ?? event.target.value.length);
    },
  };
  return (
    <div className="completed">
      <label className="visually-hidden" htmlFor={`${id}field`}>
        {label}
      </label>
      {rows === undefined ? (
        <input type="text" role="combobox" aria-expanded={shown.length > 0} {...common} />
      ) : (
        <textarea rows={rows} {...common} />
      )}
      <div
        ref={list}
        id={`${id}list`}
        role="listbox"
        tabIndex={-1}
        aria-label="Completions"
        className="completions"
        hidden={shown.length === 0}
        // The field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        {shown.map((suggestion, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, by the combobox pattern
          <div
            key={suggestion}
            id={`${id}option${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === (rows === undefined ? chosen : Math.max(chosen, 0))}
            className="completion"
            onClick={() => (onEnter ? onEnter(suggestion) : take(suggestion))}
          >
            <VisibleLine text={suggestion} charactersMax={80} />
          </div>
        ))}
      </div>
    </div>
  );
}
