/** The sessions that this one came out of, and those that came out of it. */
import type { Conversation, Session } from "@/api/types";

export interface Relative {
  session: string;
  title: string | null;
  kind: string;
  /** The other one is the older. */
  older: boolean;
  evidence: string;
}

export function relativesOf(session: Pick<Session, "id" | "links">, conversation: Conversation): Relative[] {
  const titles = new Map(conversation.items.map((item) => [item.id, item.title]));
  const older = session.links.flatMap((link) =>
    link.session_id === undefined
      ? []
      : [
          {
            session: link.session_id,
            title: titles.get(link.session_id) ?? null,
            kind: link.kind,
            older: true,
            evidence: link.evidence,
          },
        ],
  );
  const newer = conversation.items.flatMap((item) =>
    item.links
      .filter((link) => link.session_id === session.id && item.id !== session.id)
      .map((link) => ({
        session: item.id,
        title: item.title,
        kind: link.kind,
        older: false,
        evidence: link.evidence,
      })),
  );
  return [...older, ...newer];
}
