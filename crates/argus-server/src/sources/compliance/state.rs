//! How far a Compliance API was read. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Sessions that are remembered: beyond it those that began first are forgotten, and would only be read again.
const SESSIONS_MAX: usize = 50_000;
/// A session whose last sign of life is this much older than its reading was read to its end: what is listed of a session at
/// work lags behind.
const SETTLED_US: i64 = 60 * 60 * 1_000_000;
/// The first pause before a client's session is looked for again.
const LOOK_AGAIN_US: i64 = 15 * 60 * 1_000_000;

/// The state of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// When the run began that is not at its end.
    #[serde(default)]
    pub(super) run_began_us: Option<i64>,
    /// By id.
    #[serde(default)]
    pub(super) sessions: BTreeMap<String, Seen>,
}

/// What is known of a session that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// When it began.
    pub(super) created_at_us: Option<i64>,
    /// When it went on last, as it was listed.
    pub(super) updated_at_us: Option<i64>,
    /// When it was read to its end.
    pub(super) read_at_us: i64,
    /// The client's session that it is the same as.
    #[serde(default)]
    pub(super) same_as: Option<String>,
    /// When that was looked for last.
    #[serde(default)]
    pub(super) looked_at_us: Option<i64>,
}

impl Seen {
    /// True when the client's session is to be looked for: at once, and then ever more rarely. Its records may come later than
    /// Anthropic's, and of most sessions they come soon or never.
    pub(super) fn is_to_be_matched(&self, now_us: i64) -> bool {
        let pause = |looked: i64| looked.saturating_sub(self.read_at_us).max(LOOK_AGAIN_US);
        self.same_as.is_none()
            && self
                .looked_at_us
                .is_none_or(|looked| now_us.saturating_sub(looked) >= pause(looked))
    }
}

impl State {
    /// Of a newer release or damaged: the window is read anew.
    pub(super) fn read(content: Option<&[u8]>) -> Self {
        content
            .and_then(|content| serde_json::from_slice(content).ok())
            .unwrap_or_default()
    }

    pub(super) fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// True when a session need not be read in this run.
    pub(super) fn is_done(&self, id: &str, updated_at_us: Option<i64>) -> bool {
        let Some(seen) = self.sessions.get(id) else {
            return false;
        };
        if self
            .run_began_us
            .is_some_and(|began| seen.read_at_us >= began)
        {
            return true;
        }
        updated_at_us.is_some_and(|updated| {
            seen.updated_at_us == Some(updated)
                && seen.read_at_us.saturating_sub(updated) > SETTLED_US
        })
    }

    /// Forgets what began before the window.
    pub(super) fn forget(&mut self, before_us: i64) {
        self.sessions
            .retain(|_, seen| seen.created_at_us.is_none_or(|at| at >= before_us));
        while self.sessions.len() > SESSIONS_MAX {
            let first = self
                .sessions
                .iter()
                .min_by_key(|(_, seen)| seen.created_at_us)
                .map(|(id, _)| id.clone());
            if let Some(first) = first {
                self.sessions.remove(&first);
            }
        }
    }
}

/// The name under which a source's state is kept.
pub(super) fn name(source: &str) -> String {
    format!("compliance:{source}")
}

/// True of what may be a session's id.
pub(super) fn is_id(id: &str) -> bool {
    // It becomes a part of a path.
    !id.is_empty()
        && id.len() <= 512
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-=.~".contains(&byte))
        && !id.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_read_once_a_run_and_again_until_it_settled() {
        let hour = 3_600_000_000;
        let mut state = State {
            run_began_us: Some(100 * hour),
            ..State::default()
        };
        assert!(!state.is_done("a", Some(0)));
        let seen = |read_at_us, updated_at_us| Seen {
            created_at_us: Some(0),
            updated_at_us,
            read_at_us,
            ..Seen::default()
        };
        state
            .sessions
            .insert("a".to_owned(), seen(101 * hour, None));
        assert!(state.is_done("a", None), "in this run");
        state.run_began_us = Some(102 * hour);
        assert!(
            !state.is_done("a", None),
            "nothing says that it did not go on"
        );
        state.sessions.insert(
            "a".to_owned(),
            seen(101 * hour, Some(100 * hour + hour / 2)),
        );
        assert!(
            !state.is_done("a", Some(100 * hour + hour / 2)),
            "it was at work when it was read"
        );
        state
            .sessions
            .insert("a".to_owned(), seen(101 * hour, Some(50 * hour)));
        assert!(state.is_done("a", Some(50 * hour)));
        assert!(!state.is_done("a", Some(60 * hour)), "it went on");
        assert_eq!(State::read(Some(&state.write())), state);
        assert_eq!(State::read(Some(b"of a later release")), State::default());
        state.forget(hour);
        assert!(state.sessions.is_empty());
    }

    #[test]
    fn a_clients_session_is_looked_for_ever_more_rarely() {
        let minute = 60_000_000;
        let mut seen = Seen::default();
        assert!(seen.is_to_be_matched(0));
        seen.looked_at_us = Some(minute);
        assert!(!seen.is_to_be_matched(15 * minute));
        assert!(seen.is_to_be_matched(16 * minute));
        seen.looked_at_us = Some(600 * minute);
        assert!(!seen.is_to_be_matched(1_199 * minute));
        assert!(seen.is_to_be_matched(1_200 * minute));
        seen.same_as = Some("client".to_owned());
        assert!(!seen.is_to_be_matched(9_999 * minute));
    }

    #[test]
    fn what_would_be_another_path_is_no_id() {
        assert!(is_id("clls_eyJ2IjoxLCJvIjoi-_.="));
        for other in ["", "a/b", "..", "a?b", "a#b", "a%2fb", "a b"] {
            assert!(!is_id(other), "{other}");
        }
    }
}
