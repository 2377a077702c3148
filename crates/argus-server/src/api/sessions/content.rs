//! `GET …/steps/{step}/content`: a piece of one text of a step.

use std::sync::Arc;

use argus_session::document::{Redaction, in_json_text};
use argus_store::{Content, ContentField};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::open;
use crate::api::extract::{Params, Segments};
use crate::api::{WholeText, reply};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Longest piece that is given at once, in bytes.
const PIECE_BYTES_MAX: usize = 1024 * 1024;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContentParams {
    /// Which text.
    #[param(value_type = ContentFieldName)]
    field: String,
    /// Where the piece begins, in bytes; moved down to a character's beginning.
    #[serde(default)]
    offset: usize,
    /// How long it is at most, in bytes; at most 1,048,576.
    #[serde(default = "default_length")]
    #[param(default = 65536, minimum = 4, maximum = 1_048_576)]
    length: usize,
}

const fn default_length() -> usize {
    65_536
}

/// Texts of a step.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum ContentFieldName {
    Text,
    Input,
    Output,
    Result,
    Error,
}

/// A piece of a text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContentPiece {
    #[schema(value_type = ContentFieldName)]
    field: &'static str,
    /// Where it begins, in bytes.
    offset: usize,
    /// Where the next piece begins; null at the end.
    #[schema(required = true)]
    next_offset: Option<usize>,
    /// The whole text's size.
    bytes_total: usize,
    /// The piece. JSON that is no string is written with indents.
    text: String,
    /// What redaction replaced in the piece; what is not whole in it is left out.
    redactions: Vec<Redaction>,
}

/// A piece of a text of a step.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/steps/{step}/content", tag = "sessions", operation_id = "get_step_content",
    params(("workspace" = String, Path), ("session" = String, Path), ("step" = String, Path), ContentParams),
    responses((status = 200, body = ContentPiece), (status = 404, description = "No such step, or it has no such text")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id, step)): Segments<(String, String, String)>,
    Params(params): Params<ContentParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let field = field(&params.field)?;
    let whole = whole(&app, access, id, step, field).await?;
    let text = &whole.text;
    let offset = text.floor_char_boundary(params.offset.min(text.len()));
    // At least one character, whatever was asked for, so that a reader who goes on comes to the end.
    let length = params.length.clamp(4, PIECE_BYTES_MAX);
    let end = text.floor_char_boundary(offset.saturating_add(length));
    let piece = ContentPiece {
        field: field.as_str(),
        offset,
        next_offset: (end < text.len()).then_some(end),
        bytes_total: text.len(),
        text: text[offset..end].to_owned(),
        redactions: within(&whole.redactions, offset, end),
    };
    reply::json(&headers, &piece)
}

/// A text of a step, whole.
pub(super) async fn whole(
    app: &Arc<App>,
    access: Access,
    id: String,
    step: String,
    field: ContentField,
) -> Result<Arc<WholeText>, Refusal> {
    let of_app = app.clone();
    app.blocking(move || {
        let version = open(&of_app, &access, &id)?;
        let of = (
            access.workspace.name().to_owned(),
            id,
            version.record,
            step,
            field.as_str(),
        );
        if let Some(text) = of_app.texts.get(&of) {
            return Ok(text);
        }
        let text = match access.workspace.step_content(&of.1, &of.3, field)? {
            Some(Content::Text(text, redactions)) => WholeText { text, redactions },
            Some(Content::Json(json, redactions)) => {
                let text = serde_json::to_string_pretty(&json).map_err(|_| {
                    Refusal::new(ErrorCode::Internal, "the JSON could not be written")
                })?;
                let redactions = in_json_text(&json, &redactions, &text);
                WholeText { text, redactions }
            }
            None => {
                return Err(Refusal::new(
                    ErrorCode::NotFound,
                    "there is no such step, or it has no such text: it was not captured, or was erased",
                ));
            }
        };
        let text = Arc::new(text);
        of_app.texts.put(of, text.clone());
        Ok(text)
    })
    .await
}

/// The replacements that are whole in a piece of a text, by places in the piece.
fn within(redactions: &[Redaction], from: usize, to: usize) -> Vec<Redaction> {
    let is_in = |of: &&Redaction| from <= of.start as usize && of.end as usize <= to;
    // A piece begins where a text of less than 4 GiB has a byte.
    let behind = u32::try_from(from).unwrap_or(u32::MAX);
    redactions
        .iter()
        .filter(is_in)
        .map(|of| Redaction {
            kind: of.kind.clone(),
            start: of.start - behind,
            end: of.end - behind,
        })
        .collect()
}

pub(super) fn field(name: &str) -> Result<ContentField, Refusal> {
    ContentField::from_name(name).ok_or_else(|| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            "\"field\" is text, input, output, result or error",
        )
    })
}
