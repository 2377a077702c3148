import { type MouseEvent, useEffect, useId, useRef, useState } from "react";
import type { RubricDefinition, RubricItem } from "@/api/queues";
import { Button } from "@/ui/Button";
import { Choice, Field, TextField } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import { useFocusKept } from "@/ui/use-focus-kept";
import {
  withItem,
  withMovedItem,
  withMovedSection,
  withNewItem,
  withNewSection,
  withoutItem,
  withoutSection,
  withSection,
} from "./rubric-edit";

type Change = (rubric: RubricDefinition) => void;

/** A rubric's words and numbers. Sections and items are put in order by buttons. */
export function RubricForm({
  rubric,
  disabled,
  onChange,
}: {
  rubric: RubricDefinition;
  disabled: boolean;
  onChange: Change;
}) {
  const [openItem, setOpenItem] = useState<string>();
  const fields = useRef<HTMLFieldSetElement>(null);
  useFocusKept(fields);
  // Whoever adds an item or a section names it next.
  const added = useRef<{ section: number; item: boolean }>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was added is there when the rubric is another
  useEffect(() => {
    if (added.current) {
      const { section, item } = added.current;
      added.current = undefined;
      const root = fields.current?.querySelectorAll(".rubric-section")[section];
      const place = item ? [...(root?.querySelectorAll(".rubric-item") ?? [])].at(-1) : root;
      place?.querySelector("input")?.focus();
    }
  }, [rubric]);
  return (
    <fieldset ref={fields} className="rubric-fields" disabled={disabled}>
      <legend className="visually-hidden">Rubric</legend>
      <Field
        label="Name"
        value={rubric.name}
        maxLength={120}
        onChange={(event) => onChange({ ...rubric, name: event.target.value })}
      />
      <TextField
        label="What it is for"
        rows={2}
        value={rubric.description}
        onChange={(event) => onChange({ ...rubric, description: event.target.value })}
      />
      <div className="manage-pair">
        <Choice
          label="Scores"
          value={rubric.scope}
          options={[
            { value: "session", name: "a session as a whole" },
            { value: "turn", name: "one turn" },
          ]}
          onChange={(scope) => onChange({ ...rubric, scope })}
        />
        <NumberField
          label="To pass, in percent"
          value={rubric.pass_percent}
          step={1}
          min={0}
          max={100}
          onChange={(pass_percent) => onChange({ ...rubric, pass_percent })}
        />
      </div>
      {rubric.sections.map((section, place) => (
        <section key={section.id} className="rubric-section" aria-label={`Section ${place + 1}`}>
          <div className="rubric-line">
            <Field
              label={`Section ${place + 1}`}
              value={section.title}
              maxLength={120}
              onChange={(event) =>
                onChange(withSection(rubric, place, (before) => ({ ...before, title: event.target.value })))
              }
            />
            <NumberField
              label="Weight"
              value={section.weight}
              min={0}
              step={1}
              onChange={(weight) => onChange(withSection(rubric, place, (before) => ({ ...before, weight })))}
            />
            <Order
              what={`section ${place + 1}`}
              onUp={place > 0 ? () => onChange(withMovedSection(rubric, place, -1)) : undefined}
              onDown={
                place < rubric.sections.length - 1
                  ? () => onChange(withMovedSection(rubric, place, 1))
                  : undefined
              }
              onRemove={() => onChange(withoutSection(rubric, place))}
            />
          </div>
          {section.items.map((item, at) => (
            <ItemFields
              key={item.id}
              item={item}
              number={at + 1}
              isOpen={openItem === item.id}
              onOpen={() => setOpenItem(openItem === item.id ? undefined : item.id)}
              onItem={(change) => onChange(withItem(rubric, place, at, change))}
              onUp={at > 0 || place > 0 ? () => onChange(withMovedItem(rubric, place, at, -1)) : undefined}
              onDown={
                at < section.items.length - 1 || place < rubric.sections.length - 1
                  ? () => onChange(withMovedItem(rubric, place, at, 1))
                  : undefined
              }
              onRemove={() => onChange(withoutItem(rubric, place, at))}
            />
          ))}
          {!disabled && (
            <Button
              look="quiet"
              onClick={() => {
                added.current = { section: place, item: true };
                onChange(withNewItem(rubric, place));
              }}
            >
              + Item
            </Button>
          )}
        </section>
      ))}
      {!disabled && (
        <Button
          onClick={() => {
            added.current = { section: rubric.sections.length, item: false };
            onChange(withNewSection(rubric));
          }}
        >
          Add a section
        </Button>
      )}
    </fieldset>
  );
}

