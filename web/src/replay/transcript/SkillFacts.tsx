import type { Skill } from "@/api/types";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";

const TRIGGERS = new Map([
  ["user-slash", "typed by the user"],
  ["nested-skill", "called by the model"],
  ["claude-proactive", "called by the model"],
]);

const HASH_SHOWN = 12;

/** Which version of a skill ran, as far as anyone can tell. */
export function SkillFacts({ skill }: { skill: Skill }) {
  const { label, hash, hash_of, trigger } = skill;
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
          {hash_of === "tree" ? "folder" : "text"} <code>{visibleLine(hash.slice(0, HASH_SHOWN))}</code>
        </span>
      )}
      {trigger !== null && <> · {TRIGGERS.get(trigger) ?? <Visible text={trigger.slice(0, 80)} />}</>}
    </p>
  );
}
