//! Tools that the tests need, installed in pinned versions where they are missing.

use crate::run::{cargo, has, run};

/// cargo-deny: licences, bans, sources.
const CARGO_DENY: &str = "0.20.2";

/// Installs cargo-deny if it is not there.
pub(crate) fn cargo_deny() -> Result<(), String> {
    if has("cargo-deny", "--version") {
        return Ok(());
    }
    println!("cargo-deny is not there: installing {CARGO_DENY}");
    run(cargo().args(["install", "cargo-deny", "--locked", "--version", CARGO_DENY]))
}
