//! The capture client's programs, as far as this server has them.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;

/// Platforms that a plugin can have a program for: system and processor, as `std` names them.
pub const PLATFORMS: [&str; 6] = [
    "linux-x86_64",
    "linux-aarch64",
    "macos-aarch64",
    "macos-x86_64",
    "windows-x86_64",
    "windows-aarch64",
];
/// Largest program that is taken, in bytes: all of them are held in memory, and go to every machine.
const CLIENT_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// A program of the capture client.
#[derive(Debug, Clone)]
pub struct Client {
    /// One of [`PLATFORMS`].
    pub platform: &'static str,
    /// The program.
    pub bytes: Bytes,
}

/// Why the programs cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ClientsError {
    /// One cannot be read.
    #[error("the capture client {path} cannot be read: {source}", path = path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// One is no capture client.
    #[error("{path} has {size} bytes: a capture client has at most {CLIENT_BYTES_MAX}; build it with `cargo build --profile capture -p argus-capture`", path = path.display())]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// Its size.
        size: u64,
    },
}

impl Client {
    /// Its place in the plugin.
    pub(crate) fn path(&self) -> String {
        format!("client/{}/{}", self.platform, program(self.platform))
    }
}

/// The platform of this program itself, where it is one of [`PLATFORMS`].
#[must_use]
pub fn own_platform() -> Option<&'static str> {
    let own = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
    PLATFORMS.into_iter().find(|platform| *platform == own)
}

/// The programs that lie in folders: `FOLDER/PLATFORM/argus-capture[.exe]` for every platform, `FOLDER/argus-capture` for
/// that of this program. What is in the first folder counts.
///
/// # Errors
/// One that is there cannot be read, or cannot be the client.
pub fn clients(folders: &[PathBuf]) -> Result<Vec<Client>, ClientsError> {
    places(folders)
        .into_iter()
        .map(|(platform, path)| {
            Ok(Client {
                platform,
                bytes: read(&path)?,
            })
        })
        .collect()
}

/// Where they lie.
pub(super) fn places(folders: &[PathBuf]) -> Vec<(&'static str, PathBuf)> {
    PLATFORMS
        .into_iter()
        .filter_map(|platform| {
            let of_folder = |folder: &PathBuf| {
                let named = folder.join(platform).join(program(platform));
                let plain =
                    (own_platform() == Some(platform)).then(|| folder.join(program(platform)));
                std::iter::once(named)
                    .chain(plain)
                    .find(|path| path.is_file())
            };
            Some((platform, folders.iter().find_map(of_folder)?))
        })
        .collect()
}

fn program(platform: &str) -> &'static str {
    if platform.starts_with("windows-") {
        "argus-capture.exe"
    } else {
        "argus-capture"
    }
}

fn read(path: &Path) -> Result<Bytes, ClientsError> {
    let failed = |source| ClientsError::Read {
        path: path.to_owned(),
        source,
    };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > CLIENT_BYTES_MAX {
        return Err(ClientsError::TooLarge {
            path: path.to_owned(),
            size,
        });
    }
    std::fs::read(path).map(Bytes::from).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_counts_and_a_plain_program_is_of_this_platform() {
        let root = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        put("first/macos-aarch64/argus-capture", "first");
        put("second/macos-aarch64/argus-capture", "second");
        put("second/windows-x86_64/argus-capture.exe", "exe");
        put("second/windows-aarch64/argus-capture", "without its end");
        put("second/plan9-x86_64/argus-capture", "unknown");
        put("second/argus-capture", "own");
        let folders = ["first", "second", "third"].map(|name| root.path().join(name));
        let found: Vec<(&str, Bytes)> = clients(&folders)
            .unwrap()
            .into_iter()
            .map(|client| (client.platform, client.bytes))
            .collect();
        let mut expected = vec![
            ("macos-aarch64", Bytes::from("first")),
            ("windows-x86_64", Bytes::from("exe")),
        ];
        if own_platform() == Some("linux-x86_64") {
            expected.insert(0, ("linux-x86_64", Bytes::from("own")));
        }
        assert_eq!(found, expected);
    }
}
