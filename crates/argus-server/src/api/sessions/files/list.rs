//! `GET …/sessions/{session}/files`: the files that a session's editing tools changed, net, with every edit.

use std::sync::Arc;

use argus_session::file_changes::{Edit, FileChange, FileChanges};
use argus_store::Outline;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::LinesChanged;
use crate::api::extract::Segments;
use crate::api::sessions::reading::read;
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What a session changed with its editing tools (Edit, MultiEdit, Write, NotebookEdit), sub-agents included. What commands
/// changed no source tells.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FilesView {
    /// The files, by path.
    items: Vec<FileView>,
    /// Editing calls that changed nothing: failed, not let run, never ended.
    not_applied: u64,
    /// Editing calls of which no source tells the file.
    without_path: u64,
    /// Editing calls beyond the first 5,000.
    left_out: u64,
    /// Commands that ran (`Bash`): what they changed is not known.
    commands: u64,
    version: String,
}

/// What was changed of a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileView {
    /// Its path, as the calls name it.
    path: String,
    #[schema(value_type = FileChangeName)]
    change: &'static str,
    /// Lines added and removed, net; null when not every edit tells.
    #[schema(required = true)]
    lines: Option<LinesChanged>,
    /// True when that is the difference of the first and the last state; false when it is the sum of the edits.
    is_exact: bool,
    /// Something else than these edits changed the file in between.
    was_changed_outside: bool,
    /// The edits, in order.
    edits: Vec<EditView>,
}

/// How a file came out.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum FileChangeName {
    /// It is new.
    Created,
    /// It was there before.
    Changed,
    /// Every change was undone.
    Unchanged,
    /// Whether it was there before is not known.
    Unknown,
    /// It was changed on branches that were left behind only.
    Abandoned,
}

/// An edit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EditView {
    tool: String,
    turn_id: String,
    turn_index: u32,
    /// The place of its step in the session's one list.
    step: u64,
    #[schema(required = true)]
    agent_id: Option<String>,
    #[schema(required = true)]
    at: Option<Time>,
    /// Lines that it added and removed; null when it is not known.
    #[schema(required = true)]
    lines: Option<LinesChanged>,
    /// True on a branch that was left behind: not part of the net change.
    is_abandoned: bool,
}

fn edit_view(edit: &Edit, outline: &Outline) -> EditView {
    let turn = usize::try_from(edit.turn)
        .ok()
        .and_then(|turn| outline.turns.get(turn));
    EditView {
        tool: edit.tool.clone(),
        turn_id: turn.map(|turn| turn.id.clone()).unwrap_or_default(),
        turn_index: edit.turn,
        step: edit.step,
        agent_id: edit.agent.clone(),
        at: edit.at_us.map(Time),
        lines: edit.lines.map(Into::into),
        is_abandoned: edit.is_abandoned,
    }
}

fn file_view(file: &FileChange, outline: &Outline) -> FileView {
    FileView {
        path: file.path.clone(),
        change: file.change.as_str(),
        lines: file.lines.map(Into::into),
        is_exact: file.is_exact,
        was_changed_outside: file.was_changed_outside,
        edits: file
            .edits
            .iter()
            .map(|edit| edit_view(edit, outline))
            .collect(),
    }
}

/// The files that a session's editing tools changed.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/files", tag = "sessions", operation_id = "list_files",
    params(("workspace" = String, Path), ("session" = String, Path)),
    responses((status = 200, body = FilesView)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    read(app, access, id, headers, move |session| {
        let marks = session.marks()?;
        let files: Arc<FileChanges> = session.files(&marks)?;
        let commands = argus_session::timeline::uses(&marks)
            .tools
            .into_iter()
            .filter(|tool| tool.name.as_deref() == Some("Bash"))
            .map(|tool| tool.calls)
            .sum();
        Ok(FilesView {
            items: files
                .files
                .iter()
                .map(|file| file_view(file, &session.outline))
                .collect(),
            not_applied: files.not_applied,
            without_path: files.without_path,
            left_out: files.left_out,
            commands,
            version: session.version(),
        })
    })
    .await
}
