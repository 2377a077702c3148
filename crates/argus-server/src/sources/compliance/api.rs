//! Asking the API: requests, pages, waiting when it says so.

use std::io::Read as _;
use std::time::Duration;

use argus_session::source::compliance::SessionKind;
use serde::Deserialize;
use serde_json::Value;

use super::run::RunError;
use super::{Pause, Stopped};

/// Sessions and messages of one page.
const SESSIONS_PER_PAGE: &str = "200";
const MESSAGES_PER_PAGE: &str = "100";
/// Of each tool's input and output, in bytes: the API's own default cuts at 10,000.
const TOOL_BYTES_MAX: &str = "262144";
/// Largest answer that is read.
const ANSWER_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// How long one request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(120);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a request is made again that failed for now, and the longest pauses before it.
const ATTEMPTS_MAX: u32 = 6;
const PAUSE_MAX: Duration = Duration::from_secs(60);
const RETRY_AFTER_MAX: Duration = Duration::from_secs(600);
/// Pages of one list: more is a list that does not end.
pub(super) const PAGES_MAX: usize = 100_000;

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// How long to wait, if it says so.
    pub(super) retry_after: Option<Duration>,
    pub(super) body: Vec<u8>,
}

/// The one that asks.
pub(super) trait Get {
    /// Asks for a path with a query.
    ///
    /// # Errors
    /// When there is no answer, in words without any of the request's.
    fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Reply, String>;
}

/// By HTTPS.
pub(super) struct Https {
    agent: ureq::Agent,
    base_url: String,
    key: String,
}

impl Https {
    pub(super) fn new(base_url: &str, key: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_global(Some(REQUEST_TIMEOUT))
            // A key goes nowhere else than where it was meant to.
            .max_redirects(0)
            .user_agent(concat!("argus/", env!("CARGO_PKG_VERSION")))
            .build();
        Self {
            agent: agent.into(),
            base_url: base_url.trim_end_matches('/').to_owned(),
            key: key.trim().to_owned(),
        }
    }
}

impl Get for Https {
    fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Reply, String> {
        let answer = self
            .agent
            .get(format!("{}{path}", self.base_url))
            .header("x-api-key", &self.key)
            .header("anthropic-version", "2023-06-01")
            .query_pairs(query.iter().copied())
            .call()
            .map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let retry_after = answer
            .headers()
            .get("retry-after")
            .and_then(|value| value.to_str().ok()?.trim().parse().ok())
            .map(Duration::from_secs);
        let mut body = Vec::new();
        answer
            .into_body()
            .into_reader()
            .take(ANSWER_BYTES_MAX + 1)
            .read_to_end(&mut body)
            .map_err(|error| error.to_string())?;
        if body.len() as u64 > ANSWER_BYTES_MAX {
            return Err(format!(
                "the answer is larger than {ANSWER_BYTES_MAX} bytes"
            ));
        }
        Ok(Reply {
            status,
            retry_after,
            body,
        })
    }
}

/// A page of a list. Members of later versions do no harm.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    pub(super) data: Vec<Value>,
    #[serde(default)]
    pub(super) next_page: Option<String>,
}

/// What became of a request.
#[derive(Debug)]
pub(super) enum Answer {
    Page(Page),
    /// There is no such session (any more, or yet).
    NotFound,
    /// It is refused, and will be again.
    Refused(u16),
}

/// A page of sessions that began at or after `from` (RFC 3339).
pub(super) fn sessions(
    api: &dyn Get,
    pause: &Pause,
    kind: SessionKind,
    from: &str,
    page: Option<&str>,
) -> Result<Answer, RunError> {
    let path = format!("/v1/compliance/apps/sessions/{}", kind.as_str());
    let mut query = vec![("limit", SESSIONS_PER_PAGE), ("created_at.gte", from)];
    query.extend(page.map(|page| ("page", page)));
    ask(api, pause, &path, &query)
}

