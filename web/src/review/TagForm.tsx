import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryKeys } from "@/api/keys";
import { listNames, type NameKey } from "@/api/sessions";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { CompletedText } from "./CompletedText";
import { Composer } from "./Composer";

const TAG_MAX = 64;
/** As the server takes them. */
const TAG = /^[\p{L}\p{N}](?:[\p{L}\p{N}._/-]*[\p{L}\p{N}])?$/u;

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
  const names = useQuery({
    queryKey: queryKeys.names(workspace, "tag" as NameKey, word ?? ""),
    queryFn: ({ signal }) => listNames(workspace, "tag" as NameKey, { text: word ?? "", limit: 20 }, signal),
    enabled: word !== undefined,
    retry: false,
  });
  const begun = (word ?? "").toLocaleLowerCase();
  const suggestions = [
    ...new Set([
      ...known.filter((tag) => tag.includes(begun)),
      ...(names.data?.items ?? []).map(({ name }) => name),
    ]),
  ].filter((name) => !tags.includes(name));

  function add(tag: string): boolean {
    // What is one thing to a person is one word to the filter.
    const wanted = tag.trim().replace(/^#/, "").replace(/\s+/g, "-").toLocaleLowerCase();
    if (wanted === "") {
      return false;
    }
    if (!TAG.test(wanted)) {
      setError("A tag has letters and digits, with - _ . / between them.");
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
        if (add(text) && !TAG.test(text.trim().replace(/^#/, "").replace(/\s+/g, "-"))) {
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
