import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { View } from "@/api/types";
import { visibleLine } from "@/replay/text/visible";
import { Menu, type MenuSection } from "@/ui/Menu";
import { DeleteView } from "./DeleteView";
import { SaveView } from "./SaveView";
import { isSame, type Shown, searchOf, shownBy } from "./shown";
import { useViewChanges } from "./use-views";
import "./ViewBar.css";

const NAME_SHOWN = 60;

/** The saved views, as a line of links, and what can be done with the one that is shown. */
export function ViewBar({
  workspace,
  views,
  chosen,
  shown,
  mayShare,
  onSaved,
}: {
  workspace: string;
  views: readonly View[];
  /** The view that the address names. */
  chosen: View | undefined;
  shown: Shown;
  mayShare: boolean;
  onSaved: (view: View) => void;
}) {
  const [open, setOpen] = useState<"save" | "rename" | "delete">();
  const { change } = useViewChanges(workspace);
  const isChanged = chosen !== undefined && !isSame(shown, shownBy(chosen));
  const isAll = chosen === undefined && isSame(shown, { filter: "", sort: "started", fold: "" });
  const close = () => setOpen(undefined);

  function put(view: View, changed: Partial<Pick<View, "shared" | "name">> & Partial<Shown>) {
    const { name, shared, filter, sort, fold } = { ...view, ...shownBy(view), ...changed };
    const body = { name, shared, filter, sort, fold: fold === "" ? [] : fold.split(",") };
    change.mutate({ view, body }, { onSuccess: onSaved });
  }

  return (
    <div className="view-bar">
      <nav className="view-links" aria-label="Views">
        <Link
          to="/w/$workspace/sessions"
          params={{ workspace }}
          search={{}}
          className="view-link"
          activeProps={{}}
          aria-current={isAll ? "true" : undefined}
        >
          All
        </Link>
        {views.map((view) => (
          <Link
            key={view.id}
            to="/w/$workspace/sessions"
            params={{ workspace }}
            search={searchOf(view)}
            className="view-link"
            activeProps={{}}
            aria-current={view.id === chosen?.id ? "true" : undefined}
            title={visibleLine(view.filter) || "No filter"}
          >
            <bdi>{visibleLine(view.name, NAME_SHOWN)}</bdi>
            {view.id === chosen?.id && isChanged && <span className="view-note">changed</span>}
            {!view.preset && !view.mine && <span className="visually-hidden"> (shared)</span>}
          </Link>
        ))}
      </nav>
      <Menu
        label="Save and change views"
        sections={sectionsOf({ chosen, isChanged, mayShare, shown, setOpen, put })}
      >
        Views
      </Menu>
      {change.isError && (
        <p role="alert" className="view-error">
          The view was not changed: {change.error.message}
        </p>
      )}
      {open === "save" && (
        <SaveView
          workspace={workspace}
          shown={shown}
          mayShare={mayShare}
          onClose={close}
          onSaved={(view) => {
            close();
            onSaved(view);
          }}
        />
      )}
      {open === "rename" && chosen && (
        <SaveView
          workspace={workspace}
          view={chosen}
          shown={shownBy(chosen)}
          mayShare={mayShare}
          onClose={close}
          onSaved={close}
        />
      )}
      {open === "delete" && chosen && <DeleteView workspace={workspace} view={chosen} onClose={close} />}
    </div>
  );
}

function sectionsOf({
  chosen,
  isChanged,
  mayShare,
  shown,
  setOpen,
  put,
}: {
  chosen: View | undefined;
  isChanged: boolean;
  mayShare: boolean;
  shown: Shown;
  setOpen: (open: "save" | "rename" | "delete") => void;
  put: (view: View, changed: Partial<Pick<View, "shared">> & Partial<Shown>) => void;
}): MenuSection[] {
  const save = { label: "Save as a new view …", onSelect: () => setOpen("save") };
  if (!chosen?.may_change) {
    return [{ items: [save] }];
  }
  const items = [
    ...(isChanged ? [{ label: "Save the change", onSelect: () => put(chosen, shown) }] : []),
    { label: "Rename …", onSelect: () => setOpen("rename") },
    ...(mayShare
      ? [
          {
            label: chosen.shared ? "Keep for its maker only" : "Share with everybody",
            onSelect: () => put(chosen, { shared: !chosen.shared }),
          },
        ]
      : []),
    { label: "Delete …", onSelect: () => setOpen("delete") },
  ];
  return [{ items: [save] }, { name: visibleLine(chosen.name, NAME_SHOWN), items }];
}
