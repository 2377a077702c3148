import type { Folded } from "@/api/types";
import { plural } from "@/format/count";
import { Switch } from "@/ui/Switch";
import { foldWords, parseFold } from "./fold";

/** The switch that leaves out what nobody sat before, and how much that is. */
export function FoldedRow({
  fold,
  folded,
  onFold,
}: {
  fold: string;
  /** Of the list that is shown; undefined until it is there. */
  folded: Folded | undefined;
  onFold: (on: boolean) => void;
}) {
  const isOn = fold !== "";
  return (
    <div className="folded-row">
      <Switch on={isOn} onChange={onFold}>
        Fold automated and single-turn sessions
      </Switch>
      <p role="status">{isOn && folded ? <FoldedWords fold={fold} folded={folded} /> : ""}</p>
    </div>
  );
}

function FoldedWords({ fold, folded }: { fold: string; folded: Folded }) {
  const { sessions, more } = folded;
  if (sessions === 0) {
    return <>None is left out</>;
  }
  const words = foldWords(parseFold(fold));
  const count = plural(sessions, "session").split(" ");
  return (
    <>
      {more && "More than "}
      {count[0]} {words} {count[1]} folded
    </>
  );
}
