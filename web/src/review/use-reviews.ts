import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Reviewer, type Reviews, reviewsQuery } from "@/api/reviews";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import { NO_REVIEWS, type Standing, standingOn } from "./judgements";

/** All judgements on a session that the reader may see; none until they are fetched. */
export function useReviews(workspace: string, session: string): { reviews: Reviews; known: boolean } {
  const { data } = useQuery(reviewsQuery(workspace, session));
  return { reviews: data ?? NO_REVIEWS, known: data !== undefined };
}

/** What stands on one turn, or with null on the session. */
export function useStanding(workspace: string, session: string, turn: string | null): Standing {
  const { reviews } = useReviews(workspace, session);
  return useMemo(() => standingOn(reviews, turn), [reviews, turn]);
}

/** The reader, as their judgements name them, and what they may do. */
export function useReviewer(workspace: string): { me: Reviewer; mayWrite: boolean; mayManage: boolean } {
  const { data: self } = useSuspenseQuery(selfQuery);
  return useMemo(() => {
    const grant = grantOf(self, workspace);
    return {
      me: { kind: "account", id: self.id, name: self.name, me: true },
      mayWrite: mayDo(grant, "reviews.write"),
      mayManage: mayDo(grant, "reviews.manage"),
    };
  }, [self, workspace]);
}
