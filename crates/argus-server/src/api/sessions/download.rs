//! `GET …/steps/{step}/download`: one text of a step as a file. Never as a page: a browser saves it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use serde::Deserialize;
use utoipa::IntoParams;

use super::content;
use crate::api::extract::{Params, Segments};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// What is sent at a time.
const PIECE_BYTES: usize = 64 * 1024;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DownloadParams {
    /// Which text.
    #[param(value_type = content::ContentFieldName)]
    field: String,
}

/// A text of a step as a file.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/steps/{step}/download", tag = "sessions", operation_id = "download_step_content",
    params(("workspace" = String, Path), ("session" = String, Path), ("step" = String, Path), DownloadParams),
    responses((status = 200, description = "The text, UTF-8", content_type = "application/octet-stream"), (status = 404, description = "No such step, or it has no such text")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id, step)): Segments<(String, String, String)>,
    Params(params): Params<DownloadParams>,
) -> Result<Response, Refusal> {
    let field = content::field(&params.field)?;
    // As many at a time as the limit says: a text is held until its reader has all of it.
    let Ok(downloading) = app.downloads.clone().try_acquire_owned() else {
        let detail = "as many downloads run as the server has room for: try again in a moment";
        return Err(Refusal::new(ErrorCode::Unavailable, detail));
    };
    let text = content::whole(&app, access, id, step, field).await?;
    let length = text.text.len();
    let pieces =
        futures_util::stream::unfold((text, 0, downloading), |(text, from, held)| async move {
            let to = text.text.len().min(from + PIECE_BYTES);
            let piece = Bytes::copy_from_slice(&text.text.as_bytes()[from..to]);
            (from < to).then_some((Ok::<_, Infallible>(piece), (text, to, held)))
        });
    let mut response = Response::new(Body::from_stream(pieces));
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    // A fixed name: nothing captured is part of it.
    let name = format!("attachment; filename=\"argus-{}.txt\"", field.as_str());
    if let Ok(value) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
