//! The built web UI as bytes, nothing else: what `web/` builds to, each file with its media type, its hash, and compressed
//! where that pays.
//!
//! A release build, or one with `ARGUS_WEB=build`, builds the UI first. Any other embeds `web/dist` if it is there, else a
//! page that says how to get it.

/// A file of the UI.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// Its path below the root, such as `assets/index-3f2a.js`.
    pub path: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// The first 16 hex digits of its SHA-256.
    pub hash: &'static str,
    /// As it is.
    pub bytes: &'static [u8],
    /// By gzip, where that is smaller.
    pub gzip: Option<&'static [u8]>,
}

impl Asset {
    /// True for a file whose name changes with its content.
    #[must_use]
    pub fn is_immutable(&self) -> bool {
        self.path.starts_with("assets/")
    }
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file with this path.
#[must_use]
pub fn asset(path: &str) -> Option<&'static Asset> {
    ASSETS
        .binary_search_by(|asset| asset.path.cmp(path))
        .ok()
        .map(|place| &ASSETS[place])
}

/// The page that every address of the UI is answered with.
#[must_use]
pub fn page() -> &'static Asset {
    asset("index.html").unwrap_or(&NOT_BUILT)
}

/// True when the UI itself is in this build.
#[must_use]
pub fn is_built() -> bool {
    asset("index.html").is_some()
}

const NOT_BUILT: Asset = Asset {
    path: "index.html",
    media_type: "text/html; charset=utf-8",
    hash: "not-built",
    bytes: include_bytes!("not_built.html"),
    gzip: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_their_path() {
        assert!(ASSETS.is_sorted_by_key(|asset| asset.path));
        for known in ASSETS {
            assert_eq!(asset(known.path).map(|found| found.hash), Some(known.hash));
        }
        assert!(asset("../Cargo.toml").is_none());
        assert!(!page().bytes.is_empty());
    }
}
