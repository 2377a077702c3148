//! Passwords: argon2id, with the parameters that OWASP names (19 MiB, 2 passes, 1 lane).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use argus_session::Random;

use crate::refusal::{ErrorCode, Refusal};

/// Shortest and longest password, in characters and bytes.
pub(crate) const PASSWORD_CHARACTERS_MIN: usize = 12;
const PASSWORD_BYTES_MAX: usize = 1_024;

/// What a password that nobody has is checked against, so that an unknown address takes as long as a known one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$YXJndXMtbm9ib2R5LTE2Yg$0000000000000000000000000000000000000000000";

/// A new password's hash, in the form that argon2 writes.
///
/// # Errors
/// When it is too short or too long.
pub(crate) fn hash(password: &str, random: &dyn Random) -> Result<String, Refusal> {
    if password.chars().count() < PASSWORD_CHARACTERS_MIN || password.len() > PASSWORD_BYTES_MAX {
        return Err(Refusal::new(
            ErrorCode::InvalidRequest,
            format!(
                "a password has at least {PASSWORD_CHARACTERS_MIN} characters and at most {PASSWORD_BYTES_MAX} bytes: a few words do"
            ),
        ));
    }
    let mut salt = [0; 16];
    random.fill(&mut salt);
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| Refusal::new(ErrorCode::Internal, "the password could not be hashed"))?;
    Ok(hash.to_string())
}

/// Whether a password is the one that was hashed; takes as long without a hash.
pub(crate) fn verify(password: &str, held: Option<&str>) -> bool {
    let Ok(parsed) = PasswordHash::new(held.unwrap_or(NOBODY)) else {
        return false;
    };
    let fits = password.len() <= PASSWORD_BYTES_MAX
        && Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok();
    fits && held.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Zeroes;
    impl Random for Zeroes {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    #[test]
    fn a_password_verifies_and_no_other_does() {
        let held = hash("correct horse battery", &Zeroes).unwrap();
        assert!(
            held.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{held}"
        );
        assert!(verify("correct horse battery", Some(&held)));
        assert!(!verify("correct horse batterz", Some(&held)));
        assert!(!verify("anything at all", None));
        assert!(PasswordHash::new(NOBODY).is_ok());
    }

    #[test]
    fn a_short_password_is_refused() {
        assert!(hash("elevenchars", &Zeroes).is_err());
        assert!(hash(&"x".repeat(2_000), &Zeroes).is_err());
    }
}
