import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { stepAt, type Where } from "../find-step";
import { firstStepOf, nextStop, type RowLayout, rowAt, rowOfStep } from "../layout/rows";
import { changedSpeed, pauseMs, type Speed } from "./pace";

export interface Playback {
  isOn: boolean;
  isPlaying: boolean;
  speed: Speed;
  /** The step that came last. */
  step: number;
  /** Nothing comes after it. */
  isAtEnd: boolean;
  /** The rows up to that step. */
  layout: RowLayout;
  start: (fromStep: number) => void;
  end: () => void;
  toggle: () => void;
  move: (direction: 1 | -1) => void;
  to: (step: number) => void;
  setSpeed: (speed: Speed) => void;
}

/** Shows a session step after step, as it went, at a chosen speed. What is folded into a run comes as one. */
export function usePlayback(
  where: Where,
  layout: RowLayout,
  /** Where it was when it ended: who goes on, goes on there. */
  onEnd: (step: number) => void,
): Playback {
  const queryClient = useQueryClient();
  const [step, setStep] = useState<number>();
  const [isPlaying, setIsPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);

  const isOn = step !== undefined;
  const row = isOn ? rowOfStep(layout, step) : layout.count - 1;
  const nextRow = isOn ? nextStop(layout, row, 1) : undefined;
  const nextStep = nextRow === undefined ? undefined : firstStepOf(rowAt(layout, nextRow));

  const move = (direction: 1 | -1) => {
    const moved = firstStepOf(rowAt(layout, nextStop(layout, row, direction) ?? -1));
    if (moved !== undefined) {
      setStep(moved);
    }
  };

  useEffect(() => {
    if (!isPlaying || step === undefined || nextStep === undefined) {
      return;
    }
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    // The next one is there when its time comes.
    Promise.all([stepAt(queryClient, where, step), stepAt(queryClient, where, nextStep)])
      .then(([shown, next]) => pauseMs(shown?.step.at ?? null, next?.step.at ?? null, speed))
      // What cannot be fetched is shown as that; the playback goes on.
      .catch(() => pauseMs(null, null, speed))
      .then((pause) => {
        if (!left) {
          timer = setTimeout(() => setStep(nextStep), pause);
        }
      });
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [isPlaying, step, nextStep, speed, queryClient, where]);

  const shown = useMemo(() => (isOn ? { ...layout, count: row + 1 } : layout), [layout, isOn, row]);
  const end = () => {
    if (step !== undefined) {
      onEnd(step);
    }
    setStep(undefined);
    setIsPlaying(false);
  };
  const toggle = () => setIsPlaying(!isPlaying);
  const bound = <Handler>(handler: Handler) => (isOn ? handler : undefined);
  useShortcuts({
    "playback.pause": bound(toggle),
    "playback.next": bound(() => move(1)),
    "playback.previous": bound(() => move(-1)),
    "playback.faster": bound(() => setSpeed(changedSpeed(speed, 1))),
    "playback.slower": bound(() => setSpeed(changedSpeed(speed, -1))),
    "playback.end": bound(end),
  });

  return {
    isOn,
    isPlaying: isPlaying && nextStep !== undefined,
    speed,
    step: step ?? 0,
    isAtEnd: isOn && nextStep === undefined,
    layout: shown,
    start: (fromStep) => {
      setStep(fromStep);
      setIsPlaying(true);
    },
    end,
    toggle,
    move,
    to: (moved) => {
      // Between the stops there is nothing to see.
      const stop = firstStepOf(rowAt(layout, rowOfStep(layout, moved)));
      setStep(stop ?? moved);
    },
    setSpeed,
  };
}
