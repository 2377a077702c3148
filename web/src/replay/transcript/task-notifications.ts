/** The client tells the model of a background task's end or event by a prompt of its own, as tags. */
export interface TaskNotification {
  summary: string | undefined;
  status: string | undefined;
  event: string | undefined;
  result: string | undefined;
}

const OPENING = "<task-notification>";
const CLOSING = "</task-notification>";

/** Undefined when the text is anything else, or has anything beside notifications. Its end may be cut. */
export function taskNotifications(text: string): TaskNotification[] | undefined {
  const found: TaskNotification[] = [];
  for (let rest = text.trim(); rest !== ""; ) {
    if (!rest.startsWith(OPENING)) {
      return undefined;
    }
    const end = rest.indexOf(CLOSING);
    const body = rest.slice(OPENING.length, end === -1 ? undefined : end);
    found.push({
      summary: contentOf(body, "summary"),
      status: contentOf(body, "status"),
      event: contentOf(body, "event"),
      result: contentOf(body, "result"),
    });
    rest = end === -1 ? "" : rest.slice(end + CLOSING.length).trim();
  }
  return found.length === 0 ? undefined : found;
}

function contentOf(body: string, tag: string): string | undefined {
  const start = body.indexOf(`<${tag}>`);
  if (start === -1) {
    return undefined;
  }
  const from = start + tag.length + 2;
  // The last closing tag: what a task reports may itself speak of tags.
  const end = body.lastIndexOf(`</${tag}>`);
  const content = body.slice(from, end < from ? undefined : end).trim();
  return content === "" ? undefined : content;
}

/** A prompt in the words that name it in a list. */
export function promptWords(text: string): string {
  const notifications = taskNotifications(text);
  if (!notifications) {
    return text;
  }
  return notifications
    .map(({ summary, status }) => summary ?? (status === undefined ? "Task notification" : `Task ${status}`))
    .join(" · ");
}
