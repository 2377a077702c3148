//! The token of who signed in: in the key store of the operating system where that is one, else in a file that only its owner
//! may read. Only the file is tested.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::error::CaptureError;
use crate::paths::StateFolder;
use crate::{platform, store_file};

/// What signing in gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Token {
    /// The key.
    pub(crate) token: String,
    /// Whose it is, by e-mail address.
    #[serde(default)]
    pub(crate) person: Option<String>,
}

/// Where tokens are kept.
pub(crate) trait TokenStore {
    /// The token, if there is one.
    fn get(&self) -> Option<Token>;
    /// Keeps a token.
    fn set(&self, token: &Token) -> Result<(), CaptureError>;
    /// Forgets it.
    fn delete(&self) -> Result<(), CaptureError>;
    /// Where it is, in words.
    fn place(&self) -> String;
}

/// The best store of this machine.
pub(crate) fn store(folder: &StateFolder) -> Box<dyn TokenStore> {
    #[cfg(target_os = "macos")]
    if crate::system::variable("ARGUS_TOKEN_STORE").as_deref() != Some("file") {
        return Box::new(Keychain {
            account: folder
                .root()
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        });
    }
    Box::new(TokenFile(folder.token()))
}

/// A file of mode 0600.
#[derive(Debug)]
pub(crate) struct TokenFile(PathBuf);

impl TokenStore for TokenFile {
    fn get(&self) -> Option<Token> {
        // Others could have read it: it is no secret any more.
        if platform::is_open_to_others(&self.0) {
            return None;
        }
        store_file::read(&self.0)
    }

    fn set(&self, token: &Token) -> Result<(), CaptureError> {
        store_file::write_synced(&self.0, token).map_err(|error| {
            CaptureError::server(format!(
                "the token cannot be kept in {}: {error}",
                self.0.display()
            ))
        })
    }

    fn delete(&self) -> Result<(), CaptureError> {
        match std::fs::remove_file(&self.0) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn place(&self) -> String {
        self.0.display().to_string()
    }
}

/// The login keychain, by the system's own program.
#[cfg(target_os = "macos")]
#[derive(Debug)]
struct Keychain {
    account: String,
}

#[cfg(target_os = "macos")]
impl Keychain {
    const SERVICE: &'static str = "argus-capture";

    fn run(&self, words: &[&str]) -> Option<String> {
        let output = std::process::Command::new("/usr/bin/security")
            .args(words)
            .args(["-s", Self::SERVICE, "-a", &self.account])
            .output()
            .ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

#[cfg(target_os = "macos")]
impl TokenStore for Keychain {
    fn get(&self) -> Option<Token> {
        serde_json::from_str(&self.run(&["find-generic-password", "-w"])?).ok()
    }

    fn set(&self, token: &Token) -> Result<(), CaptureError> {
        let text = serde_json::to_string(token).unwrap_or_default();
        self.run(&["add-generic-password", "-U", "-w", &text])
            .map(drop)
            .ok_or_else(|| CaptureError::server("the keychain did not take the token"))
    }

    fn delete(&self) -> Result<(), CaptureError> {
        self.run(&["delete-generic-password"]);
        Ok(())
    }

    fn place(&self) -> String {
        "the login keychain".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_token_that_others_may_read_is_none() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let file = TokenFile(folder.path().join("token.json"));
        let token = Token {
            token: "argus_ik_x".to_owned(),
            person: None,
        };
        file.set(&token).unwrap();
        assert_eq!(file.get(), Some(token));
        let mode = std::fs::metadata(&file.0).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(&file.0, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(file.get(), None);
        file.delete().unwrap();
        file.delete().unwrap();
    }
}
