//! `GET /healthz`, `/readyz`, `/metrics`: is it alive, can it take something, what has it done.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde_json::json;

use crate::app::App;
use crate::auth::principal::Principal;
use crate::own_metrics::Gauges;
use crate::problem;
use crate::refusal::{ErrorCode, Refusal};

/// 200 as long as the process answers.
pub(crate) async fn healthz() -> Response {
    answer(
        "application/json",
        json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}).to_string(),
    )
}

/// 200 when deliveries are taken; 503 while the server stops, the store cannot be read or written or its writers are
/// behind.
pub(crate) async fn readyz(State(app): State<Arc<App>>) -> Response {
    let of_app = app.clone();
    // It may wait for the disk.
    let found = tokio::task::spawn_blocking(move || ready(&of_app)).await;
    let found = found.unwrap_or_else(|_| {
        let detail = "the server failed: its log says how";
        Err(Refusal::new(ErrorCode::Internal, detail))
    });
    match found {
        Ok(()) => answer("application/json", json!({"status": "ready"}).to_string()),
        Err(refusal) => problem::response(&refusal, &app.request_id()),
    }
}

fn ready(app: &App) -> Result<(), Refusal> {
    if app.is_stopping() {
        return Err(Refusal::new(
            ErrorCode::Unavailable,
            "the server is stopping",
        ));
    }
    for info in app.store.workspaces()? {
        if let Some(workspace) = app.store.workspace(&info.name)? {
            app.check_queue(&workspace)?;
            workspace.check_writable()?;
        }
    }
    Ok(())
}

/// The server's own metrics. They name workspaces: where others than this machine reach the server, a read key or a sign-in is
/// needed, and those of its workspaces are told.
pub(crate) async fn metrics(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let of_app = app.clone();
    let gauges = app.blocking(move || gauges(&of_app, &headers)).await;
    let gauges = match gauges {
        Ok(gauges) => gauges,
        Err(refusal) => return problem::response(&refusal, &app.request_id()),
    };
    answer(
        "text/plain; version=0.0.4; charset=utf-8",
        app.metrics.render(&gauges),
    )
}

fn gauges(app: &App, headers: &HeaderMap) -> Result<Gauges, Refusal> {
    let principal = match app.is_https {
        true => Some(Principal::of(&app.store, headers)?),
        false => None,
    };
    let mut gauges = Gauges {
        in_flight_bytes: app.budget.used(),
        ..Gauges::default()
    };
    for info in app.store.workspaces()? {
        let may_know = match &principal {
            Some(principal) => principal.access(&app.store, &info.name)?.is_some(),
            None => true,
        };
        if may_know && let Some(workspace) = app.store.workspace(&info.name)? {
            gauges
                .search
                .push((info.name.clone(), workspace.search_lag()?));
            gauges
                .workspaces
                .push((info.name, workspace.queued_bytes(), workspace.lag_records()));
        }
    }
    Ok(gauges)
}

fn answer(media_type: &'static str, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}
