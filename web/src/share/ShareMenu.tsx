import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import { EXPORTS, exportPath } from "@/api/sharing";
import type { SessionHead, TurnRow } from "@/api/types";
import { useReplay } from "@/replay/replay-context";
import { Menu, type MenuSection } from "@/ui/Menu";
import { RangeDialog } from "./RangeDialog";
import { ShareDialog } from "./ShareDialog";
import { save } from "./save";

/** Everything by which a session leaves this screen: links to turns, files, links for people without a sign-in. */
export function ShareMenu({ head, turns }: { head: SessionHead; turns: readonly TurnRow[] }) {
  const { workspace } = useReplay();
  const { data: self } = useSuspenseQuery(selfQuery);
  const grant = grantOf(self, workspace);
  const [open, setOpen] = useState<"share" | "range">();
  const links: MenuSection = {
    name: "Link",
    items: [{ label: "Copy link to turns…", onSelect: () => setOpen("range") }],
  };
  if (mayDo(grant, "shares.write")) {
    links.items.push({ label: "Share link…", onSelect: () => setOpen("share") });
  }
  const sections = [links];
  if (mayDo(grant, "sessions.export")) {
    sections.push({
      name: "Export",
      items: EXPORTS.map((what) => ({
        label: what.name,
        onSelect: () => save(exportPath(workspace, { session: head.id }, what)),
      })),
    });
  }
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu label="Share and export" sections={sections}>
        Share
      </Menu>
      {open === "range" && <RangeDialog session={head.id} turns={turns} onClose={close} />}
      {open === "share" && <ShareDialog session={head.id} turns={turns} onClose={close} />}
    </>
  );
}
