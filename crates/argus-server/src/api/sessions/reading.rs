//! What the reads of one session have in common: it is opened once, and answered from one state of it under one tag.

use std::sync::Arc;

use argus_session::file_changes::FileChanges;
use argus_session::timeline::SessionMarks;
use argus_store::{AgentPlaces, Outline, SessionVersion, Workspace};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;

use super::{open, outline, version_etag, version_name};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A session in the state in which it is read.
pub(super) struct Reading<'a> {
    app: &'a App,
    pub(super) workspace: &'a Workspace,
    /// The session's id.
    pub(super) id: &'a str,
    version: SessionVersion,
    pub(super) outline: Arc<Outline>,
}

impl Reading<'_> {
    /// The state in a word.
    pub(super) fn version(&self) -> String {
        version_name(self.version)
    }

    /// What every step is, in a few bytes each.
    pub(super) fn marks(&self) -> Result<Arc<SessionMarks>, Refusal> {
        let record = self.version.record;
        let outlines = &self.app.outlines;
        Ok(outlines.marks(self.workspace, self.id, record, &self.outline)?)
    }

    /// Where the steps of each sub-agent are.
    pub(super) fn places(&self) -> Result<Arc<AgentPlaces>, Refusal> {
        let record = self.version.record;
        let outlines = &self.app.outlines;
        Ok(outlines.places(self.workspace, self.id, record, &self.outline)?)
    }

    /// The files that it changed. `marks`: its own.
    pub(super) fn files(&self, marks: &SessionMarks) -> Result<Arc<FileChanges>, Refusal> {
        let record = self.version.record;
        let outlines = &self.app.outlines;
        Ok(outlines.files(self.workspace, self.id, record, &self.outline, marks)?)
    }
}

/// Answers with a view of a session; "not modified" to a client that has it of this state.
///
/// # Errors
/// As opening it, and what the view refuses.
pub(super) async fn read<T: Serialize>(
    app: Arc<App>,
    access: Access,
    id: String,
    headers: HeaderMap,
    view: impl FnOnce(&Reading<'_>) -> Result<T, Refusal> + Send + 'static,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    app.blocking(move || {
        let version = open(&of_app, &access, &id)?;
        let etag = version_etag(version);
        if reply::has(&headers, &etag) {
            return Ok(reply::not_modified(&etag));
        }
        let view = view(&Reading {
            app: &of_app,
            workspace: &access.workspace,
            id: &id,
            version,
            outline: outline(&of_app, &access, &id, version)?,
        })?;
        Ok(reply::with_etag(reply::json(&headers, &view)?, &etag))
    })
    .await
}
