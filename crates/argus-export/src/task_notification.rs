//! A background task's end or event, which the client tells the model by a prompt of its own, as tags (measured, 2.1.330):
//! nobody typed it, and a page shows what it says, not the tags.

const OPENING: &str = "<task-notification>";
const CLOSING: &str = "</task-notification>";

/// What one of them says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TaskNotification<'a> {
    summary: Option<&'a str>,
    status: Option<&'a str>,
    /// What the task told or gave back.
    pub(crate) report: Option<&'a str>,
}

impl TaskNotification<'_> {
    /// What happened, in words.
    pub(crate) fn words(&self) -> String {
        match (self.summary, self.status) {
            (Some(summary), _) => summary.to_owned(),
            (None, Some(status)) => format!("Task {status}"),
            (None, None) => "Task notification".to_owned(),
        }
    }
}

/// The notifications that a prompt is made of; `None` when it is anything else, or has anything beside them. Its end may be
/// cut off.
pub(crate) fn parsed(prompt: &str) -> Option<Vec<TaskNotification<'_>>> {
    let mut found = Vec::new();
    let mut rest = prompt.trim();
    while !rest.is_empty() {
        let body = rest.strip_prefix(OPENING)?;
        let (body, behind) = body.split_once(CLOSING).unwrap_or((body, ""));
        found.push(TaskNotification {
            summary: content_of(body, "summary"),
            status: content_of(body, "status"),
            report: content_of(body, "result").or_else(|| content_of(body, "event")),
        });
        rest = behind.trim();
    }
    (!found.is_empty()).then_some(found)
}

/// A prompt in the words that name it in a list; `None` where those are its own.
pub(crate) fn words(prompt: &str) -> Option<String> {
    let words: Vec<String> = parsed(prompt)?
        .iter()
        .map(TaskNotification::words)
        .collect();
    Some(words.join(" · "))
}

fn content_of<'a>(body: &'a str, tag: &str) -> Option<&'a str> {
    let (_, from) = body.split_once(&format!("<{tag}>"))?;
    // The last closing tag: what a task reports may itself speak of tags.
    let content = from
        .rsplit_once(&format!("</{tag}>"))
        .map_or(from, |(content, _)| content)
        .trim();
    (!content.is_empty()).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_notifications_are_told_in_words() {
        let done = "<task-notification>\n<task-id>a1</task-id>\n<status>completed</status>\n<summary>Agent \"Look\" finished</summary>\n<result>It said </result> twice.</result>\n</task-notification>";
        assert_eq!(words(done).as_deref(), Some("Agent \"Look\" finished"));
        assert_eq!(
            parsed(done).unwrap()[0].report,
            Some("It said </result> twice.")
        );
        let cut = "<task-notification><status>killed</status><result>and th";
        assert_eq!(
            words(&format!("{done} {cut}")).as_deref(),
            Some("Agent \"Look\" finished · Task killed")
        );
        for other in [
            "",
            "hello",
            "<task-notification></task-notification> and more",
        ] {
            assert_eq!(words(other), None, "{other}");
        }
        assert_eq!(
            words("<task-notification>").as_deref(),
            Some("Task notification")
        );
    }
}
