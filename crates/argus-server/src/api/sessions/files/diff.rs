//! `GET …/sessions/{session}/files/diff`: the net change of one file.

use std::collections::HashSet;
use std::sync::Arc;

use argus_session::file_changes::DiffHunk;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::{Params, Segments};
use crate::api::reply;
use crate::api::sessions::{open, outline};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Most lines of a difference that are given.
const LINES_MAX: usize = 10_000;
/// Most bytes of them.
const BYTES_MAX: usize = 2 * 1024 * 1024;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiffParams {
    /// The file's path, as the list has it.
    path: String,
}

/// The net change of a file: the difference of its first and its last state.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileDiff {
    /// The difference; null when the two states are not known, or are too long to compare.
    #[schema(required = true)]
    hunks: Option<Vec<HunkView>>,
    /// True when the difference is longer than what is given: 10,000 lines, 2 MiB.
    is_cut: bool,
}

/// A part of a difference, as in a unified diff.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HunkView {
    old_start: u64,
    old_lines: u64,
    new_start: u64,
    new_lines: u64,
    /// Each behind its sign: a space, `+` or `-`.
    lines: Vec<String>,
}

impl From<DiffHunk> for HunkView {
    fn from(hunk: DiffHunk) -> Self {
        Self {
            old_start: hunk.old_start,
            old_lines: hunk.old_lines,
            new_start: hunk.new_start,
            new_lines: hunk.new_lines,
            lines: hunk.lines,
        }
    }
}

/// The net change of one file.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/files/diff", tag = "sessions", operation_id = "get_file_diff",
    params(("workspace" = String, Path), ("session" = String, Path), DiffParams),
    responses((status = 200, body = FileDiff), (status = 404, description = "The session's editing tools did not change this file")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    Params(params): Params<DiffParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let diff = app
        .blocking(move || {
            let version = open(&of_app, &access, &id)?;
            let workspace = &access.workspace;
            let outline = outline(&of_app, &access, &id, version)?;
            let marks = of_app
                .outlines
                .marks(workspace, &id, version.record, &outline)?;
            let files = of_app
                .outlines
                .files(workspace, &id, version.record, &outline, &marks)?;
            let file = files.files.iter().find(|file| file.path == params.path);
            let file = file.ok_or_else(|| {
                let detail = "the editing tools of this session did not change this file";
                Refusal::new(ErrorCode::NotFound, detail)
            })?;
            let steps: HashSet<u64> = file.edits.iter().map(|edit| edit.step).collect();
            let walk =
                workspace.file_walk(&id, &outline, &marks, &|place| steps.contains(&place))?;
            Ok(cut(walk.net_diff(&params.path)))
        })
        .await?;
    reply::json(&headers, &diff)
}

fn cut(hunks: Option<Vec<DiffHunk>>) -> FileDiff {
    let Some(hunks) = hunks else {
        return FileDiff {
            hunks: None,
            is_cut: false,
        };
    };
    let (mut lines, mut bytes, mut is_cut) = (LINES_MAX, BYTES_MAX, false);
    let mut given = Vec::new();
    for mut hunk in hunks {
        let fits = hunk
            .lines
            .iter()
            .take(lines)
            .take_while(|line| {
                let fits = line.len() <= bytes;
                bytes = bytes.saturating_sub(line.len());
                fits
            })
            .count();
        is_cut |= fits < hunk.lines.len();
        hunk.lines.truncate(fits);
        lines -= fits;
        if fits == 0 {
            break;
        }
        given.push(hunk.into());
    }
    FileDiff {
        hunks: Some(given),
        is_cut,
    }
}
