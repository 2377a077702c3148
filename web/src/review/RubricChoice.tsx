import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { messageOf } from "@/api/error";
import { rubricsQuery } from "@/api/queues";
import { VisibleLine } from "@/replay/text/Visible";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/Skeleton";
import type { Judging } from "./judging-context";
import { itemsOf } from "./scorecard";
import { useFocusBack } from "./use-focus-back";

/** Which rubric to score with. */
export function RubricChoice({ judging: { workspace, chooseRubric, leaveChoice } }: { judging: Judging }) {
  const rubrics = useQuery(rubricsQuery(workspace));
  const items = rubrics.data?.items.filter(({ retired }) => !retired);
  const list = useRef<HTMLElement>(null);
  const known = items !== undefined;
  useFocusBack();
  useEffect(() => {
    if (known) {
      list.current?.querySelector("button")?.focus();
    }
  }, [known]);
  return (
    <section
      ref={list}
      className="rubric-choice"
      aria-label="Rubric"
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          leaveChoice();
        }
      }}
    >
      <h2>Score with</h2>
      {rubrics.isError ? (
        <p role="alert">The rubrics could not be fetched. {messageOf(rubrics.error)}</p>
      ) : items === undefined ? (
        <Skeleton width="60%" />
      ) : items.length === 0 ? (
        <p className="quiet">There is no rubric yet. An owner or admin makes one under Review.</p>
      ) : (
        <ul>
          {items.map((rubric) => (
            <li key={rubric.id}>
              <button type="button" onClick={() => chooseRubric(rubric.id)}>
                <VisibleLine text={rubric.name} charactersMax={80} />
                <span className="quiet">
                  {" "}
                  {itemsOf(rubric).length} items, per {rubric.scope}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button look="quiet" onClick={leaveChoice}>
        Close
      </Button>
    </section>
  );
}
