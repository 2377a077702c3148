import { useShortcuts } from "@/keyboard/use-shortcuts";

export interface ReplayActions {
  step: (direction: 1 | -1) => void;
  turn: (direction: 1 | -1) => void;
  error: () => void;
  fold: () => void;
  foldRun: () => void;
  mode: () => void;
  play: () => void;
  toNew: () => void;
  changes: () => void;
  follow: () => void;
  inspector: () => void;
  tab: (by: 1 | -1) => void;
  copyLink: () => void;
  focus: (pane: "outline" | "transcript" | "inspector") => void;
  leave: () => void;
}

export function useReplayShortcuts(actions: ReplayActions) {
  useShortcuts({
    "session.next_step": () => actions.step(1),
    "session.previous_step": () => actions.step(-1),
    "session.next_turn": () => actions.turn(1),
    "session.previous_turn": () => actions.turn(-1),
    "session.next_error": actions.error,
    "session.fold": actions.fold,
    "session.fold_run": actions.foldRun,
    "session.mode": actions.mode,
    "session.play": actions.play,
    "session.new": actions.toNew,
    "session.diff": actions.changes,
    "session.follow": actions.follow,
    "session.inspector": actions.inspector,
    "session.next_tab": () => actions.tab(1),
    "session.previous_tab": () => actions.tab(-1),
    "session.copy_link": actions.copyLink,
    "session.to_turns": () => actions.focus("outline"),
    "session.to_transcript": () => actions.focus("transcript"),
    "session.to_inspector": () => actions.focus("inspector"),
    "session.leave": actions.leave,
  });
}
