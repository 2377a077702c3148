import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { SessionHead, StepRow, TurnRow } from "@/api/types";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { getPreferences, setPreferences } from "@/preferences/preferences";
import { JudgeBar } from "@/review/JudgeBar";
import { ReviewLayer } from "@/review/ReviewLayer";
import { Notice } from "@/ui/Notice";
import { Cell } from "./cell";
import { copyLink } from "./copy-link";
import { FindBar } from "./find/FindBar";
import { useFind } from "./find/use-find";
import { stepAt } from "./find-step";
import { Folds } from "./folds";
import { Header } from "./header/Header";
import { RangeNote } from "./header/RangeNote";
import { Inspector } from "./inspector/Inspector";
import { type Tab, tabFrom } from "./inspector/tabs";
import type { Mode } from "./layout/fold-rule";
import { rowOfStep, turnOfStep } from "./layout/rows";
import { useLooked } from "./looked/use-looked";
import { AgentOutline } from "./outline/AgentOutline";
import { Outline } from "./outline/Outline";
import { PlaybackBar } from "./playback/PlaybackBar";
import { usePlayback } from "./playback/use-playback";
import { ReplayActions } from "./ReplayActions";
import { modeName, nextMode } from "./reading/ModeSwitch";
import { ReadingBar } from "./reading/ReadingBar";
import { RawOfChosen } from "./records/RawOfChosen";
import { type Replay, ReplayContext } from "./replay-context";
import type { SessionSearch } from "./session-search";
import { visibleLine } from "./text/visible";
import { Timeline } from "./timeline/Timeline";
import { Transcript, type TranscriptHandle } from "./transcript/Transcript";
import { useAddressFollows } from "./use-address-follows";
import { useChosen } from "./use-chosen";
import { useFreshPanels } from "./use-fresh-panels";
import { useLayout } from "./use-layout";
import { useLive } from "./use-live";
import { useMedia } from "./use-media";
import { usePlace } from "./use-place";
import { useReplayShortcuts } from "./use-replay-shortcuts";
import { useRuleTitles } from "./use-rule-titles";

interface ReplayScreenProps {
  workspace: string;
  session: string;
  agent: string | undefined;
  turn: string | undefined;
  step: string | undefined;
  mode: Mode;
  tab: Tab;
  find: string | undefined;
  at: SessionSearch["at"];
  /** The step that it opens at. */
  firstStep: number;
  head: SessionHead;
  turns: TurnRow[];
  agentSteps: number;
}

/** Below this the inspector has no place beside the transcript. */
const NARROW = "(max-width: 1099px)";

type Drawer = "outline" | "inspector" | undefined;

