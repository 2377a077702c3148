//! `DELETE /api/v1/self/sign-ins/{sign_in}`: signs a browser out from afar.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Principal;
use crate::refusal::{ErrorCode, Refusal};

/// Ends one of the own sign-ins.
#[utoipa::path(delete, path = "/api/v1/self/sign-ins/{sign_in}", tag = "self", operation_id = "end_sign_in",
    params(("sign_in" = String, Path)),
    responses((status = 204, description = "Ended"), (status = 404, description = "No such sign-in")))]
pub(crate) async fn end(
    State(app): State<Arc<App>>,
    principal: Principal,
    Segments(id): Segments<String>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let was_there = app
        .blocking(move || match principal {
            Principal::Account { account, .. } => Ok(of_app.store.end_sign_in(&account.id, &id)?),
            Principal::Key(_) => Ok(false),
        })
        .await?;
    if was_there {
        Ok(reply::empty(StatusCode::NO_CONTENT))
    } else {
        Err(Refusal::new(
            ErrorCode::NotFound,
            "you have no sign-in with this id",
        ))
    }
}
