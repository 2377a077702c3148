import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useRef, useState } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { type Mention, markMentionsRead, mentionsQuery } from "@/api/reviews";
import { plural } from "@/format/count";
import { VisibleLine } from "@/replay/text/Visible";
import { Time } from "@/ui/Time";
import { useBeside } from "@/ui/use-beside";
import { usePressOutside } from "@/ui/use-press-outside";
import "./mentions.css";

/** Where the reader was named in comments: how many are new, the list, and the way there. */
export function MentionsMenu({ workspace }: { workspace: string }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const mentions = useQuery(mentionsQuery(workspace));
  const items = mentions.data?.items ?? [];
  const fresh = mentions.data?.unread ?? 0;
  const markRead = useMutation({
    mutationFn: () => markMentionsRead(workspace),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.mentions(workspace) }),
  });
  const list = useRef<HTMLElement>(null);
  usePressOutside(root, open, () => setOpen(false));
  useBeside(button, list, open);

  function go({ session, turn }: Mention) {
    setOpen(false);
    if (turn === null) {
      navigate({ to: "/w/$workspace/sessions/$session", params: { workspace, session } });
    } else {
      navigate({
        to: "/w/$workspace/sessions/$session/turns/$turn",
        params: { workspace, session, turn },
      });
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open in it
    <div
      ref={root}
      className="menu"
      onKeyDown={(event) => {
        if (event.key === "Escape" && open) {
          event.preventDefault();
          setOpen(false);
          button.current?.focus();
        }
      }}
    >
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={fresh === 0 ? "Mentions" : `Mentions, ${fresh} new`}
        title="Mentions of you"
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true" className={fresh > 0 ? "mentions-sign mentions-new" : "mentions-sign"}>
          @{fresh > 0 && <span className="mentions-count">{fresh > 99 ? "99+" : fresh}</span>}
        </span>
      </button>
      {open && (
        <section ref={list} id={id} className="menu-list mentions-list" aria-label="Mentions of you">
          {mentions.isError ? (
            <p className="mentions-none" role="alert">
              Not fetched. {messageOf(mentions.error)}
            </p>
          ) : items.length === 0 ? (
            <p className="mentions-none">Nobody mentioned you yet. Comments name people with @.</p>
          ) : (
            <>
              <header className="mentions-head">
                <span>{fresh === 0 ? "All read" : plural(fresh, "new mention")}</span>
                {fresh > 0 && (
                  <button type="button" disabled={markRead.isPending} onClick={() => markRead.mutate()}>
                    Mark all read
                  </button>
                )}
              </header>
              <ul>
                {items.map((mention) => (
                  <li key={mention.comment}>
                    <button
                      type="button"
                      className={mention.read_at !== null ? "mention" : "mention mention-new"}
                      onClick={() => go(mention)}
                    >
                      <span className="mention-by">
                        <VisibleLine text={mention.by.name} charactersMax={60} /> <Time at={mention.at} />
                      </span>
                      <VisibleLine text={mention.text} charactersMax={160} />
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      )}
    </div>
  );
}
