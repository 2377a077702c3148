//! Signatures by Standard Webhooks: `v1,` and the base64 of an HMAC-SHA-256 over id, timestamp and body. Pure.

use argus_store::HookSecret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// How far a call's time may be from the server's, in seconds. Within it a call that somebody recorded can be sent again: it
/// is known, and changes nothing.
pub(super) const TIME_APART_MAX_S: i64 = 300;
/// Signatures of one header that are looked at: a sender that rotates its secret has two.
const SIGNATURES_MAX: usize = 16;

/// What a call's headers say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) id: &'a str,
    /// As it was sent: it is part of what is signed.
    pub(super) timestamp: &'a str,
    /// Several, with spaces between.
    pub(super) signatures: &'a str,
}

impl Signed<'_> {
    /// When it was sent, in seconds; `None` when that is no number or not about now.
    pub(super) fn sent_s(&self, now_us: i64) -> Option<i64> {
        let sent: i64 = self.timestamp.parse().ok()?;
        let apart = sent.checked_sub(now_us / 1_000_000)?.checked_abs()?;
        (apart <= TIME_APART_MAX_S).then_some(sent)
    }

    /// The secret that one of the signatures is by. Compares in constant time.
    pub(super) fn by<'s>(&self, secrets: &'s [HookSecret], body: &[u8]) -> Option<&'s HookSecret> {
        let given: Vec<Vec<u8>> = self
            .signatures
            .split_ascii_whitespace()
            .take(SIGNATURES_MAX)
            .filter_map(|signature| STANDARD.decode(signature.strip_prefix("v1,")?).ok())
            .collect();
        secrets.iter().find(|secret| {
            let mut mac = Hmac::<Sha256>::new_from_slice(&secret.key)
                .expect("HMAC takes a key of any length");
            mac.update(self.id.as_bytes());
            mac.update(b".");
            mac.update(self.timestamp.as_bytes());
            mac.update(b".");
            mac.update(body);
            given
                .iter()
                .any(|given| mac.clone().verify_slice(given).is_ok())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification.
    #[test]
    fn the_specifications_example_is_taken_and_nothing_near_it() {
        let secret = HookSecret {
            id: "a".to_owned(),
            project: "p".to_owned(),
            key: STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap(),
        };
        let other = HookSecret {
            id: "x".to_owned(),
            key: vec![1; 24],
            ..secret.clone()
        };
        let secrets = [other, secret];
        let body = br#"{"test": 2432232314}"#;
        let good = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        let signed = |id, signatures| Signed {
            id,
            timestamp: "1614265330",
            signatures,
        };
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let by = |signed: Signed<'_>, body: &[u8]| {
            signed.by(&secrets, body).map(|secret| secret.id.clone())
        };
        assert_eq!(by(signed(id, good), body).as_deref(), Some("a"));
        let several = format!("v1,AAAA v1a,x {good}");
        assert!(by(signed(id, &several), body).is_some());
        assert!(by(signed(id, good), b"{}").is_none());
        assert!(by(signed("msg_other", good), body).is_none());
        for bad in [
            "",
            "v1,",
            "v1,!!",
            &good[3..],
            "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ] {
            assert!(by(signed(id, bad), body).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_time_that_is_not_about_now_is_none() {
        let at = |timestamp| Signed {
            id: "",
            timestamp,
            signatures: "",
        };
        let now_us = 1_614_265_330_000_000;
        assert_eq!(at("1614265330").sent_s(now_us), Some(1_614_265_330));
        assert!(at("1614265030").sent_s(now_us).is_some());
        for far in [
            "1614265029",
            "1614265631",
            "",
            "x",
            "-9223372036854775808",
            "1e9",
        ] {
            assert!(at(far).sent_s(now_us).is_none(), "{far}");
        }
    }
}