function ItemFields({
  item,
  number,
  isOpen,
  onOpen,
  onItem,
  onUp,
  onDown,
  onRemove,
}: {
  item: RubricItem;
  number: number;
  isOpen: boolean;
  onOpen: () => void;
  onItem: (change: Partial<RubricItem>) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
}) {
  const id = useId();
  const scale = item.scale ?? { min: 1, max: 5, labels: [] };
  return (
    <div className="rubric-item">
      <div className="rubric-line">
        <Field
          label={`Item ${number}`}
          value={item.title}
          maxLength={300}
          onChange={(event) => onItem({ title: event.target.value })}
        />
        <NumberField
          label="Weight"
          value={item.weight}
          min={0}
          step={1}
          onChange={(weight) => onItem({ weight })}
        />
        <Order what={`item ${number}`} onUp={onUp} onDown={onDown} onRemove={onRemove} />
      </div>
      <button
        type="button"
        className="rubric-more"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={onOpen}
      >
        {isOpen ? "Less" : itemWords(item)}
      </button>
      {isOpen && (
        <div id={id} className="rubric-item-more">
          <Choice
            label="Answered by"
            value={item.kind}
            options={[
              { value: "yes_no", name: "yes or no" },
              { value: "scale", name: "a scale" },
            ]}
            onChange={(kind) => onItem({ kind, scale: kind === "scale" ? scale : null })}
          />
          {item.kind === "scale" && (
            <>
              <div className="manage-pair">
                <NumberField
                  label="From"
                  value={scale.min}
                  min={0}
                  max={10}
                  onChange={(min) => onItem({ scale: { ...scale, min } })}
                />
                <NumberField
                  label="To"
                  value={scale.max}
                  min={1}
                  max={10}
                  onChange={(max) => onItem({ scale: { ...scale, max } })}
                />
              </div>
              <TextField
                label="What the steps are called"
                hint="One a line, from the lowest on. May be left out."
                rows={3}
                defaultValue={scale.labels.join("\n")}
                onChange={(event) =>
                  onItem({
                    scale: { ...scale, labels: event.target.value.split("\n").map((each) => each.trim()) },
                  })
                }
              />
            </>
          )}
          <div className="rubric-switches">
            <Switch on={item.allow_na} onChange={(allow_na) => onItem({ allow_na })}>
              May be not applicable
            </Switch>
            <Switch on={item.auto_fail} onChange={(auto_fail) => onItem({ auto_fail })}>
              Fails the whole by itself
            </Switch>
            <Switch
              on={item.evidence_required}
              onChange={(evidence_required) => onItem({ evidence_required })}
            >
              A deduction names the turn that shows it
            </Switch>
          </div>
          <TextField
            label="Guidance"
            rows={2}
            value={item.guidance}
            onChange={(event) => onItem({ guidance: event.target.value })}
          />
          <div className="manage-pair">
            <TextField
              label="Passes, for example"
              rows={2}
              value={item.pass_example}
              onChange={(event) => onItem({ pass_example: event.target.value })}
            />
            <TextField
              label="Fails, for example"
              rows={2}
              value={item.fail_example}
              onChange={(event) => onItem({ fail_example: event.target.value })}
            />
          </div>
        </div>
      )}
    </div>
  );
}

/** What an item asks for, in one line. */
function itemWords({ kind, scale, allow_na, auto_fail, evidence_required }: RubricItem): string {
  return [
    kind === "scale" && scale ? `${scale.min} to ${scale.max}` : "yes or no",
    allow_na && "N/A",
    auto_fail && "fails the whole",
    evidence_required && "with evidence",
  ]
    .filter(Boolean)
    .join(", ");
}

function Order({
  what,
  onUp,
  onDown,
  onRemove,
}: {
  what: string;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
}) {
  // What was moved stays in view, and the page where it is as far as it can.
  const moves =
    (move: (() => void) | undefined) =>
    ({ currentTarget }: MouseEvent<HTMLElement>) => {
      move?.();
      requestAnimationFrame(() => currentTarget.scrollIntoView({ block: "nearest" }));
    };
  return (
    <span className="rubric-order">
      <Button look="quiet" aria-label={`Move ${what} up`} disabled={!onUp} onClick={moves(onUp)}>
        ↑
      </Button>
      <Button look="quiet" aria-label={`Move ${what} down`} disabled={!onDown} onClick={moves(onDown)}>
        ↓
      </Button>
      <Button look="quiet" aria-label={`Remove ${what}`} onClick={onRemove}>
        ✕
      </Button>
    </span>
  );
}

/** A number that may be empty while it is typed. */
export function NumberField({
  label,
  value,
  min,
  max,
  step,
  onChange,
}: {
  label: string;
  value: number;
  min?: number;
  max?: number;
  step?: number;
  onChange: (value: number) => void;
}) {
  const [text, setText] = useState(String(value));
  const last = useRef(value);
  if (last.current !== value) {
    last.current = value;
    if (Number(text) !== value) {
      setText(String(value));
    }
  }
  return (
    <Field
      label={label}
      type="number"
      inputMode="decimal"
      value={text}
      min={min}
      max={max}
      step={step ?? "any"}
      onChange={(event) => {
        setText(event.target.value);
        const number = Number(event.target.value);
        if (event.target.value !== "" && Number.isFinite(number)) {
          last.current = number;
          onChange(number);
        }
      }}
      onBlur={() => setText(String(value))}
    />
  );
}
