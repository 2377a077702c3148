//! A plugin as files, and its version. Pure: the same parts give the same bytes.

use std::collections::BTreeMap;

use bytes::Bytes;
use include_dir::{Dir, include_dir};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Client, Settings};

/// `plugin/`, as it is when this program is built.
static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../plugin");
const LICENSE: &[u8] = include_bytes!("../../../../LICENSE");
const MANIFEST: &str = ".claude-plugin/plugin.json";
const CONFIG: &str = "argus.json";
/// The way by shell and curl: that it is there is the leave to use it.
const FALLBACK: &str = "client/fallback.sh";
/// Hex digits of the content's hash that go into the version.
const HASH_DIGITS: usize = 12;

/// A plugin, ready to be installed.
#[derive(Debug, Clone)]
pub struct Bundle {
    version: String,
    files: BTreeMap<String, BundleFile>,
}

/// A file of a plugin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// What is in it.
    pub bytes: Bytes,
    /// True for what is run.
    pub is_program: bool,
}

impl Bundle {
    /// Puts a plugin together. Its version is this release's, followed by a hash of everything that is in it: Claude takes
    /// another version for another plugin, and the same for the same.
    #[must_use]
    pub fn new(settings: &Settings, clients: &[Client]) -> Self {
        let mut files = BTreeMap::new();
        add_template(&TEMPLATE, settings.allows_fallback, &mut files);
        files.insert("LICENSE".to_owned(), file(LICENSE.into(), false));
        for client in clients {
            files.insert(client.path(), file(client.bytes.clone(), true));
        }
        let mut config = settings.json();
        files.insert(CONFIG.to_owned(), json(&config));
        let version = format!("{}-x{}", env!("CARGO_PKG_VERSION"), hash(&files));
        config["bundle_version"] = version.clone().into();
        files.insert(CONFIG.to_owned(), json(&config));
        let mut manifest = manifest();
        manifest["version"] = version.clone().into();
        files.insert(MANIFEST.to_owned(), json(&manifest));
        Self { version, files }
    }

    /// Its version, such as `0.1.0-x3f29c1a70b5e`. After the `x`, so that it is a version by the rules even where the hash
    /// has digits only.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Its files, by their path within the plugin.
    pub fn files(&self) -> impl Iterator<Item = (&str, &BundleFile)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }
}

/// The manifest of the template.
pub(super) fn manifest() -> Value {
    TEMPLATE
        .get_file(MANIFEST)
        .and_then(|file| serde_json::from_slice(file.contents()).ok())
        .unwrap_or_default()
}

fn add_template(
    folder: &'static Dir<'static>,
    allows_fallback: bool,
    files: &mut BTreeMap<String, BundleFile>,
) {
    for found in folder.files() {
        let path = found.path().to_string_lossy().replace('\\', "/");
        if path == FALLBACK && !allows_fallback {
            continue;
        }
        let is_program = path.ends_with(".sh");
        files.insert(path, file(Bytes::from_static(found.contents()), is_program));
    }
    for inner in folder.dirs() {
        add_template(inner, allows_fallback, files);
    }
}

const fn file(bytes: Bytes, is_program: bool) -> BundleFile {
    BundleFile { bytes, is_program }
}

fn json(value: &Value) -> BundleFile {
    let mut text = serde_json::to_vec_pretty(value).unwrap_or_default();
    text.push(b'\n');
    file(text.into(), false)
}

fn hash(files: &BTreeMap<String, BundleFile>) -> String {
    let mut hash = Sha256::new();
    for (path, file) in files {
        hash.update(path);
        hash.update([0, u8::from(file.is_program)]);
        hash.update(Sha256::digest(&file.bytes));
    }
    hex::encode(hash.finalize())[..HASH_DIGITS].to_owned()
}
