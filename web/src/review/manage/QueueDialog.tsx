import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import {
  addQueue,
  changeQueue,
  fillQueue,
  type NewQueue,
  type Queue,
  type QueueRule,
  rubricsQuery,
} from "@/api/queues";
import { reviewersQuery } from "@/api/reviews";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Choice, Field, FormError } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import { useFocusKept } from "@/ui/use-focus-kept";
import { ViewChoice } from "@/views/ViewChoice";
import { NEW_QUEUE, NEW_VERSION_SESSIONS, newRule, queueFault, RULE_NAMES } from "./queue-words";
import { NumberField } from "./RubricForm";

/** Makes a queue or changes one. */
export function QueueDialog({
  workspace,
  queue,
  onClose,
}: {
  workspace: string;
  queue?: Queue;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<NewQueue>(queue ? asNew(queue) : NEW_QUEUE);
  const [tried, setTried] = useState(false);
  const rubrics = useQuery(rubricsQuery(workspace)).data?.items.filter(({ retired }) => !retired) ?? [];
  const people = useQuery(reviewersQuery(workspace)).data?.items ?? [];
  const fault = queueFault(draft);
  const set = (change: Partial<NewQueue>) => setDraft((before) => ({ ...before, ...change }));

  const save = useMutation({
    mutationFn: async () => {
      const saved = queue
        ? await changeQueue(workspace, queue.id, queue.revision, draft)
        : await addQueue(workspace, draft);
      // A new rule is run at once: nobody waits for the next time.
      if (draft.rules.length > 0) {
        await fillQueue(workspace, saved.id);
      }
      return saved;
    },
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.queues(workspace) });
      onClose();
      navigate({ to: "/w/$workspace/review/queues/$queue", params: { workspace, queue: id } });
    },
  });

  return (
    <Dialog title={queue ? visibleLine(queue.name, 80) : "New queue"} wide onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (fault === undefined) {
            save.mutate();
          }
        }}
      >
        <Field
          label="Name"
          value={draft.name}
          maxLength={120}
          onChange={(event) => set({ name: event.target.value })}
        />
        <div className="manage-pair">
          {!queue && (
            <>
              <Choice
                label="Judged by"
                value={draft.rubric ?? ""}
                options={[
                  { value: "", name: "a verdict: good or wrong" },
                  ...rubrics.map(({ id, name }) => ({ value: id, name: visibleLine(name, 80) })),
                ]}
                onChange={(rubric) =>
                  set({
                    rubric: rubric === "" ? null : rubric,
                    scope: rubrics.find(({ id }) => id === rubric)?.scope ?? draft.scope,
                  })
                }
              />
              <Choice
                label="An item is"
                value={draft.scope}
                options={[
                  { value: "session", name: "a session" },
                  { value: "turn", name: "a turn" },
                ]}
                onChange={(scope) => set({ scope })}
              />
            </>
          )}
          <NumberField
            label="Reviewers for each item"
            value={draft.reviewers_per_item}
            min={1}
            max={20}
            step={1}
            onChange={(reviewers_per_item) => set({ reviewers_per_item })}
          />
          {!queue && (
            <Choice
              label="Kind"
              value={draft.kind}
              options={[
                { value: "review", name: "review" },
                { value: "calibration", name: "calibration: score alone, reveal, decide" },
              ]}
              onChange={(kind) => set({ kind, ...(kind === "calibration" && { blind: true }) })}
            />
          )}
          <NumberField
            label="Days until an item is due"
            value={draft.due_days ?? 0}
            min={0}
            step={1}
            onChange={(days) => set({ due_days: days === 0 ? null : days })}
          />
          <NumberField
            label="Minutes that an item is held for its reviewer"
            value={draft.reservation_minutes}
            min={1}
            step={1}
            onChange={(reservation_minutes) => set({ reservation_minutes })}
          />
        </div>
        <Switch on={draft.blind} onChange={(blind) => set({ blind, ...(!blind && { gold_every: null }) })}>
          Blind: nobody sees another's judgements before all have sent theirs
        </Switch>
        {draft.blind && (
          <NumberField
            label="One known answer every so many items (0: none)"
            value={draft.gold_every ?? 0}
            min={0}
            max={100}
            step={1}
            onChange={(every) => set({ gold_every: every < 2 ? null : every })}
          />
        )}
        <fieldset className="rubric-fields">
          <legend>Who may review</legend>
          <p className="field-hint">Nobody chosen: whoever may give verdicts.</p>
          <div className="people-choice">
            {people.map(({ id, name }) => (
              <Switch
                key={id}
                on={draft.reviewers.includes(id)}
                onChange={(on) =>
                  set({
                    reviewers: on ? [...draft.reviewers, id] : draft.reviewers.filter((each) => each !== id),
                  })
                }
              >
                <VisibleLine text={name} charactersMax={60} />
              </Switch>
            ))}
          </div>
        </fieldset>
        <Rules workspace={workspace} rules={draft.rules} onChange={(rules) => set({ rules })} />
        <FormError
          message={tried ? (fault ?? (save.error ? messageOf(save.error) : undefined)) : undefined}
        />
        <div className="form-actions">
          <Button look="primary" type="submit" disabled={save.isPending}>
            {save.isPending ? "Saving …" : "Save"}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

