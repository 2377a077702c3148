//! What the real client sent, as it is in the repository's recordings: every item is kept, whatever the encoding.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use argus_server::ingest::otlp::{Encoding, Signal, decode, unframed};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.parent().is_some_and(|parent| parent.ends_with("otlp")) {
            found.push(path);
        }
    }
}

#[test]
fn every_recorded_item_is_kept_and_names_its_session() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["demo/recordings", "e2e/recordings"] {
        files(&root.join(folder), &mut found);
    }
    let mut items: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for path in found {
        let name = path.file_name().unwrap().to_str().unwrap();
        let (stem, kind) = name.split_once('.').unwrap();
        let encoding = match kind {
            "json" => Encoding::Json,
            "pb" | "grpc.pb" => Encoding::Protobuf,
            _ => continue,
        };
        let signal = Signal::ALL
            .into_iter()
            .find(|signal| stem.ends_with(signal.as_str()))
            .unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let decoded = decode(signal, encoding, unframed(&bytes))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(decoded.rejected, [], "{name}");
        assert!(
            decoded
                .items
                .iter()
                .all(|item| item.session_id.is_some() && item.at_us.is_some()),
            "{name}"
        );
        let kind = if encoding == Encoding::Json {
            "json"
        } else {
            "protobuf"
        };
        *items.entry((signal.as_str(), kind)).or_insert(0) += decoded.items.len();
    }
    for signal in Signal::ALL {
        assert!(items.contains_key(&(signal.as_str(), "json")), "{items:?}");
    }
}
