import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { mayDo } from "@/api/self";
import type { WorkspaceGrant } from "@/api/types";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { settingsTabs } from "@/settings/tabs";

/** Where the line fades at its end, CSS pixels: as its style says. */
const FADE = 20;
const REVIEW_PAGES = /^\/w\/[^/]+\/(queue|review)(\/|$)/;

/** The pages of a workspace, and the key that leads back to its sessions. */
export function WorkspaceNav({ grant }: { grant: WorkspaceGrant }) {
  const params = { workspace: grant.name };
  const navigate = useNavigate();
  useShortcuts({
    "go.sessions": () => void navigate({ to: "/w/$workspace/sessions", params }),
    "go.queue": mayDo(grant, "reviews.write")
      ? () => void navigate({ to: "/w/$workspace/queue", params })
      : undefined,
    "go.search": () => void navigate({ to: "/w/$workspace/search", params }),
  });

  // Where the window is narrow the line is moved sideways: to the page that is shown.
  const nav = useRef<HTMLElement>(null);
  const page = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  useEffect(() => {
    const active = nav.current?.querySelector("[data-status='active']");
    if (page !== undefined && nav.current && active) {
      // By hand: `scrollIntoView` would also move where Tab goes on from.
      const line = nav.current.getBoundingClientRect();
      const link = active.getBoundingClientRect();
      if (link.left < line.left) {
        nav.current.scrollLeft -= line.left - link.left;
      } else if (link.right > line.right - FADE) {
        nav.current.scrollLeft += link.right - line.right + FADE;
      }
    }
  }, [page]);

  return (
    <nav className="top-bar-nav" aria-label="Workspace" ref={nav}>
      <Link to="/w/$workspace/sessions" params={params}>
        Sessions
      </Link>
      <Link to="/w/$workspace/search" params={params}>
        Search
      </Link>
      <Link
        to={mayDo(grant, "reviews.write") ? "/w/$workspace/queue" : "/w/$workspace/review/rubrics"}
        params={params}
        // Its pages have no common beginning.
        data-status={page !== undefined && REVIEW_PAGES.test(page) ? "active" : undefined}
      >
        Review
      </Link>
      <Link to="/w/$workspace/skills" params={params}>
        Skills
      </Link>
      <Link to="/w/$workspace/mcp-servers" params={params}>
        MCP servers
      </Link>
      {mayDo(grant, "capture.read") && (
        <Link to="/w/$workspace/coverage" params={params}>
          Coverage
        </Link>
      )}
      {mayDo(grant, "sessions.export") && (
        <Link to="/w/$workspace/report" params={params}>
          Report
        </Link>
      )}
      {settingsTabs(grant).length > 0 && (
        <Link to="/w/$workspace/settings" params={params}>
          Settings
        </Link>
      )}
    </nav>
  );
}
