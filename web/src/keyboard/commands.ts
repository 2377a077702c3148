/**
 * Everything that a key can do, with the keys that do it unless a person chose others. A page binds commands with
 * `useShortcuts`; what is bound is listed by `?`, and all of them by the account's page.
 */

interface Group {
  name: string;
  /** Groups of one page share its keys; those everywhere share the keys of all. */
  page: "everywhere" | "sessions" | "search" | "session" | "reviewing";
  /** Its keys come before those of the page while it is on. */
  covers?: boolean;
}

export const GROUPS = {
  everywhere: { name: "Everywhere", page: "everywhere" },
  sessions: { name: "Sessions", page: "sessions" },
  search: { name: "Search", page: "search" },
  reading: { name: "Session", page: "session" },
  find: { name: "Find in the session", page: "session" },
  playback: { name: "Playback", page: "session", covers: true },
  judging: { name: "Judging", page: "session" },
  scoring: { name: "Scorecard", page: "session", covers: true },
} as const satisfies Record<string, Group>;

export type GroupId = keyof typeof GROUPS;

export interface Command {
  group: GroupId;
  /** "Next session". */
  does: string;
  /** Any of them does it. As in `keys.ts`. */
  keys: readonly string[];
  /** Also while a text is typed: for keys with a modifier only. */
  typing?: boolean;
}