function asNew(queue: Queue): NewQueue {
  const { name, rubric, kind, scope, reviewers_per_item, blind, due_days, reservation_minutes } = queue;
  const { reviewers, rules, gold_every } = queue;
  return {
    ...{ name, rubric, kind, scope, reviewers_per_item, blind, due_days, reservation_minutes },
    ...{ reviewers: reviewers ?? [], rules: rules ?? [], gold_every },
  };
}

const SEED_BYTES = 6;

/** Drawn once, then kept: by it the same sessions are drawn again. */
const newSeed = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(SEED_BYTES)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

function Rules({
  workspace,
  rules,
  onChange,
}: {
  workspace: string;
  rules: readonly QueueRule[];
  onChange: (rules: QueueRule[]) => void;
}) {
  const change = (place: number, rule: QueueRule) =>
    onChange(rules.map((each, at) => (at === place ? rule : each)));
  const root = useRef<HTMLFieldSetElement>(null);
  useFocusKept(root);
  return (
    <fieldset ref={root} className="rubric-fields">
      <legend>Filled by</legend>
      {rules.map((rule, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no names
        <div key={place} className="queue-rule">
          <Choice
            label="Rule"
            value={rule.kind}
            options={Object.entries(RULE_NAMES).map(([value, name]) => ({
              value: value as QueueRule["kind"],
              name,
            }))}
            onChange={(kind) => change(place, newRule(kind, newSeed()))}
          />
          {rule.kind === "new_skill_version" && (
            <>
              <NumberField
                label="Sessions"
                value={rule.sessions ?? NEW_VERSION_SESSIONS}
                min={1}
                step={1}
                onChange={(sessions) => change(place, { ...rule, sessions })}
              />
              <Field
                label="Skill"
                placeholder="any"
                value={rule.skill ?? ""}
                onChange={(event) => change(place, { ...rule, skill: event.target.value || null })}
              />
            </>
          )}
          {rule.kind === "random" && (
            <>
              <NumberField
                label="Percent, per project and week"
                value={rule.percent}
                min={0.1}
                max={100}
                onChange={(percent) => change(place, { ...rule, percent })}
              />
              <Field
                label="Seed"
                value={rule.seed}
                onChange={(event) => change(place, { ...rule, seed: event.target.value })}
              />
            </>
          )}
          {(rule.kind === "errors" || rule.kind === "not_accepted") && (
            <Field
              label="Only those that this filter finds"
              placeholder="any"
              value={rule.filter ?? ""}
              onChange={(event) => change(place, { ...rule, filter: event.target.value || null })}
            />
          )}
          {rule.kind === "view" && (
            <>
              <ViewChoice
                workspace={workspace}
                filter={rule.filter}
                onFilter={(filter) => change(place, { ...rule, filter })}
              />
              <Field
                label="Filter"
                placeholder="skill:weekly-report verdict:none"
                value={rule.filter}
                onChange={(event) => change(place, { ...rule, filter: event.target.value })}
              />
            </>
          )}
          <Button
            look="quiet"
            aria-label={`Remove rule ${place + 1}`}
            onClick={() => onChange(rules.toSpliced(place, 1))}
          >
            ✕
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...rules, newRule("random", newSeed())])}>Add a rule</Button>
    </fieldset>
  );
}
