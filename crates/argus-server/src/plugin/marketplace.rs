//! A marketplace with one plugin, as `claude plugin marketplace add` takes it.

use serde_json::{Value, json};

use super::bundle::manifest;
use super::{Bundle, NAME};

/// For a folder that has the plugin in `argus/`.
#[must_use]
pub fn marketplace_of_folder(bundle: &Bundle) -> Value {
    marketplace(bundle.version(), &json!(format!("./{NAME}")))
}

/// For an address: the plugin is an archive at another, with this hash.
pub(crate) fn marketplace_of_archive(version: &str, url: &str, sha256: &str) -> Value {
    let source = json!({"source": "archive", "url": url, "sha256": sha256});
    marketplace(version, &source)
}

fn marketplace(version: &str, source: &Value) -> Value {
    let manifest = manifest();
    json!({
        "name": NAME,
        "description": "The capture plugin of an Argus server.",
        "owner": manifest["author"],
        "plugins": [{
            "name": NAME,
            "description": manifest["description"],
            "version": version,
            "source": source,
        }],
    })
}
