import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { TopBar } from "./TopBar";

/** What surrounds every page of someone who is signed in. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const page = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const shownBefore = useRef<string>(undefined);

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
      <TopBar />
      <main id="content" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

function pageOf(path: string): string {
  return path.split("/").slice(0, 5).join("/");
}
