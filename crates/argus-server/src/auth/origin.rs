//! Requests that change something come from this server's own pages. A cookie goes along with any page's request; where the
//! request is from, only the browser says.

use axum::http::{HeaderMap, Uri, header};

use super::host;
use crate::refusal::{ErrorCode, Refusal};

/// # Errors
/// Forbidden when the browser says that another page sent the request, or nothing says where it is from.
pub(crate) fn check(headers: &HeaderMap, uri: &Uri) -> Result<(), Refusal> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_own = match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        // Old browsers, and pages whose address is not https or loopback.
        None => match (text(header::ORIGIN.as_str()), host::of(headers, uri)) {
            (Some(origin), Some(host)) => origin
                .split_once("://")
                .is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
            _ => false,
        },
    };
    if is_own {
        return Ok(());
    }
    Err(Refusal::new(
        ErrorCode::Forbidden,
        "this request did not come from a page of this server: with a cookie, only its own pages change anything",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn checked(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers: HeaderMap = pairs
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        check(&headers, &Uri::from_static("/")).is_ok()
    }

    #[test]
    fn only_own_pages_pass() {
        assert!(checked(&[("sec-fetch-site", "same-origin")]));
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(!checked(&[
                ("sec-fetch-site", site),
                ("origin", "http://a"),
                ("host", "a")
            ]));
        }
        assert!(checked(&[
            ("origin", "http://localhost:4318"),
            ("host", "localhost:4318")
        ]));
        assert!(!checked(&[
            ("origin", "http://localhost:81"),
            ("host", "localhost:4318")
        ]));
        assert!(!checked(&[("origin", "null"), ("host", "localhost:4318")]));
        assert!(!checked(&[("host", "localhost:4318")]));
    }
}
