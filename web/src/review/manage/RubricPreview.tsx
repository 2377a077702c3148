import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/api/error";
import { computeScore, type RubricDefinition } from "@/api/queues";
import { ScoreForm } from "../ScorePanel";
import {
  answered,
  answersOf,
  EMPTY_SCORECARD,
  itemsOf,
  openWords,
  withEvidence,
  withNote,
} from "../scorecard";
import { tidied } from "./rubric-edit";

const TURN = { id: "preview", index: 0 };

/** The rubric as a reviewer has it, to be tried; the arithmetic is the server's. */
export function RubricPreview({ workspace, rubric }: { workspace: string; rubric: RubricDefinition }) {
  const [card, setCard] = useState(EMPTY_SCORECARD);
  const [unfolded, setUnfolded] = useState({ guidance: false, note: false });
  const items = itemsOf(rubric);
  const answers = answersOf(card, items);
  const computed = useQuery({
    queryKey: ["workspace", workspace, "rubric-preview", rubric, answers],
    queryFn: ({ signal }) => computeScore(workspace, tidied(rubric), answers, signal),
    enabled: answers.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  return (
    <aside className="rubric-preview" aria-label="Preview">
      <p className="quiet">As a reviewer sees it. Try it: nothing is stored.</p>
      {items.length > 0 && (
        <ScoreForm
          rubric={rubric}
          version={undefined}
          scorecard={{
            card,
            computed: answers.length > 0 && !computed.isError ? computed.data : undefined,
            unfolded,
            answer: (place, value) => setCard(answered(card, items, place, value, undefined)),
            evidence: (place, turn) => setCard(withEvidence(card, items, place, turn)),
            note: (item, text) => setCard(withNote(card, item, text)),
            goTo: (place) => {
              setUnfolded({ guidance: false, note: false });
              setCard({ ...card, at: place });
            },
            unfold: (part) => setUnfolded((before) => ({ ...before, [part]: !before[part] })),
          }}
          turns={[TURN]}
          turnRead={TURN}
          showTurn={() => undefined}
        />
      )}
      <p className="quiet">{openWords(card, items)}</p>
      {computed.isError && answers.length > 0 && (
        <p role="alert" className="form-error">
          Not computed. {messageOf(computed.error)}
        </p>
      )}
    </aside>
  );
}
