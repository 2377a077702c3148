//! One run: the sessions of the window, one after the other.

use std::time::Duration;

use argus_session::source::compliance::{SessionKind, match_item, message_item, session_item};
use argus_session::{Item, time};
use argus_store::{Delivery, Outcome, StoreError, Workspace};
use serde_json::Value;

use super::api::{self, Answer, Get, PAGES_MAX, Page};
use super::state::{self, Seen, State};
use super::{ComplianceSource, Pause, Stopped, matching};
use crate::app::App;
use crate::ingest::known::Known;

/// How metrics and logs call what comes this way.
const SIGNAL: &str = "compliance_api";
/// After how many sessions it is noted how far the run is.
const SAVE_SESSIONS: usize = 20;
/// How often a batch is given to a store that is full or behind, and the pause before.
const STORE_ATTEMPTS_MAX: u32 = 10;
const STORE_PAUSE: Duration = Duration::from_secs(5);
/// How long a session is waited for to be readable, before it is compared with others.
const PROJECTED_WAIT: Duration = Duration::from_secs(30);

/// Why a run did not come to its end. The next one goes on.
#[derive(Debug, thiserror::Error)]
pub(super) enum RunError {
    #[error("the server stops")]
    Stopped,
    #[error(
        "the key is not taken ({0}): it needs the scope read:compliance_user_data of an Enterprise organisation whose Compliance API is on"
    )]
    Key(u16),
    #[error("the API answered {0} again and again")]
    Status(u16),
    #[error("the API refused the list of sessions with {0}: it may have changed")]
    Refused(u16),
    #[error("the API cannot be reached: {0}")]
    Unreachable(String),
    #[error(
        "the API's answer is none that is known: it may have changed, or the base URL is wrong"
    )]
    Unreadable,
    #[error("a list has more than {PAGES_MAX} pages")]
    Endless,
    #[error("there is no such workspace: make it, or name another in the configuration")]
    NoWorkspace,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RunError {
    /// Its name in metrics.
    pub(super) fn as_str(&self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Key(_) => "key",
            Self::Status(_) | Self::Unreachable(_) => "unavailable",
            Self::Refused(_) | Self::Unreadable | Self::Endless => "unreadable",
            Self::NoWorkspace => "no_workspace",
            Self::Store(_) => "store",
        }
    }
}

/// Whether it is noted how far the run is: after some sessions that were read, and not for those that were listed only.
const fn is_to_be_saved(read_before: usize, read: usize) -> bool {
    read > read_before && read.is_multiple_of(SAVE_SESSIONS)
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Report {
    /// Sessions in the window.
    pub(super) listed: usize,
    /// Sessions that were read to their end.
    pub(super) read: usize,
    /// Sessions that could not be read; they are tried again in the next run.
    pub(super) passed_over: usize,
    /// Records that are new.
    pub(super) stored: usize,
    /// Sessions that were found to be a client's.
    pub(super) matched: usize,
}

/// A run under way.
pub(super) struct Run<'a> {
    pub(super) app: &'a App,
    pub(super) source: &'a ComplianceSource,
    pub(super) workspace: &'a Workspace,
    pub(super) api: &'a dyn Get,
    pub(super) pause: &'a Pause,
}

/// A session as it was listed.
struct Listed {
    id: String,
    kind: SessionKind,
    created_at_us: Option<i64>,
    updated_at_us: Option<i64>,
    session: Value,
}

