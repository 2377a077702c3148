//! The cookie of a sign-in: its token, and nothing else.

use axum::http::{HeaderMap, HeaderValue, header};

/// `__Host-`: the browser takes it only with `Secure`, without a domain, for the whole origin, so that no other host can set it.
/// Chromium and Firefox count loopback addresses as secure; Safari does not, and takes it over TLS only.
const NAME: &str = "__Host-argus";

/// The token that a browser sends.
pub(crate) fn read(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == NAME && !value.is_empty()).then_some(value)
        })
}

/// The header that gives a browser a token.
pub(crate) fn set(token: &str, lifetime_s: i64) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!(
        "{NAME}={token}; Path=/; Max-Age={lifetime_s}; Secure; HttpOnly; SameSite=Lax"
    ))
    .ok()
}

/// The header that takes it away.
pub(crate) fn clear() -> HeaderValue {
    HeaderValue::from_static("__Host-argus=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("a=b; __Host-argus=tok; argus=x"),
        );
        assert_eq!(read(&headers), Some("tok"));
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("argus=x; __Host-argus="),
        );
        assert_eq!(read(&headers), None);
        assert!(
            set("t", 5).is_some_and(|value| value.to_str().is_ok_and(|text| {
                text.starts_with("__Host-argus=t; Path=/; Max-Age=5;") && text.contains("HttpOnly")
            }))
        );
        assert!(clear().to_str().is_ok_and(|text| text.starts_with(NAME)));
    }
}
