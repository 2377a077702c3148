import { type ReactNode, useEffect, useRef } from "react";
import { messageOf } from "@/api/error";
import type { RubricDefinition, RubricItem } from "@/api/queues";
import type { ScoreAnswer } from "@/api/reviews";
import type { TurnRow } from "@/api/types";
import { Keys } from "@/keyboard/Keys";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/Skeleton";
import { Arithmetic } from "./Arithmetic";
import { KeyOf } from "./JudgeBar";
import type { Judging } from "./judging-context";
import { itemsOf, lacksEvidence, stepsOf } from "./scorecard";
import { Text } from "./Text";
import type { OpenScorecard } from "./use-scorecard";
import "./review-tab.css";
import "./score-panel.css";

/** The scorecard that is open: its form, and sending it. */
export function ScorePanel({ scorecard, judging }: { scorecard: OpenScorecard; judging: Judging }) {
  const { rubric, error, comment, open, refusal } = scorecard;
  const { target, queue, send, turns, turnRead, showTurn } = judging;
  if (!rubric) {
    return (
      <section className="score-panel" aria-label="Scorecard">
        {error ? (
          <p role="alert">The rubric could not be fetched. {messageOf(error)}</p>
        ) : (
          <Skeleton width="60%" />
        )}
      </section>
    );
  }
  const of = rubric.scope === "session" || !target ? "the session" : `turn ${target.index + 1}`;
  return (
    <section className="score-panel" aria-label="Scorecard">
      {!queue?.queue.rubric && (
        <Button
          look="quiet"
          className="score-close"
          onClick={scorecard.close}
          aria-label="Close the scorecard"
        >
          ✕
        </Button>
      )}
      <ScoreForm
        rubric={rubric}
        version={`version ${rubric.version}, of ${of}`}
        scorecard={scorecard}
        turns={turns}
        turnRead={turnRead}
        showTurn={showTurn}
        comment={
          <label className="score-comment">
            <span className="quiet">Comment on the whole</span>
            <textarea
              rows={2}
              value={comment}
              onChange={(event) => scorecard.setComment(event.target.value)}
            />
          </label>
        }
        foot={
          <>
            <p role="alert" className="form-error">
              {refusal}
            </p>
            <div className="score-send">
              <Button look="primary" onClick={send}>
                {queue ? "Send and next" : "Send"} <KeyOf command="judge.send" />
              </Button>
              <span className="quiet">{open}</span>
            </div>
          </>
        }
      />
    </section>
  );
}

/** What of a scorecard its form needs. */
type FormCard = Pick<
  OpenScorecard,
  "card" | "computed" | "unfolded" | "answer" | "evidence" | "note" | "goTo" | "unfold"
>;

type FormTurn = Pick<TurnRow, "id" | "index">;

interface ScoreFormProps<Turn extends FormTurn> {
  rubric: RubricDefinition;
  version: string | undefined;
  scorecard: FormCard;
  turns: readonly Turn[];
  turnRead: FormTurn | undefined;
  showTurn: (turn: Turn) => void;
  comment?: ReactNode;
  foot?: ReactNode;
}

/** A rubric's form: one item after the other, and what it comes to so far. */
export function ScoreForm<Turn extends FormTurn>({
  rubric,
  version,
  comment,
  foot,
  ...form
}: ScoreFormProps<Turn>) {
  const items = itemsOf(rubric);
  const { card, computed } = form.scorecard;
  return (
    <>
      <header className="score-head">
        <h2>
          <VisibleLine text={rubric.name} charactersMax={80} />
        </h2>
        {version !== undefined && <p className="quiet">{version}</p>}
      </header>
      {rubric.sections.map((section) => (
        <section key={section.id} className="score-section">
          <h3>
            <VisibleLine text={section.title} charactersMax={80} />
          </h3>
          {section.items.map((item) => (
            <Item
              key={item.id}
              item={item}
              place={items.indexOf(item)}
              isAt={items[card.at] === item}
              {...form}
            />
          ))}
        </section>
      ))}
      {comment}
      <footer className="score-foot">
        {computed ? (
          <Arithmetic
            computed={computed}
            titleOf={(id) => items.find((item) => item.id === id)?.title ?? id}
            isWhole={items.every(({ id }) => card.answers.has(id))}
          />
        ) : (
          <p className="quiet">Nothing answered yet. To pass: {rubric.pass_percent} %.</p>
        )}
        {foot}
      </footer>
    </>
  );
}

