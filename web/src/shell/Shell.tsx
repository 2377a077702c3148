import { Outlet, useParams, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { KeyboardHelp } from "@/keyboard/KeyboardHelp";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { Palette } from "@/palette/Palette";
import { Progress } from "@/ui/Progress";
import { TopBar } from "./TopBar";

/** What surrounds every page of someone who is signed in. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const page = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const isOnTheWay = useRouterState({ select: (state) => state.isLoading });
  const shownBefore = useRef<string>(undefined);

  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const { workspace } = useParams({ strict: false });
  useShortcuts({
    help: () => setIsHelpOpen(true),
    palette: workspace === undefined ? undefined : () => setIsPaletteOpen(true),
  });

  // A new page starts with its content for keyboard and screen reader. Places within one session are one page.
  useEffect(() => {
    const name = page && pageOf(page);
    if (shownBefore.current !== undefined && name !== undefined && shownBefore.current !== name) {
      main.current?.focus({ preventScroll: true });
    }
    shownBefore.current = name ?? shownBefore.current;
  }, [page]);

  return (
    <>
      <Progress />
      {isOnTheWay && <div className="on-the-way" />}
      <TopBar onHelp={() => setIsHelpOpen(true)} />
      <main id="content" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      {isPaletteOpen && workspace !== undefined && (
        <Palette workspace={workspace} onClose={() => setIsPaletteOpen(false)} />
      )}
      {isHelpOpen && <KeyboardHelp onClose={() => setIsHelpOpen(false)} />}
    </>
  );
}

function pageOf(path: string): string {
  return path.split("/").slice(0, 5).join("/");
}
