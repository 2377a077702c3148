//! `GET /share/{token}`: what a link shows, for whoever has it.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use argus_export::html;
use argus_store::{FoundShare, Share, StoreError, Workspace};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use tokio::time::timeout_at;

use super::still_shared;
use crate::api::extract::Segments;
use crate::app::{App, ClientAddress};
use crate::export::{self, NoBody, share};
use crate::refusal::Refusal;

/// What a link shows: the page of a session, or of some of its turns, as the store holds it now.
#[utoipa::path(get, path = "/share/{token}", tag = "sharing", operation_id = "open_share", params(("token" = String, Path)),
    responses((status = 200, description = "The page", content_type = "text/html"), (status = 404, description = "The link leads nowhere, as a page"),
        (status = 410, description = "The link was revoked or is over, as a page"), (status = 429, description = "Too many links were opened from there, as a page"),
        (status = 503, description = "This link, or all links together, are shown as often at a time as may be, or the page took too long, as a page")))]
pub(crate) async fn open(
    State(app): State<Arc<App>>,
    ClientAddress(address): ClientAddress,
    Segments(token): Segments<String>,
) -> Result<Response, Refusal> {
    let now_us = app.store.now_us();
    if app
        .share_attempts
        .count_opening(&token, address, now_us)
        .is_err()
    {
        return Ok(message(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many at once",
            "Links were opened too often from here. Wait a quarter of an hour.",
        ));
    }
    // Room first: what is not shown for want of it is no opening.
    let Some(place) = app.shown_of_link.take(&token) else {
        return Ok(message(
            StatusCode::SERVICE_UNAVAILABLE,
            "This link is being opened",
            "It is shown as often at a time as one link may be. Try again in a moment.",
        ));
    };
    let Ok(held) = app.shown.clone().try_acquire_owned() else {
        return Ok(message(
            StatusCode::SERVICE_UNAVAILABLE,
            "Too many at once",
            "As many links are being shown as this server has room for. Try again in a moment.",
        ));
    };
    let until = Instant::now() + app.limits.share_page_within;
    let (of_app, network) = (app.clone(), network(address));
    let finding = app.blocking(move || find(&of_app, &token, &network));
    let Ok(found) = timeout_at(until.into(), finding).await else {
        return Ok(late());
    };
    let (workspace, share) = match found? {
        Found::Page(workspace, share) => (workspace, share),
        Found::Over => {
            return Ok(message(
                StatusCode::GONE,
                "This link is over",
                "It was revoked, or its time has run out. Ask whoever gave it to you for a new one.",
            ));
        }
        Found::Nothing => return Ok(nowhere()),
    };
    let body = export::body_until(until, (place, held), move |out| {
        share::write(&app, &workspace, &share.session_id, &share.content, out)?;
        Ok(())
    });
    let mut response = match body.await {
        Ok(body) => Response::new(body),
        Err(NoBody::Late) => return Ok(late()),
        // Its session went since it was found.
        Err(NoBody::Empty) => return Ok(nowhere()),
        Err(NoBody::Failed) => {
            return Ok(message(
                StatusCode::INTERNAL_SERVER_ERROR,
                "This page could not be made",
                "That is the server's fault, not yours: its log says how. Tell whoever gave you the link.",
            ));
        }
    };
    share::bind(response.headers_mut(), share::Framed::ByNobody);
    Ok(response)
}

fn nowhere() -> Response {
    message(
        StatusCode::NOT_FOUND,
        "This link leads nowhere",
        "It is not a whole link, or what it showed was erased. Ask whoever gave it to you.",
    )
}

fn late() -> Response {
    message(
        StatusCode::SERVICE_UNAVAILABLE,
        "This page took too long",
        "The server could not make it in time. That is its fault, not yours: try again later.",
    )
}

/// What a token leads to, once its opening is noted.
enum Found {
    Page(Workspace, Box<Share>),
    Over,
    Nothing,
}

fn find(app: &App, token: &str, network: &str) -> Result<Found, Refusal> {
    let (workspace, share) = match app.store.find_share(token)? {
        Some(FoundShare::Open(workspace, share)) => (workspace, share),
        Some(FoundShare::Over) => return Ok(Found::Over),
        None => return Ok(Found::Nothing),
    };
    if !still_shared(&workspace, &share)? {
        return Ok(Found::Over);
    }
    // No look without its act.
    match workspace.open_share(&share, network) {
        Ok(()) => Ok(Found::Page(workspace, share)),
        Err(StoreError::NotFound { .. }) => Ok(Found::Over),
        Err(error) => Err(error.into()),
    }
}

/// The network that an address is of, as far as visitors are told apart: neighbours are one.
fn network(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Some(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

fn message(status: StatusCode, title: &'static str, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(html::message(title, text)));
    *response.status_mut() = status;
    let headers: &mut HeaderMap = response.headers_mut();
    share::bind(headers, share::Framed::ByNobody);
    let again_after_s = match status {
        StatusCode::TOO_MANY_REQUESTS => "900",
        StatusCode::SERVICE_UNAVAILABLE => "10",
        _ => return response,
    };
    headers.insert(header::RETRY_AFTER, HeaderValue::from_static(again_after_s));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_network() {
        let of = |text: &str| network(Some(text.parse().unwrap()));
        assert_eq!(of("203.0.113.9"), "203.0.113.0/24");
        assert_eq!(of("::ffff:203.0.113.200"), of("203.0.113.9"));
        assert_eq!(of("2001:db8:7:1::9"), "2001:db8:7::/48");
        assert_eq!(network(None), "unknown");
    }
}
