import { useShortcuts } from "@/keyboard/use-shortcuts";

export interface ReplayActions {
  step: (direction: 1 | -1) => void;
  turn: (direction: 1 | -1) => void;
  error: () => void;
  fold: () => void;
  follow: () => void;
  inspector: () => void;
  copyLink: () => void;
  focus: (pane: "outline" | "transcript" | "inspector") => void;
  leave: () => void;
}

export function useReplayShortcuts(actions: ReplayActions) {
  useShortcuts("Session", [
    { keys: "j", does: "Next step", run: () => actions.step(1) },
    { keys: "k", does: "Previous step", run: () => actions.step(-1) },
    { keys: "J", does: "Next turn", run: () => actions.turn(1) },
    { keys: "K", does: "Previous turn", run: () => actions.turn(-1) },
    { keys: "]", does: "Next turn", run: () => actions.turn(1) },
    { keys: "[", does: "Previous turn", run: () => actions.turn(-1) },
    { keys: "e", does: "Next error", run: actions.error },
    { keys: "o", does: "Open or fold the step", run: actions.fold },
    { keys: "Enter", does: "Open or fold the step", run: actions.fold },
    { keys: "f", does: "Follow the end while it is live", run: actions.follow },
    { keys: "i", does: "Inspector on or off", run: actions.inspector },
    { keys: "c", does: "Copy the link to this place", run: actions.copyLink },
    { keys: "1", does: "To the turns", run: () => actions.focus("outline") },
    { keys: "2", does: "To the transcript", run: () => actions.focus("transcript") },
    { keys: "3", does: "To the inspector", run: () => actions.focus("inspector") },
    { keys: "Escape", does: "Choose nothing", run: actions.leave },
  ]);
}
