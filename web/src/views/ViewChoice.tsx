import { visibleLine } from "@/replay/text/visible";
import { Choice } from "@/ui/Field";
import { filterOf } from "./shown";
import { useViews } from "./use-views";

/** Takes the filter of a saved view; which one it is from shows as long as the filter is that of the view. */
export function ViewChoice({
  workspace,
  filter,
  onFilter,
}: {
  workspace: string;
  filter: string;
  onFilter: (filter: string) => void;
}) {
  const views = useViews(workspace).data?.items ?? [];
  const chosen = views.find((view) => filterOf(view) === filter.trim());
  return (
    <Choice
      label="Saved view"
      value={chosen?.id ?? ""}
      options={[
        { value: "", name: "none" },
        ...views
          .filter((view) => filterOf(view) !== "")
          .map((view) => ({ value: view.id, name: visibleLine(view.name, 60) })),
      ]}
      onChange={(id) => {
        const view = views.find((each) => each.id === id);
        onFilter(view ? filterOf(view) : "");
      }}
    />
  );
}
