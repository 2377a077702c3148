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
/// needed.
pub(crate) async fn metrics(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if app.is_https {
        let of_app = app.clone();
        let principal = app
            .blocking(move || Principal::of(&of_app.store, &headers))
            .await;
        if let Err(refusal) = principal {
            return problem::response(&refusal, &app.request_id());
        }
    }
    let mut gauges = Gauges {
        in_flight_bytes: app.budget.used(),
        ..Gauges::default()
    };
    for info in app.store.workspaces().unwrap_or_default() {
        if let Ok(Some(workspace)) = app.store.workspace(&info.name) {
            gauges
                .workspaces
                .push((info.name, workspace.queued_bytes(), workspace.lag_records()));
        }
    }
    answer(
        "text/plain; version=0.0.4; charset=utf-8",
        app.metrics.render(&gauges),
    )
}

fn answer(media_type: &'static str, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}
