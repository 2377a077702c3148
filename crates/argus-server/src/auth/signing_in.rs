//! Making a sign-in: its token, how long it is good for, its cookie.

use std::net::IpAddr;

use argus_session::Random;
use argus_store::{Account, SignIn, Store};
use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::cookie;
use crate::refusal::{ErrorCode, Refusal};

/// A sign-in ends when it is not used for this long: half a day, in microseconds.
const IDLE_US: i64 = 12 * 3_600 * 1_000_000;
/// It ends after this long, used or not: a week.
const ABSOLUTE_US: i64 = 7 * 24 * 3_600 * 1_000_000;
/// That it is used is noted this often: a minute.
pub(crate) const TOUCH_US: i64 = 60 * 1_000_000;

/// Signs an account in: the sign-in, and the cookie that holds its token.
///
/// # Errors
/// When the store cannot be written.
pub(crate) fn sign_in(
    store: &Store,
    random: &dyn Random,
    account: &Account,
    headers: &HeaderMap,
    address: Option<IpAddr>,
) -> Result<(SignIn, HeaderValue), Refusal> {
    let mut secret = [0; 32];
    random.fill(&mut secret);
    let token = BASE64_URL_SAFE_NO_PAD.encode(secret);
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let address = address
        .map(|address| address.to_string())
        .unwrap_or_default();
    let made = store.sign_in(
        &account.id,
        &hash(&token),
        store.now_us() + ABSOLUTE_US,
        user_agent,
        &address,
    )?;
    let cookie = cookie::set(&token, ABSOLUTE_US / 1_000_000)
        .ok_or_else(|| Refusal::new(ErrorCode::Internal, "the cookie could not be made"))?;
    Ok((made, cookie))
}

/// What is kept of a token.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// When a sign-in ends: at its absolute end, or earlier if it is not used.
pub(crate) fn ends_at_us(sign_in: &SignIn) -> i64 {
    sign_in.expires_at_us.min(sign_in.last_seen_at_us + IDLE_US)
}
