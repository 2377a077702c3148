import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { messageOf } from "@/api/error";
import { reviewersQuery } from "@/api/reviews";
import { CompletedText } from "./CompletedText";
import { Composer } from "./Composer";
import { mentionAt, mentionsIn, peopleLike } from "./mentions";
import { useDraft } from "./use-draft";

/** A comment, a reply to one, or a comment as it should have been. */
export function CommentForm({
  workspace,
  title,
  about,
  send,
  before = "",
  draft: place,
  onSend,
  onClose,
  children,
}: {
  workspace: string;
  title: string;
  about: string;
  send: string;
  /** The text that is changed. */
  before?: string;
  /** Under which it is kept when it is left. */
  draft: string;
  onSend: (text: string, mentions: string[]) => Promise<void>;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { text, write, forget } = useDraft(place, before);
  const [word, setWord] = useState<string>();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const people = useQuery(reviewersQuery(workspace)).data?.items ?? [];

  async function submit() {
    if (text.trim() === "") {
      setError("There is nothing to send yet.");
      return;
    }
    setPending(true);
    try {
      await onSend(text.trim(), mentionsIn(text, people));
      forget();
      onClose();
    } catch (failed) {
      setError(messageOf(failed));
      setPending(false);
    }
  }

  return (
    <Composer
      title={title}
      about={about}
      send={send}
      error={error}
      isPending={pending}
      onSend={submit}
      onClose={onClose}
    >
      {children}
      <CompletedText
        label="Comment"
        rows={4}
        placeholder="@ names someone"
        value={text}
        wordAt={mentionAt}
        suggestions={word === undefined ? [] : peopleLike(people, word)}
        onChange={write}
        onWord={setWord}
      />
    </Composer>
  );
}
