import { Link } from "@tanstack/react-router";
import type { Skill } from "@/api/types";
import { STATES } from "@/inventory/words";
import { useReplay } from "../replay-context";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";

const TRIGGERS = new Map([
  ["user-slash", "typed by the user"],
  ["nested-skill", "called by the model"],
  ["claude-proactive", "called by the model"],
]);

const HASH_SHOWN = 12;

/** Which version of a skill ran, as far as anyone can tell: what a capture client saw of its folder tells more than a text. */
export function SkillFacts({ skill }: { skill: Skill }) {
  const { workspace, skills } = useReplay();
  const seen = skills.find(({ name, hash_of: of }) => name === skill.name && of === "tree");
  const { label, hash, hash_of } = seen ?? skill;
  const { trigger } = skill;
  return (
    <p className="tool-remark">
      {label !== null && (
        <>
          version <Visible text={label.slice(0, 80)} /> ·{" "}
        </>
      )}
      {hash === null ? (
        "version unknown"
      ) : (
        <span
          title={
            hash_of === "tree"
              ? "Hash of the skill's folder"
              : "Hash of the text that was injected, arguments included"
          }
        >
          {hash_of === "tree" ? (
            <>
              folder{" "}
              <Link to="/w/$workspace/skills/$skill/$hash" params={{ workspace, skill: skill.name, hash }}>
                <code>{visibleLine(hash.slice(0, HASH_SHOWN))}</code>
              </Link>
            </>
          ) : (
            <>
              text <code>{visibleLine(hash.slice(0, HASH_SHOWN))}</code>
            </>
          )}
        </span>
      )}
      {seen?.state === "changed" && (
        <span className="is-denied" title={STATES.changed.says}>
          {" "}
          · changed
        </span>
      )}
      {trigger !== null && <> · {TRIGGERS.get(trigger) ?? <Visible text={trigger.slice(0, 80)} />}</>}
    </p>
  );
}
