//! `GET …/sessions/{session}/records/{record}/download`: a record's redacted content as a file. Never as a page.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::{no_record, number, written};
use crate::api::extract::Segments;
use crate::api::sessions::open;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// A record's redacted content, whole, as a file.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/records/{record}/download", tag = "sessions", operation_id = "download_record",
    params(("workspace" = String, Path), ("session" = String, Path), ("record" = String, Path)),
    responses((status = 200, description = "The JSON", content_type = "application/octet-stream"), (status = 404, description = "The session has no such record, or its content is gone")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id, record)): Segments<(String, String, String)>,
) -> Result<Response, Refusal> {
    // As many at a time as the limit says: a content is held until its reader has all of it.
    let Ok(_downloading) = app.downloads.clone().try_acquire_owned() else {
        let detail = "as many downloads run as the server has room for: try again in a moment";
        return Err(Refusal::new(ErrorCode::Unavailable, detail));
    };
    let number = number(&record)?;
    let of_app = app.clone();
    let text = app
        .blocking(move || {
            open(&of_app, &access, &id)?;
            let found = access.workspace.session_record(&id, number)?;
            let body = found.ok_or_else(no_record)?.body.ok_or_else(|| {
                let detail = "the content of this record is gone: it was erased, or superseded";
                Refusal::new(ErrorCode::NotFound, detail)
            })?;
            written(&body)
        })
        .await?;
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    // Nothing captured is part of the name.
    let name = format!("attachment; filename=\"argus-record-{number}.json\"");
    if let Ok(value) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
