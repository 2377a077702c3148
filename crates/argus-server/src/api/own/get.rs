//! `GET /api/v1/self`: who is asking, and what they may do.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::SelfView;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Principal;
use crate::refusal::Refusal;

/// Who am I, what may I.
#[utoipa::path(get, path = "/api/v1/self", tag = "self", operation_id = "get_self", responses((status = 200, body = SelfView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    principal: Principal,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || SelfView::of(&of_app, &principal))
        .await?;
    reply::json(&headers, &view)
}