function Item<Turn extends FormTurn>({
  item,
  place,
  isAt,
  scorecard,
  turns,
  turnRead,
  showTurn,
}: {
  item: RubricItem;
  place: number;
  isAt: boolean;
} & Pick<ScoreFormProps<Turn>, "scorecard" | "turns" | "turnRead" | "showTurn">) {
  const { card, unfolded, evidence, note, goTo } = scorecard;
  const filled = card.answers.get(item.id);
  const missing = lacksEvidence(item, filled);
  const root = useRef<HTMLElement>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const isNoteOpen = isAt && unfolded.note && filled !== undefined;
  const evidenceTurn = turns.find(({ id }) => id === filled?.evidence);

  // A form begins at its beginning: nothing is to be scrolled for that.
  const isBeginning = useRef(place === 0);
  useEffect(() => {
    if (isAt && !isBeginning.current) {
      root.current?.scrollIntoView({ block: "nearest" });
    }
    isBeginning.current = false;
  }, [isAt]);
  useEffect(() => {
    if (isNoteOpen) {
      noteField.current?.focus();
    }
  }, [isNoteOpen]);

  return (
    <section
      ref={root}
      className={isAt ? "score-item score-item-at" : "score-item"}
      aria-label={visibleLine(item.title || "Item", 120)}
      aria-current={isAt ? "step" : undefined}
    >
      <button type="button" className="score-item-title" onClick={() => goTo(place)}>
        <VisibleLine text={item.title || "An item without words yet"} charactersMax={300} />
        {item.auto_fail && <span className="score-auto"> fails the whole</span>}
      </button>
      <div className="score-values">
        {item.kind === "yes_no" ? (
          <>
            <Value value={true} item={item} place={place} scorecard={scorecard} words="Yes" keys="y" />
            <Value value={false} item={item} place={place} scorecard={scorecard} words="No" keys="n" />
          </>
        ) : (
          item.scale &&
          stepsOf(item.scale).map((step) => (
            <Value
              key={step}
              value={step}
              item={item}
              place={place}
              scorecard={scorecard}
              words={String(step)}
              title={item.scale?.labels[step - item.scale.min]}
            />
          ))
        )}
        {item.allow_na && (
          <Value value="na" item={item} place={place} scorecard={scorecard} words="N/A" keys="x" />
        )}
      </div>
      {item.scale && item.scale.labels.length > 0 && (
        <p className="score-labels quiet">
          {stepsOf(item.scale).map((step, at) => {
            const label = item.scale?.labels[at];
            return (
              label && (
                <span key={step}>
                  {step} <VisibleLine text={label} charactersMax={60} />
                </span>
              )
            );
          })}
        </p>
      )}
      {missing && (
        <p className="score-missing">
          Which turn shows it?{" "}
          <button type="button" onClick={() => evidence(place, turnRead?.id)}>
            {isAt && <KeyOf command="score.evidence" />} Turn {(turnRead?.index ?? 0) + 1}
          </button>
        </p>
      )}
      {!missing && evidenceTurn && filled && item.evidence_required && (
        <p className="score-shown quiet">
          Shown by{" "}
          <button type="button" onClick={() => showTurn(evidenceTurn)}>
            turn {evidenceTurn.index + 1}
          </button>
        </p>
      )}
      {(isNoteOpen || (filled && filled.note !== "")) && (
        <textarea
          ref={noteField}
          aria-label="Note"
          rows={2}
          value={filled?.note ?? ""}
          onChange={(event) => note(item.id, event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              event.preventDefault();
              event.currentTarget.blur();
            }
          }}
        />
      )}
      <Guidance
        item={item}
        isOpen={isAt && unfolded.guidance}
        onToggle={() => scorecard.unfold("guidance")}
      />
      {isAt && (
        <p className="score-keys quiet" aria-hidden="true">
          {filled && (
            <span>
              <KeyOf command="score.note" /> note
            </span>
          )}
          <span>
            <KeyOf command="score.back" /> before
          </span>
          <span>
            <KeyOf command="score.on" /> after
          </span>
        </p>
      )}
    </section>
  );
}

function Value({
  value,
  item,
  place,
  scorecard,
  words,
  keys,
  title,
}: {
  value: ScoreAnswer["value"];
  item: RubricItem;
  place: number;
  scorecard: FormCard;
  words: string;
  keys?: string;
  title?: string | undefined;
}) {
  const chosen = scorecard.card.answers.get(item.id)?.value === value;
  return (
    <button
      type="button"
      className="score-value"
      aria-pressed={chosen}
      title={title === undefined ? undefined : visibleLine(title, 80)}
      onClick={() => scorecard.answer(place, value)}
    >
      {keys && <Keys keys={[keys]} />}
      {words}
    </button>
  );
}

function Guidance({ item, isOpen, onToggle }: { item: RubricItem; isOpen: boolean; onToggle: () => void }) {
  const { guidance, pass_example, fail_example } = item;
  if (!guidance && !pass_example && !fail_example) {
    return null;
  }
  return (
    <div className="score-guidance">
      <button type="button" className="score-guidance-head" aria-expanded={isOpen} onClick={onToggle}>
        {isOpen ? "Fold the guidance" : "Guidance"} <KeyOf command="score.guidance" />
      </button>
      {isOpen && (
        <>
          {guidance && <Text text={guidance} />}
          {pass_example && (
            <div className="score-example score-example-pass">
              <p>Passes</p>
              <Text text={pass_example} />
            </div>
          )}
          {fail_example && (
            <div className="score-example score-example-fail">
              <p>Fails</p>
              <Text text={fail_example} />
            </div>
          )}
        </>
      )}
    </div>
  );
}