export function ReplayScreen(props: ReplayScreenProps) {
  const { workspace, session, agent, turn: turnId, step: stepId, mode, tab, head, turns, agentSteps } = props;
  const [folds] = useState(() => new Folds());
  const [seenTurn] = useState(() => new Cell(0));
  const where = useMemo(() => ({ workspace, session, agent }), [workspace, session, agent]);
  const find = useFind(where, props.find);
  const reading = useLayout({
    where,
    turns,
    agentSteps,
    mode,
    found: find.steps,
    opensAt: stepId === undefined ? undefined : props.firstStep,
  });
  const { layout } = reading;
  const playback = usePlayback(where, layout, (step) => void toPlace(step));
  // While it is played, the step that came last is where one is.
  const played = playback.isOn ? turns[turnOfStep(layout, playback.step)] : undefined;
  const fresh = useLooked(where, layout.steps);
  const ruleTitles = useRuleTitles(workspace, Object.keys(head.redactions).length > 0);
  const replay = useMemo(
    (): Replay => ({
      workspace,
      session,
      agent,
      agents: new Map(head.agents.map((run) => [run.id, run])),
      skills: head.skills,
      sources: head.sources,
      folds,
      mode,
      ruleTitles,
    }),
    [workspace, session, agent, head.agents, head.skills, head.sources, folds, mode, ruleTitles],
  );
  useLive(workspace, session, head.end_reason === null);
  useFreshPanels(workspace, session, head);

  const [firstRow] = useState(() => (props.firstStep === 0 ? 0 : rowOfStep(layout, props.firstStep)));

  const transcript = useRef<TranscriptHandle>(null);
  const outlinePane = useRef<HTMLDivElement>(null);
  const inspectorPane = useRef<HTMLElement>(null);
  const narrow = useMedia(NARROW);
  // An address that names one of the inspector's tabs is for what stands in it.
  const [drawer, setDrawer] = useState<Drawer>(tab !== "details" && narrow ? "inspector" : undefined);
  const [inspectorShown, setInspectorShown] = useState(true);
  const [following, setFollowing] = useState(false);
  const [said, setSaid] = useState("");

  const shownTurn = useRef<string>(undefined);
  const chosen = useChosen({ where, turn: turnId, step: stepId, reading, transcript, folds, shownTurn });
  const queryClient = useQueryClient();
  const place = usePlace(workspace, session);
  const changeMode = (changed: Mode) => {
    place.read({ mode: changed === "full" ? undefined : changed });
    setSaid(`${modeName(changed)} shown`);
  };
  useAddressFollows({
    where,
    turn: turnId,
    turns,
    seenTurn,
    shownTurn,
    enabled: agent === undefined && stepId === undefined,
  });

  const onChoose = useCallback(
    (item: StepRow) => {
      chosen.choose(item, false);
      if (matchMedia(NARROW).matches) {
        setDrawer("inspector");
      }
    },
    [chosen.choose],
  );
  const onTurn = useCallback(
    (turn: TurnRow) => {
      setFollowing(false);
      setDrawer(undefined);
      chosen.showTurn(turn, false);
    },
    [chosen.showTurn],
  );
  const onTab = (changed: Tab) => {
    place.read({ tab: changed === "details" ? undefined : changed });
    if (narrow) {
      setDrawer("inspector");
    } else {
      setInspectorShown(true);
    }
  };
  const toTurn = (turn: TurnRow) => {
    setFollowing(false);
    chosen.showTurn(turn, true);
  };
  const toPlace = async (index: number) => {
    setFollowing(false);
    if (agent === undefined) {
      await chosen.toPlace(index);
      return;
    }
    // A place in the session's one list: it is shown there, not among the sub-agent's own.
    const found = await stepAt(queryClient, { ...where, agent: undefined }, index);
    if (found) {
      place.toStep(found.turn_id, found.step.id, false);
    }
  };
  const toggleInspector = () => {
    if (narrow) {
      setDrawer(drawer === "inspector" ? undefined : "inspector");
    } else {
      setInspectorShown(!inspectorShown);
    }
  };
  const follow = () => {
    setFollowing(!following);
    if (!following) {
      transcript.current?.showEnd();
    }
  };
  const findField = useRef<HTMLInputElement>(null);
  const [isFindOpen, setIsFindOpen] = useState(find.words !== undefined);
  const isFinding = agent === undefined && (isFindOpen || find.words !== undefined);
  const findWords = useCallback(
    (words: string) => place.read({ find: words.trim() === "" ? undefined : words.trim() }),
    [place],
  );
  const openFind = () => {
    flushSync(() => setIsFindOpen(true));
    findField.current?.select();
    findField.current?.focus();
  };
  const closeFind = () => {
    setIsFindOpen(false);
    findWords("");
    transcript.current?.focus();
  };
  const moveHit = async (direction: 1 | -1) => {
    const from = chosen.item?.index ?? transcript.current?.firstSeen() ?? 0;
    const step = find.move(direction, from);
    const hit = step === undefined ? undefined : await stepAt(queryClient, where, step);
    if (hit) {
      setFollowing(false);
      chosen.choose(hit, true);
      transcript.current?.showFound(hit.index);
    }
  };
  const sought = useMemo(
    () => ({ expression: find.expression, steps: find.steps, now: find.step }),
    [find.expression, find.steps, find.step],
  );
  const play = () => {
    if (playback.isOn) {
      playback.end();
    } else {
      setFollowing(false);
      playback.start(chosen.item?.index ?? transcript.current?.firstSeen() ?? 0);
    }
  };

  useShortcuts({
    "session.find": agent === undefined ? openFind : undefined,
    "find.next": find.count > 0 ? () => moveHit(1) : undefined,
    "find.previous": find.count > 0 ? () => moveHit(-1) : undefined,
  });
  useReplayShortcuts({
    play,
    toNew: () => {
      if (!transcript.current?.showNew()) {
        setSaid("Nothing is new since you looked");
      }
    },
    changes: () => {
      const changes = getPreferences().changes === "unified" ? "split" : "unified";
      setPreferences({ changes });
      setSaid(changes === "split" ? "Changes side by side" : "Changes unified");
    },
    step: (direction) => chosen.move(direction),
    turn: (direction) => {
      const turn = turns[seenTurn.get() + direction];
      if (turn && agent === undefined) {
        setFollowing(false);
        chosen.showTurn(turn, true);
      }
    },
    error: async () => {
      if (!(await chosen.toNextError())) {
        setSaid("No error further down");
      }
    },
    fold: chosen.toggleFold,
    foldRun: chosen.toggleRun,
    mode: () => changeMode(nextMode(mode)),
    follow,
    inspector: toggleInspector,
    copyLink: () => copyLink(setSaid),
    tab: (by) => onTab(tabFrom(tab, by)),
    focus: (pane) => {
      if (pane === "outline") {
        outlinePane.current?.querySelector<HTMLElement>("nav")?.focus();
      } else if (pane === "transcript") {
        transcript.current?.focus();
      } else {
        inspectorPane.current?.focus();
      }
    },
    leave: () => {
      if (drawer) {
        setDrawer(undefined);
      } else {
        chosen.clear();
      }
    },
  });

  const onJudgedTurn = (turn: TurnRow) => {
    setFollowing(false);
    chosen.showTurn(turn, true);
  };
  const onJudgedStep = async (item: StepRow) => {
    if (narrow) {
      setDrawer(undefined);
      transcript.current?.focus();
    }
    await toPlace(item.index);
  };

  const inspectorOpen = narrow ? drawer === "inspector" : inspectorShown;
  return (
    <ReplayContext value={replay}>
      <ReviewLayer
        workspace={workspace}
        session={session}
        turns={turns}
        layout={playback.layout}
        isWhole={agent === undefined}
        addressTurn={played?.id ?? turnId}
        at={props.at}
        chosen={played ? undefined : chosen.item}
        onTurn={onJudgedTurn}
        onStep={onJudgedStep}
        onReview={() => onTab("review")}
      >
        <div className="replay">
          <Header
            head={head}
            actions={
              <ReplayActions
                head={head}
                turns={turns}
                outlineOpen={drawer === "outline"}
                onOutline={() => setDrawer(drawer === "outline" ? undefined : "outline")}
                following={following}
                onFollow={follow}
                onCopyLink={() => copyLink(setSaid)}
                inspectorOpen={inspectorOpen}
                onInspector={toggleInspector}
              />
            }
          />
          <RangeNote turns={turns.length} />
          {chosen.missing && (
            <p className="replay-missing" role="alert">
              There is no {chosen.missing.kind} <code>{visibleLine(chosen.missing.id, 80)}</code> in this
              session.{" "}
              <button type="button" className="long-text-more" onClick={chosen.clear}>
                Dismiss
              </button>
            </p>
          )}
          {agent === undefined && layout.count > 0 && (
            <Timeline turns={turns} item={chosen.item} seenTurn={seenTurn} onStep={toPlace} onTurn={toTurn} />
          )}
          <div className={`replay-panes ${inspectorShown ? "" : "without-inspector"}`} data-drawer={drawer}>
            <div ref={outlinePane} className="replay-pane pane-outline">
              {agent === undefined ? (
                <Outline layout={layout} kinds={reading.kinds} seenTurn={seenTurn} onTurn={onTurn} />
              ) : (
                <AgentOutline />
              )}
            </div>
            <div className="replay-pane pane-transcript">
              <ReadingBar
                mode={mode}
                onMode={changeMode}
                isFinding={isFinding}
                onFind={agent === undefined ? (isFinding ? closeFind : openFind) : undefined}
                isPlayed={playback.isOn}
                onPlay={layout.steps === 0 ? undefined : play}
              />
              {isFinding && (
                <FindBar
                  ref={findField}
                  find={find}
                  onFind={findWords}
                  onMove={moveHit}
                  onClose={closeFind}
                />
              )}
              {layout.count === 0 ? (
                <Notice
                  title={agent === undefined ? "Nothing was said" : "Nothing is known of this sub-agent"}
                >
                  <p>
                    {agent === undefined
                      ? "No source told of a prompt or a step in this session. What is known of it as a whole is in the inspector."
                      : "No source told of a step that it took."}
                  </p>
                </Notice>
              ) : (
                <Transcript
                  ref={transcript}
                  layout={playback.layout}
                  kinds={reading.kinds}
                  onOpenRun={reading.openRun}
                  firstRow={firstRow}
                  chosen={chosen.item?.index}
                  onChoose={onChoose}
                  seenTurn={seenTurn}
                  following={following}
                  onFollow={setFollowing}
                  fresh={fresh}
                  sought={sought}
                  playing={playback.isOn}
                />
              )}
              {playback.isOn && <PlaybackBar playback={playback} steps={layout.steps} />}
            </div>
            {inspectorOpen && (
              <div className="replay-pane pane-inspector">
                <Inspector
                  ref={inspectorPane}
                  head={head}
                  item={chosen.item}
                  steps={layout.steps}
                  tab={tab}
                  onTab={onTab}
                  onStep={toPlace}
                  onClose={toggleInspector}
                />
              </div>
            )}
            {narrow && drawer !== undefined && (
              <button
                type="button"
                className="drawer-backdrop"
                aria-label="Close"
                onClick={() => setDrawer(undefined)}
              />
            )}
          </div>
          <RawOfChosen item={chosen.item} />
          <JudgeBar />
          <p className="visually-hidden" role="status">
            {said}
          </p>
        </div>
      </ReviewLayer>
    </ReplayContext>
  );
}