impl Run<'_> {
    /// Reads what is new. A run that an earlier process began is gone on with.
    pub(super) fn run(&self) -> Result<Report, RunError> {
        let name = state::name(&self.source.name);
        let mut state = State::read(self.workspace.source_state(&name)?.as_deref());
        let now_us = self.app.clock.now_us();
        let window_us = i64::try_from(self.source.window.as_micros()).unwrap_or(i64::MAX);
        let from_us = now_us.saturating_sub(window_us);
        state.run_began_us.get_or_insert(now_us);
        state.forget(from_us);
        self.save(&name, &state)?;
        let mut report = Report::default();
        let outcome = self.read_all(&name, &mut state, from_us, &mut report);
        if outcome.is_ok() {
            state.run_began_us = None;
        }
        self.save(&name, &state)?;
        outcome.map(|()| report)
    }

    fn save(&self, name: &str, state: &State) -> Result<(), RunError> {
        Ok(self.workspace.set_source_state(name, &state.write())?)
    }

    fn read_all(
        &self,
        name: &str,
        state: &mut State,
        from_us: i64,
        report: &mut Report,
    ) -> Result<(), RunError> {
        let from = time::rfc3339(from_us);
        for kind in &self.source.kinds {
            let mut page = None;
            for _ in 0..PAGES_MAX {
                let answer = api::sessions(self.api, self.pause, *kind, &from, page.as_deref())?;
                let Page { data, next_page } = match answer {
                    Answer::Page(page) => page,
                    Answer::Refused(status) => return Err(RunError::Refused(status)),
                    // An organisation without sessions of this kind.
                    Answer::NotFound => Page::default(),
                };
                for session in data
                    .into_iter()
                    .filter_map(|session| self.listed(*kind, session))
                {
                    report.listed += 1;
                    let before = report.read;
                    self.session(session, state, report)?;
                    if is_to_be_saved(before, report.read) {
                        self.save(name, state)?;
                    }
                }
                page = next_page;
                if page.is_none() {
                    break;
                }
            }
            if page.is_some() {
                return Err(RunError::Endless);
            }
        }
        Ok(())
    }

    /// What is needed of a session; `None` for one of another organisation, or without an id.
    fn listed(&self, kind: SessionKind, session: Value) -> Option<Listed> {
        let text = |name: &str| session.get(name).and_then(Value::as_str);
        let organization = text("organization_uuid").unwrap_or_default();
        let wanted = &self.source.organizations;
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == organization) {
            return None;
        }
        let at = |name: &str| text(name).and_then(time::parse_rfc3339_us);
        let id = text("id").filter(|id| state::is_id(id))?.to_owned();
        Some(Listed {
            created_at_us: at("created_at"),
            updated_at_us: at("updated_at"),
            id,
            kind,
            session,
        })
    }

    fn session(
        &self,
        listed: Listed,
        state: &mut State,
        report: &mut Report,
    ) -> Result<(), RunError> {
        let Listed {
            id,
            kind,
            created_at_us,
            updated_at_us,
            session,
        } = listed;
        if !state.is_done(&id, updated_at_us) {
            let read_at_us = self.app.clock.now_us();
            let head: Vec<Item> = session_item(session, kind).into_iter().collect();
            report.stored += self.store(head)?;
            if !self.messages(&id, kind, report)? {
                report.passed_over += 1;
                return Ok(());
            }
            report.read += 1;
            let before = state.sessions.remove(&id).unwrap_or_default();
            let seen = Seen {
                created_at_us,
                updated_at_us,
                read_at_us,
                same_as: before.same_as,
                looked_at_us: None,
            };
            state.sessions.insert(id.clone(), seen);
        }
        let now_us = self.app.clock.now_us();
        let Some(seen) = state.sessions.get_mut(&id) else {
            return Ok(());
        };
        if seen.is_to_be_matched(now_us) && self.workspace.wait_projected(PROJECTED_WAIT) {
            seen.looked_at_us = Some(now_us);
            if let Some(found) = matching::find(self.workspace, &id)? {
                report.stored += self.store(vec![match_item(&id, &found, now_us)])?;
                report.matched += 1;
                seen.same_as = Some(found.session_id);
            }
        }
        Ok(())
    }

    /// Stores a session's messages; false when they cannot be had (now).
    fn messages(&self, id: &str, kind: SessionKind, report: &mut Report) -> Result<bool, RunError> {
        let mut page = None;
        let mut place = 0;
        for _ in 0..PAGES_MAX {
            let answer = api::messages(self.api, self.pause, kind, id, page.as_deref())?;
            let Page { data, next_page } = match answer {
                Answer::Page(page) => page,
                Answer::NotFound => return Ok(false),
                Answer::Refused(status) => {
                    tracing::warn!(
                        source = self.source.name,
                        status,
                        "a session's messages are refused: it is passed over"
                    );
                    return Ok(false);
                }
            };
            let mut items = Vec::with_capacity(data.len());
            for message in data {
                items.extend(message_item(id, message, place));
                place += 1;
            }
            report.stored += self.store(items)?;
            page = next_page;
            if page.is_none() {
                return Ok(true);
            }
        }
        Err(RunError::Endless)
    }

    /// Stores items that are not known to be stored; gives how many were new.
    fn store(&self, items: Vec<Item>) -> Result<usize, RunError> {
        let source = self.source;
        let mut prints = Vec::new();
        let mut new = Vec::new();
        for item in items {
            let print = Known::print(&source.workspace, &source.project, &item.key);
            if !self.app.known.has(&print) {
                prints.push(print);
                new.push(item);
            }
        }
        if new.is_empty() {
            return Ok(0);
        }
        let delivery = Delivery {
            projects: vec![source.project.clone()],
            key_id: Some(state::name(&source.name)),
            user: None,
        };
        let mut attempt = 0;
        let report = loop {
            attempt += 1;
            let outcome = new
                .iter()
                .map(|item| self.workspace.prepare(item.clone(), &delivery))
                .inspect(|prepared| {
                    if let Ok(prepared) = prepared {
                        self.app.metrics.redacted(prepared);
                    }
                })
                .collect::<Result<Vec<_>, _>>()
                .and_then(|batch| self.workspace.append(batch));
            match outcome {
                Err(StoreError::Busy | StoreError::Full) if attempt < STORE_ATTEMPTS_MAX => {
                    self.pause
                        .wait(STORE_PAUSE)
                        .map_err(|Stopped| RunError::Stopped)?;
                }
                outcome => break outcome?,
            }
        };
        self.app.known.add(prints);
        let count =
            |is: fn(&Outcome) -> bool| report.outcomes.iter().filter(|outcome| is(outcome)).count();
        let accepted = count(|outcome| matches!(outcome, Outcome::New(_) | Outcome::Conflict(_)));
        let metrics = &self.app.metrics;
        metrics.items(SIGNAL, "accepted", accepted);
        metrics.items(
            SIGNAL,
            "known",
            count(|outcome| matches!(outcome, Outcome::Known)),
        );
        metrics.items(
            SIGNAL,
            "suppressed",
            count(|outcome| matches!(outcome, Outcome::Suppressed)),
        );
        Ok(accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_that_are_listed_only_are_not_noted() {
        assert!(!is_to_be_saved(0, 0));
        assert!(!is_to_be_saved(SAVE_SESSIONS - 2, SAVE_SESSIONS - 1));
        assert!(is_to_be_saved(SAVE_SESSIONS - 1, SAVE_SESSIONS));
        assert!(!is_to_be_saved(SAVE_SESSIONS, SAVE_SESSIONS));
    }
}
