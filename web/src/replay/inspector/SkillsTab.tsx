import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SessionHead, SessionUses, SkillUse } from "@/api/types";
import { plural } from "@/format/count";
import { HASH_SHOWN, STATES } from "@/inventory/words";
import { usesQuery } from "../panels-data";
import { useReplay } from "../replay-context";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { nextUse } from "./next-use";
import { PanelWaiting } from "./PanelWaiting";

/** The skills that ran: which version, whether it stayed the same, and where. */
export function SkillsTab({
  head,
  from,
  onStep,
}: {
  head: SessionHead;
  from: number | undefined;
  onStep: (index: number) => void;
}) {
  const { workspace, session } = useReplay();
  const uses = useQuery(usesQuery(workspace, session));
  if (!uses.data) {
    return <PanelWaiting what="The skills" query={uses} />;
  }
  const skills = skillsOf(head.skills, uses.data.skills);
  return (
    <>
      <header className="panel-head">
        <h2>Skills</h2>
        <p className="quiet">
          {skills.length === 0
            ? "No skill ran."
            : `${plural(skills.length, "version")} of skills ran. A press leads to the next run.`}
        </p>
      </header>
      <ul className="skill-runs">
        {skills.map((skill) => (
          <li key={`${skill.name} ${skill.hash}`}>
            <Skill skill={skill} from={from} onStep={onStep} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface SkillRun extends SkillUse {
  runs: number;
  trigger: string | null;
  steps: readonly number[];
}

/** What the head tells of each version, and where it ran. */
function skillsOf(known: readonly SkillUse[], ran: SessionUses["skills"]): SkillRun[] {
  const found = known.map((skill) => {
    const run = ran.find(({ name, hash }) => name === skill.name && hash === skill.hash);
    return { ...skill, runs: run?.runs ?? 0, trigger: run?.trigger ?? null, steps: run?.steps ?? [] };
  });
  const others = ran
    .filter(({ name, hash }) => !known.some((skill) => skill.name === name && skill.hash === hash))
    .map((run) => ({ ...run, hash_of: null, state: null }));
  return [...found, ...others];
}

function Skill({
  skill,
  from,
  onStep,
}: {
  skill: SkillRun;
  from: number | undefined;
  onStep: (index: number) => void;
}) {
  const { workspace } = useReplay();
  const { name, label, hash, hash_of, state, trigger, runs, steps } = skill;
  const next = nextUse(steps, from);
  return (
    <>
      <p className="skill-run-head">
        <button
          type="button"
          disabled={next === undefined}
          onClick={() => next !== undefined && onStep(next)}
        >
          <Visible text={visibleLine(name, 120)} />
        </button>
        <span className="quiet">{runs > 0 ? plural(runs, "run") : "ran; where is not known"}</span>
      </p>
      <p className="skill-run-facts">
        {label !== null && <span>{visibleLine(label, 60)}</span>}
        {hash === null ? (
          <span className="quiet">version not known</span>
        ) : hash_of === "tree" ? (
          <Link
            to="/w/$workspace/skills/$skill/$hash"
            params={{ workspace, skill: name, hash }}
            title="The version's page: its files, and where else it ran"
          >
            <code>{visibleLine(hash.slice(0, HASH_SHOWN))}</code>
          </Link>
        ) : (
          <span title="Hash of the injected text: no capture client told of the skill's folder">
            text <code>{visibleLine(hash.slice(0, HASH_SHOWN))}</code>
          </span>
        )}
        {state !== null && (
          <span className={state === "changed" ? "is-denied" : "quiet"} title={STATES[state].says}>
            {STATES[state].name}
          </span>
        )}
        {trigger !== null && <span className="quiet">{visibleLine(trigger, 40)}</span>}
      </p>
    </>
  );
}
