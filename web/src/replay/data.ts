/** What the replay fetches, as queries. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { isApiError } from "@/api/error";
import { queryKeys } from "@/api/keys";
import {
  findInSession,
  getContent,
  getConversation,
  getSession,
  getStep,
  listErrors,
  listStepKinds,
  listSteps,
  listTurns,
} from "@/api/sessions";
import type { ContentField, TurnRow } from "@/api/types";
import { HITS_AT_ONCE } from "./find/found";
import type { Where } from "./find-step";
import { PAGE_STEPS } from "./layout/pages";
import { StepKinds } from "./layout/step-kinds";
import { markedHead, markedPiece, markedRow, markedTurn } from "./marked-documents";

/** Longer texts come cut; what is shown of them folded is far less. */
const TEXT_BYTES_MAX = 8_192;
const TURNS_AT_ONCE = 2_000;
/** What one press on "more" fetches. */
export const PIECE_BYTES = 65_536;
const TAIL_BYTES = 2_048;

/** Captured texts leave memory soon after they left the screen. */
const PAYLOAD_GC_MS = 30_000;

export const headQuery = (workspace: string, session: string) =>
  queryOptions({
    queryKey: queryKeys.sessionHead(workspace, session),
    queryFn: async ({ signal }) => markedHead(await getSession(workspace, session, signal)),
  });

export const turnsQuery = (workspace: string, session: string) =>
  queryOptions({
    queryKey: queryKeys.turns(workspace, session),
    queryFn: async ({ signal }) => {
      const turns: TurnRow[] = [];
      for (;;) {
        const slice = await listTurns(
          workspace,
          session,
          { offset: turns.length, limit: TURNS_AT_ONCE },
          signal,
        );
        turns.push(...slice.items.map(markedTurn));
        if (slice.items.length === 0 || turns.length >= slice.total) {
          return turns;
        }
      }
    },
  });

export const stepsQuery = (workspace: string, session: string, agent: string | undefined, offset: number) =>
  queryOptions({
    queryKey: queryKeys.steps(workspace, session, agent, offset),
    queryFn: async ({ signal }) => {
      const slice = await listSteps(
        workspace,
        session,
        { offset, limit: PAGE_STEPS, text_bytes_max: TEXT_BYTES_MAX, ...(agent !== undefined && { agent }) },
        signal,
      );
      return { ...slice, items: slice.items.map(markedRow) };
    },
    gcTime: PAYLOAD_GC_MS,
  });

/** One step by its id or an alias, texts whole; null when the session has no such step. */
export const stepQuery = (workspace: string, session: string, step: string) =>
  queryOptions({
    queryKey: queryKeys.step(workspace, session, step),
    queryFn: async ({ signal }) => {
      try {
        return markedRow(await getStep(workspace, session, step, signal));
      } catch (error) {
        if (isApiError(error, "not_found")) {
          return null;
        }
        throw error;
      }
    },
    gcTime: PAYLOAD_GC_MS,
  });

/** Where something stands in a session, with the words of some of the hits. */
export const findQuery = (workspace: string, session: string, words: string, offset: number) =>
  queryOptions({
    queryKey: queryKeys.find(workspace, session, words, offset),
    queryFn: ({ signal }) =>
      findInSession(workspace, session, { q: words, offset, limit: HITS_AT_ONCE }, signal),
    gcTime: PAYLOAD_GC_MS,
  });

/** The id of the last of so many steps; null where there is none. */
export const lastStepQuery = (workspace: string, session: string, steps: number) =>
  queryOptions({
    queryKey: [...queryKeys.session(workspace, session), "last", steps] as const,
    queryFn: async ({ signal }) => {
      const range = { offset: Math.max(0, steps - 1), limit: 1, text_bytes_max: 0 };
      return (await listSteps(workspace, session, range, signal)).items[0]?.step.id ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What every step is, for folding and for marks. */
export const kindsQuery = ({ workspace, session, agent }: Where) =>
  queryOptions({
    queryKey: queryKeys.stepKinds(workspace, session, agent),
    queryFn: async ({ signal }) => new StepKinds(await listStepKinds(workspace, session, agent, signal)),
    structuralSharing: false,
  });

/** The places of the steps that went wrong. */
export const errorsQuery = (workspace: string, session: string) =>
  queryOptions({
    queryKey: queryKeys.errors(workspace, session),
    queryFn: ({ signal }) => listErrors(workspace, session, signal),
  });

export const conversationQuery = (workspace: string, session: string) =>
  queryOptions({
    queryKey: queryKeys.conversation(workspace, session),
    queryFn: ({ signal }) => getConversation(workspace, session, signal),
  });

/** The beginning of a payload that does not come with its step. */
export const beginningQuery = (workspace: string, session: string, step: string, field: ContentField) =>
  queryOptions({
    queryKey: [...queryKeys.step(workspace, session, step), "beginning", field],
    queryFn: async ({ signal }) =>
      markedPiece(
        await getContent(workspace, session, step, { field, offset: 0, length: TEXT_BYTES_MAX }, signal),
      ),
    gcTime: PAYLOAD_GC_MS,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What follows a text that came cut, piece by piece. */
export const restQuery = (
  workspace: string,
  session: string,
  step: string,
  field: ContentField,
  fromBytes: number,
) =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.step(workspace, session, step), "content", field, fromBytes],
    queryFn: async ({ pageParam, signal }) =>
      markedPiece(
        await getContent(workspace, session, step, { field, offset: pageParam, length: PIECE_BYTES }, signal),
      ),
    initialPageParam: fromBytes,
    getNextPageParam: (piece) => piece.next_offset,
    gcTime: PAYLOAD_GC_MS,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The end of a text that came cut. */
export const tailQuery = (
  workspace: string,
  session: string,
  step: string,
  field: ContentField,
  bytesTotal: number,
) =>
  queryOptions({
    queryKey: [...queryKeys.step(workspace, session, step), "tail", field, bytesTotal],
    queryFn: async ({ signal }) =>
      markedPiece(
        await getContent(
          workspace,
          session,
          step,
          { field, offset: Math.max(0, bytesTotal - TAIL_BYTES), length: TAIL_BYTES },
          signal,
        ),
      ),
    gcTime: PAYLOAD_GC_MS,
    staleTime: Number.POSITIVE_INFINITY,
  });
