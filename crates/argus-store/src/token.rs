//! Tokens: `argus_KIND_PREFIX_SECRET`. The prefix finds the workspace, the secret is kept as a hash only.

use argus_session::Random;

/// What a token is for: a person, and a scanner for secrets, can tell by its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A key that delivers.
    IngestKey,
    /// A key that reads.
    ReadKey,
    /// A key that fetches the capture plugin.
    DownloadKey,
    /// An invitation.
    Invitation,
    /// A link that shows a session.
    ShareLink,
}

impl TokenKind {
    const ALL: [Self; 5] = [
        Self::IngestKey,
        Self::ReadKey,
        Self::DownloadKey,
        Self::Invitation,
        Self::ShareLink,
    ];

    const fn beginning(self) -> &'static str {
        match self {
            Self::IngestKey => "argus_ik_",
            Self::ReadKey => "argus_rk_",
            Self::DownloadKey => "argus_dk_",
            Self::Invitation => "argus_in_",
            Self::ShareLink => "argus_sl_",
        }
    }
}

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX_CHARACTERS: usize = 8;
/// 43 characters of 62: 256 bits.
const SECRET_CHARACTERS: usize = 43;

/// A new prefix and the token that it begins.
pub(crate) fn new(kind: TokenKind, random: &dyn Random) -> (String, String) {
    let prefix = characters(PREFIX_CHARACTERS, random);
    let secret = characters(SECRET_CHARACTERS, random);
    let token = format!("{}{prefix}_{secret}", kind.beginning());
    (prefix, token)
}

/// The kind of a token and its prefix, if it has the form of one.
pub(crate) fn read(token: &str) -> Option<(TokenKind, &str)> {
    let kind = TokenKind::ALL
        .into_iter()
        .find(|kind| token.starts_with(kind.beginning()))?;
    let (prefix, secret) = token[kind.beginning().len()..].split_once('_')?;
    (prefix.len() == PREFIX_CHARACTERS && secret.len() == SECRET_CHARACTERS)
        .then_some((kind, prefix))
}

/// So many random letters and digits.
pub(crate) fn characters(count: usize, random: &dyn Random) -> String {
    let mut out = String::with_capacity(count);
    while out.len() < count {
        let mut bytes = [0; 64];
        random.fill(&mut bytes);
        // 248 is the largest multiple of 62 in a byte: above it the first characters would come more often.
        out.extend(
            bytes
                .iter()
                .filter(|byte| **byte < 248)
                .map(|byte| char::from(ALPHABET[usize::from(byte % 62)])),
        );
    }
    out.truncate(count);
    out
}