/// A page of a session's messages, the oldest first.
pub(super) fn messages(
    api: &dyn Get,
    pause: &Pause,
    kind: SessionKind,
    session_id: &str,
    page: Option<&str>,
) -> Result<Answer, RunError> {
    let path = format!(
        "/v1/compliance/apps/sessions/{}/{session_id}/messages",
        kind.as_str()
    );
    let mut query = vec![
        ("limit", MESSAGES_PER_PAGE),
        ("order", "asc"),
        ("tool_result_max_bytes", TOOL_BYTES_MAX),
        ("tool_use_input_max_bytes", TOOL_BYTES_MAX),
    ];
    query.extend(page.map(|page| ("page", page)));
    ask(api, pause, &path, &query)
}

fn ask(
    api: &dyn Get,
    pause: &Pause,
    path: &str,
    query: &[(&str, &str)],
) -> Result<Answer, RunError> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        let (error, wait) = match api.get(path, query) {
            Ok(reply) => match reply.status {
                200 => return Ok(Answer::Page(read(&reply.body)?)),
                401 | 403 => return Err(RunError::Key(reply.status)),
                404 => return Ok(Answer::NotFound),
                429 | 500..=599 => (RunError::Status(reply.status), reply.retry_after),
                status => return Ok(Answer::Refused(status)),
            },
            Err(error) => (RunError::Unreachable(error), None),
        };
        if attempt >= ATTEMPTS_MAX {
            return Err(error);
        }
        let own = Duration::from_secs(1 << attempt.min(6)).min(PAUSE_MAX);
        let wait = wait.map_or(own, |asked| asked.min(RETRY_AFTER_MAX));
        pause.wait(wait).map_err(|Stopped| RunError::Stopped)?;
    }
}

fn read(body: &[u8]) -> Result<Page, RunError> {
    serde_json::from_slice(body).map_err(|_| RunError::Unreadable)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::sync::mpsc::channel;

    use super::*;

    /// Answers in turn; then 500.
    struct Answers(RefCell<Vec<Result<Reply, String>>>);

    impl Get for Answers {
        fn get(&self, _: &str, _: &[(&str, &str)]) -> Result<Reply, String> {
            self.0
                .borrow_mut()
                .pop()
                .unwrap_or_else(|| reply(500, "", Some(0)))
        }
    }

    fn reply(status: u16, body: &str, retry_after_s: Option<u64>) -> Result<Reply, String> {
        Ok(Reply {
            status,
            retry_after: retry_after_s.map(Duration::from_secs),
            body: body.as_bytes().to_vec(),
        })
    }

    fn asked(answers: Vec<Result<Reply, String>>) -> Result<Answer, RunError> {
        let (_stop, stopped) = channel();
        let api = Answers(RefCell::new(answers));
        sessions(&api, &Pause(stopped), SessionKind::Local, "x", None)
    }

    #[test]
    fn what_passes_is_asked_again_and_what_does_not_is_not() {
        let page = r#"{"data": [{"id": "clls_1"}], "next_page": null, "later": 1}"#;
        let good = || reply(200, page, None);
        let passed = asked(vec![
            good(),
            reply(503, "", Some(0)),
            reply(429, "", Some(0)),
        ]);
        assert!(matches!(passed, Ok(Answer::Page(page)) if page.data.len() == 1));
        assert!(matches!(
            asked(vec![good(), reply(401, "", None)]),
            Err(RunError::Key(401))
        ));
        assert!(matches!(
            asked(vec![good(), reply(404, "", None)]),
            Ok(Answer::NotFound)
        ));
        assert!(matches!(
            asked(vec![good(), reply(400, "", None)]),
            Ok(Answer::Refused(400))
        ));
        assert!(matches!(
            asked(vec![good(), reply(302, "", None)]),
            Ok(Answer::Refused(302))
        ));
        assert!(matches!(
            asked(vec![reply(200, "<html>", None)]),
            Err(RunError::Unreadable)
        ));
        assert!(matches!(asked(Vec::new()), Err(RunError::Status(500))));
    }

    #[test]
    fn a_stop_ends_the_wait() {
        let (stop, stopped) = channel::<()>();
        drop(stop);
        let api = Answers(RefCell::new(vec![reply(429, "", Some(600))]));
        let outcome = sessions(&api, &Pause(stopped), SessionKind::Remote, "x", None);
        assert!(matches!(outcome, Err(RunError::Stopped)));
    }
}
