import { useState } from "react";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { CompletedText } from "./CompletedText";
import { Composer } from "./Composer";
import { isTag, TAG_MAX, TAG_RULE, writtenTag } from "./tag";
import { useTagNames } from "./use-tag-names";

/** Tags of one place: Enter adds, and stays for the next; those that are there can be taken away. */
export function TagForm({
  workspace,
  about,
  tags,
  known,
  onChange,
  onClose,
}: {
  workspace: string;
  about: string;
  tags: readonly string[];
  /** Tags elsewhere in the session, which are completed at once. */
  known: readonly string[];
  onChange: (tag: string, remove: boolean) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState("");
  const [word, setWord] = useState<string>();
  const [error, setError] = useState<string>();
  const names = useTagNames(workspace, word);
  const begun = (word ?? "").toLocaleLowerCase();
  const suggestions = [...new Set([...known.filter((tag) => tag.includes(begun)), ...names])].filter(
    (name) => !tags.includes(name),
  );

  function add(tag: string): boolean {
    const wanted = writtenTag(tag);
    if (wanted === "") {
      return false;
    }
    if (!isTag(wanted)) {
      setError(TAG_RULE);
      return true;
    }
    if (!tags.includes(wanted)) {
      onChange(wanted, false);
    }
    setError(undefined);
    setText("");
    return true;
  }

  return (
    <Composer
      title="Tags"
      about={about}
      send={text.trim() === "" ? "Done" : "Add and close"}
      error={error}
      onSend={() => {
        if (add(text) && !isTag(writtenTag(text))) {
          return;
        }
        onClose();
      }}
      onClose={onClose}
    >
      {tags.length > 0 && (
        <ul className="tag-list">
          {tags.map((tag) => (
            <li key={tag} className="tag">
              <VisibleLine text={tag} charactersMax={TAG_MAX} />
              <button
                type="button"
                aria-label={`Remove ${visibleLine(tag, TAG_MAX)}`}
                onClick={() => onChange(tag, true)}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      <CompletedText
        label="Tag"
        value={text}
        maxLength={TAG_MAX}
        placeholder="made-up-number"
        wordAt={() => 0}
        suggestions={suggestions}
        onChange={setText}
        onWord={setWord}
        onEnter={(tag) => {
          if (!add(tag)) {
            onClose();
          }
        }}
      />
      <p className="composer-hint">Enter adds it. Enter with nothing written is done.</p>
    </Composer>
  );
}
