import { useNavigate, useSearch } from "@tanstack/react-router";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { Button } from "@/ui/Button";
import { KeyOf } from "./JudgeBar";

/** From the whole replay to the reader view and back. */
export function ViewButton() {
  const navigate = useNavigate();
  const { view } = useSearch({ strict: false });
  const isReader = view === "reader";
  const change = () =>
    navigate({
      to: ".",
      search: ({ view: before, ...rest }) =>
        before === "reader" ? rest : { ...rest, view: "reader" as const },
      replace: true,
      resetScroll: false,
    });
  useShortcuts({ "judge.view": change });
  return (
    <Button look="quiet" onClick={change}>
      {isReader ? "Full replay" : "Reader view"} <KeyOf command="judge.view" />
    </Button>
  );
}
