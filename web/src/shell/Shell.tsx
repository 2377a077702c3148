import { Outlet, useParams, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { KeyboardHelp } from "@/keyboard/KeyboardHelp";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { Progress } from "@/ui/Progress";
import { TopBar } from "./TopBar";

const Palette = lazy(async () => ({ default: (await import("@/palette/Palette")).Palette }));

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
        <Suspense fallback={null}>
          <Palette workspace={workspace} onClose={() => setIsPaletteOpen(false)} />
        </Suspense>
      )}
      {isHelpOpen && <KeyboardHelp onClose={() => setIsHelpOpen(false)} />}
    </>
  );
}

function pageOf(path: string): string {
  return path.split("/").slice(0, 5).join("/");
}
