//! `GET /share/{token}`: what a link shows, for whoever has it.

use std::net::IpAddr;
use std::sync::Arc;

use argus_export::html;
use argus_store::{FoundShare, ReadScope, Share, StoreError, Workspace};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::api::extract::Segments;
use crate::app::{App, ClientAddress};
use crate::auth::permission::{self, Permission};
use crate::export::{self, share};
use crate::refusal::{ErrorCode, Refusal};

/// What a link shows: the page of a session, or of some of its turns, as the store holds it now.
#[utoipa::path(get, path = "/share/{token}", tag = "sharing", operation_id = "open_share", params(("token" = String, Path)),
    responses((status = 200, description = "The page", content_type = "text/html"), (status = 404, description = "The link leads nowhere, as a page"),
        (status = 410, description = "The link was revoked or is over, as a page"), (status = 429, description = "Too many links were opened from there, as a page")))]
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
    let Ok(held) = app.shown.clone().try_acquire_owned() else {
        let detail = "as many links are open as the server has room for: try again in a moment";
        return Err(Refusal::new(ErrorCode::Unavailable, detail));
    };
    let (of_app, network) = (app.clone(), network(address));
    let found = app
        .blocking(move || find(&of_app, &token, &network))
        .await?;
    let (workspace, share) = match found {
        Found::Page(workspace, share) => (workspace, share),
        Found::Over => {
            return Ok(message(
                StatusCode::GONE,
                "This link is over",
                "It was revoked, or its time has run out. Ask whoever gave it to you for a new one.",
            ));
        }
        Found::Nothing => {
            return Ok(message(
                StatusCode::NOT_FOUND,
                "This link leads nowhere",
                "It is not a whole link, or what it showed was erased. Ask whoever gave it to you.",
            ));
        }
    };
    let body = export::body(held, move |out| {
        share::write(&app, &workspace, &share.session_id, &share.content, out)?;
        Ok(())
    });
    let mut response = Response::new(body);
    share::bind(response.headers_mut(), share::Framed::ByNobody);
    Ok(response)
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
    if !may_still_share(&workspace, &share)? {
        return Ok(Found::Over);
    }
    // No look without its act.
    match workspace.open_share(&share, network) {
        Ok(()) => Ok(Found::Page(workspace, share)),
        Err(StoreError::NotFound { .. }) => Ok(Found::Over),
        Err(error) => Err(error.into()),
    }
}

/// Whether who made a link could make it now: a link shows no more than its maker may read and share.
fn may_still_share(workspace: &Workspace, share: &Share) -> Result<bool, Refusal> {
    let account = share.author.strip_prefix("account:").unwrap_or_default();
    let Some(member) = workspace.member(account)? else {
        return Ok(false);
    };
    if !permission::of_role(member.grant.role).contains(&Permission::SharesWrite) {
        return Ok(false);
    }
    let scope = ReadScope {
        projects: member.grant.projects,
        own_of: None,
    };
    Ok(workspace.shared(&share.id, &scope)?.is_some())
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
    if status == StatusCode::TOO_MANY_REQUESTS {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("900"));
    }
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