export const COMMANDS = {
  help: { group: "everywhere", does: "This help", keys: ["?"] },
  palette: { group: "everywhere", does: "Find and do anything", keys: ["Mod+k"], typing: true },
  "go.sessions": { group: "everywhere", does: "Open the sessions", keys: ["o s"] },
  "go.search": { group: "everywhere", does: "Search all texts", keys: ["o f"] },

  "go.queue": { group: "everywhere", does: "Open my queue", keys: ["o q"] },

  "sessions.filter": { group: "sessions", does: "To the filter", keys: ["/"] },
  "sessions.next": { group: "sessions", does: "Next session", keys: ["j"] },
  "sessions.previous": { group: "sessions", does: "Previous session", keys: ["k"] },
  "sessions.open": { group: "sessions", does: "Open the session", keys: ["Enter"] },
  "sessions.select": { group: "sessions", does: "Select the session, or not", keys: ["x"] },
  "sessions.select_next": { group: "sessions", does: "Select on downwards", keys: ["Shift+ArrowDown"] },
  "sessions.select_previous": { group: "sessions", does: "Select on upwards", keys: ["Shift+ArrowUp"] },
  "sessions.select_none": { group: "sessions", does: "Select none", keys: ["Escape"] },
  "sessions.tag": { group: "sessions", does: "Tag the selected sessions", keys: ["t"] },
  "sessions.fold": {
    group: "sessions",
    does: "Fold automated and single-turn sessions, or not",
    keys: ["z"],
  },

  "search.box": { group: "search", does: "To the search field", keys: ["/"] },

  "session.next_step": { group: "reading", does: "Next step", keys: ["j"] },
  "session.previous_step": { group: "reading", does: "Previous step", keys: ["k"] },
  "session.next_turn": { group: "reading", does: "Next turn", keys: ["J", "]"] },
  "session.previous_turn": { group: "reading", does: "Previous turn", keys: ["K", "["] },
  "session.next_error": { group: "reading", does: "Next error", keys: ["e"] },
  "session.fold": { group: "reading", does: "Open or fold the step", keys: ["Enter", "z"] },
  "session.fold_run": { group: "reading", does: "Open or fold the run of steps", keys: ["Z"] },
  "session.mode": { group: "reading", does: "Full, skim, focus, raw", keys: ["m"] },
  "session.follow": { group: "reading", does: "Follow the end while it is live", keys: ["f"] },
  "session.inspector": { group: "reading", does: "Inspector on or off", keys: ["i"] },
  "session.copy_link": { group: "reading", does: "Copy the link to this place", keys: ["y"] },
  "session.to_turns": { group: "reading", does: "To the turns", keys: ["1"] },
  "session.to_transcript": { group: "reading", does: "To the transcript", keys: ["2"] },
  "session.to_inspector": { group: "reading", does: "To the inspector", keys: ["3"] },
  "session.play": { group: "reading", does: "Play the session step by step", keys: ["p"] },
  "session.new": { group: "reading", does: "To what is new since you looked", keys: ["n"] },
  "session.diff": { group: "reading", does: "Changes unified or side by side", keys: ["d"] },
  "session.next_tab": { group: "reading", does: "Next tab of the inspector", keys: ["."] },
  "session.previous_tab": { group: "reading", does: "Previous tab of the inspector", keys: [","] },
  "session.raw": { group: "reading", does: "Raw records of the step, with their proofs", keys: ["v"] },
  "session.timeline": { group: "reading", does: "Timeline on or off", keys: ["l"] },
  "timeline.in": { group: "reading", does: "Closer to the timeline", keys: ["+", "="] },
  "timeline.out": { group: "reading", does: "Further from the timeline", keys: ["-"] },
  "timeline.whole": { group: "reading", does: "The whole timeline", keys: ["0"] },
  "session.find": { group: "reading", does: "Find in the session", keys: ["/"] },
  "session.leave": { group: "reading", does: "Choose nothing", keys: ["Escape"] },

  "find.next": { group: "find", does: "Next hit", keys: [">"] },
  "find.previous": { group: "find", does: "Previous hit", keys: ["<"] },

  "playback.pause": { group: "playback", does: "Play or pause", keys: ["Space", "p"] },
  "playback.next": { group: "playback", does: "Next step", keys: ["ArrowRight"] },
  "playback.previous": { group: "playback", does: "Previous step", keys: ["ArrowLeft"] },
  "playback.faster": { group: "playback", does: "Faster", keys: ["+", "="] },
  "playback.slower": { group: "playback", does: "Slower", keys: ["-"] },
  "playback.end": { group: "playback", does: "End the playback", keys: ["Escape"] },

  "judge.good": { group: "judging", does: "Good", keys: ["g"] },
  "judge.wrong": { group: "judging", does: "Wrong, with a reason", keys: ["w"] },
  "judge.skip": { group: "judging", does: "Skip: store nothing and go on", keys: ["s"] },
  "judge.undo": { group: "judging", does: "Withdraw the verdict just given", keys: ["u"] },
  "judge.next_wrong": { group: "judging", does: "Next turn that was judged wrong", keys: ["W"] },
  "judge.whole": { group: "judging", does: "Judge the session in place of the turn, and back", keys: ["S"] },
  "judge.tag": { group: "judging", does: "Tag", keys: ["t"] },
  "judge.comment": { group: "judging", does: "Comment on the selection, step, turn or session", keys: ["c"] },
  "judge.correct": { group: "judging", does: "Correct the turn's answer", keys: ["a"] },
  "judge.score": { group: "judging", does: "Score with a rubric", keys: ["r"] },
  "judge.send": { group: "judging", does: "Send; in a queue, complete and next", keys: ["Mod+Enter"] },
  "judge.view": { group: "judging", does: "Reader view, and back", keys: ["R"] },
  "judge.leave_queue": { group: "judging", does: "Leave the queue", keys: ["q"] },

  "score.yes": { group: "scoring", does: "Yes", keys: ["y"] },
  "score.no": { group: "scoring", does: "No", keys: ["n"] },
  "score.na": { group: "scoring", does: "Not applicable", keys: ["x"] },
  "score.value": {
    group: "scoring",
    does: "That step of the scale",
    keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"],
  },
  "score.back": { group: "scoring", does: "Item before", keys: ["Backspace", "ArrowUp"] },
  "score.on": { group: "scoring", does: "Item after", keys: ["ArrowDown"] },
  "score.evidence": { group: "scoring", does: "The turn that is shown is the evidence", keys: ["v"] },
  "score.note": { group: "scoring", does: "Note on the item", keys: ["m"] },
  "score.guidance": { group: "scoring", does: "Guidance on the item", keys: ["h"] },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;

export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];

export const commandOf = (id: CommandId): Command => COMMANDS[id];

/** Whether its keys come before those of the page. */
export const covers = (id: GroupId): boolean => {
  const group: Group = GROUPS[id];
  return group.covers === true;
};

/** Whether both can be bound at once without one covering the other. */
export function meet(one: GroupId, other: GroupId): boolean {
  if (one !== other && (covers(one) || covers(other))) {
    return false;
  }
  const pages = [GROUPS[one].page, GROUPS[other].page];
  return pages[0] === pages[1] || pages.includes("everywhere");
}
