//! A session as one HTML file: nothing is loaded, nothing runs, everything captured is text.
//!
//! Folding is `<details>`, the theme follows the system, the outline is a list of anchors. The policy in the page's head (and
//! in the header, where a server sends it) allows this page's own style sheet, by its hash, and pictures that stand in the
//! page; nothing else, so that even markup that got in would do nothing.

mod markup;
pub mod notes;
mod page;
mod picture;
mod prose;
mod step;
pub(crate) mod tool;

use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

pub(crate) use markup::Markup;
pub use page::{About, message, write};
pub(crate) use page::{facts, seen, title, turn_facts};
pub(crate) use prose::prose;

/// The page's style sheet.
pub(crate) const STYLE: &str = include_str!("html/style.css");

/// What the page may do, as a content security policy.
#[must_use]
pub fn policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| policy_with(STYLE));
    &POLICY
}

/// The policy of a page with this style sheet.
pub(crate) fn policy_with(style: &str) -> String {
    let hash = BASE64_STANDARD.encode(Sha256::digest(style));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}
