import { Link } from "@tanstack/react-router";
import type { Conversation } from "@/api/types";
import { useReplay } from "../replay-context";
import { visibleLine } from "../text/visible";
import { stripOf } from "./strip";

const TITLE_MAX = 48;

/** The way to the sessions before and after in a conversation of several. */
export function ConversationStrip({
  session,
  conversation,
}: {
  session: string;
  conversation: Conversation;
}) {
  const { workspace } = useReplay();
  const strip = stripOf(session, conversation);
  if (!strip) {
    return null;
  }
  const link = (item: Conversation["items"][number], words: (title: string) => string) => (
    <Link to="/w/$workspace/sessions/$session" params={{ workspace, session: item.id }}>
      {words(visibleLine(item.title ?? item.id.slice(0, 8), TITLE_MAX))}
    </Link>
  );
  return (
    <nav className="conversation-strip" aria-label="Conversation">
      <span>
        Session {strip.place + 1} of {strip.count} in its conversation
      </span>
      {strip.before && link(strip.before, (title) => `← ${title}`)}
      {strip.after && link(strip.after, (title) => `${title} →`)}
    </nav>
  );
}
