//! `POST …/sessions/{session}/shares/preview` and `GET …/share-previews/{preview}`: what a link would show, before there is one.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::ShareRequest;
use super::previews::Preview;
use crate::api::extract::{Input, Segments};
use crate::api::reply;
use crate::api::sessions::open;
use crate::app::App;
use crate::auth::principal::Access;
use crate::export::{self, share};
use crate::refusal::{ErrorCode, Refusal};

/// So many things of a kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RedactedCount {
    kind: String,
    count: u64,
}

/// What a link would show, in numbers; its page is at `share-previews/{preview}` for ten minutes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharePreview {
    /// The preview's id.
    preview: String,
    turns: u64,
    /// Size of the page.
    bytes: u64,
    /// What redaction replaced in what is shown, when it was stored.
    redacted: Vec<RedactedCount>,
    /// In how many places of the page a word or pattern is masked.
    masked: u64,
    /// Tool outputs that are left out.
    outputs_left_out: u64,
    /// Thoughts that are left out.
    thinking_left_out: u64,
    /// Of a part of a session: summaries of what was compacted that are left out, since they tell of turns that are not shown.
    summaries_left_out: u64,
}

/// Looks at what a link would show.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/sessions/{session}/shares/preview", tag = "sharing", operation_id = "preview_share",
    params(("workspace" = String, Path), ("session" = String, Path)), request_body = ShareRequest,
    responses((status = 200, body = SharePreview), (status = 400, description = "There are no such turns, or a word or pattern cannot be masked"), (status = 404, description = "No such session that the reader may read")))]
pub(crate) async fn look(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Segments((_, id)): Segments<(String, String)>,
    Input(asked): Input<ShareRequest>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let looked = app
        .blocking(move || {
            open(&of_app, &access, &id)?;
            let content = asked.content(&access.workspace, &id, of_app.store.now_us())?;
            let mut size = share::Counting::default();
            let shown = share::write(&of_app, &access.workspace, &id, &content, &mut size)?
                .ok_or_else(gone)?;
            let preview = of_app.share_previews.keep(
                Preview {
                    workspace: access.workspace.name().to_owned(),
                    by: access.principal.actor(),
                    session: id,
                    content,
                },
                of_app.store.now_us(),
                of_app.random.as_ref(),
            );
            Ok(SharePreview {
                preview,
                turns: shown.turns,
                bytes: size.bytes,
                redacted: shown
                    .redacted
                    .into_iter()
                    .map(|(kind, count)| RedactedCount { kind, count })
                    .collect(),
                masked: shown.masked,
                outputs_left_out: shown.outputs_left_out,
                thinking_left_out: shown.thinking_left_out,
                summaries_left_out: shown.summaries_left_out,
            })
        })
        .await?;
    reply::json(&headers, &looked)
}

/// The page that a link would show: by the same writer, from the same store. For a frame of the server's own page.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/share-previews/{preview}", tag = "sharing", operation_id = "get_share_preview",
    params(("workspace" = String, Path), ("preview" = String, Path)),
    responses((status = 200, description = "The page", content_type = "text/html"), (status = 404, description = "The preview is over, or somebody else's")))]
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, preview)): Segments<(String, String)>,
) -> Result<Response, Refusal> {
    let by = access.principal.actor();
    let kept = app
        .share_previews
        .find(&preview, app.store.now_us())
        .filter(|kept| kept.by == by && kept.workspace == access.workspace.name())
        .ok_or_else(preview_is_over)?;
    let Ok(held) = app.downloads.clone().try_acquire_owned() else {
        let detail = "as many downloads run as the server has room for: try again in a moment";
        return Err(Refusal::new(ErrorCode::Unavailable, detail));
    };
    let of_app = app.clone();
    let kept = app
        .blocking(move || {
            open(&of_app, &access, &kept.session)?;
            Ok((kept, access))
        })
        .await?;
    let body = export::body(held, move |out| {
        let (kept, access) = kept;
        share::write(&app, &access.workspace, &kept.session, &kept.content, out)?;
        Ok(())
    });
    let mut response = Response::new(body);
    share::bind(response.headers_mut(), share::Framed::ByOwnPages);
    Ok(response)
}

pub(super) fn preview_is_over() -> Refusal {
    Refusal::new(
        ErrorCode::NotFound,
        "this preview is over: look at it again from the dialog",
    )
}

fn gone() -> Refusal {
    Refusal::new(ErrorCode::NotFound, "the session went meanwhile")
}
