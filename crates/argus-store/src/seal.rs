//! Compression and encryption of bodies: zstd, then XChaCha20-Poly1305 with a random nonce.
//!
//! A sealed body is nonce (24), then ciphertext with tag over format (1), then salt (32) and the compressed bytes. Format
//! 1: zstd; 0: as it is.

use std::cell::RefCell;

use argus_session::Random;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::StoreError;

/// Zstandard's own default: beyond it bytes are hardly saved and time is lost.
const LEVEL: i32 = 3;
/// Smaller contents than this do not shrink.
const COMPRESS_BYTES_MIN: usize = 96;
/// Largest content that is unpacked: no body larger is ever accepted.
const UNPACKED_BYTES_MAX: usize = 256 * 1024 * 1024;
const NONCE_BYTES: usize = 24;

thread_local! {
    // A new context costs as much as compressing a small body.
    static COMPRESSOR: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Seals `content` under `key`, bound to `associated`. `salt` is kept with it.
pub(crate) fn seal(
    key: &[u8; 32],
    associated: &[u8],
    salt: &[u8; 32],
    content: &[u8],
    random: &dyn Random,
) -> Vec<u8> {
    let mut plain = Vec::with_capacity(content.len() / 2 + 64);
    let packed = if content.len() < COMPRESS_BYTES_MIN {
        None
    } else {
        compress(content)
    };
    plain.push(u8::from(packed.is_some()));
    plain.extend_from_slice(salt);
    plain.extend_from_slice(packed.as_deref().unwrap_or(content));
    let mut nonce = [0; NONCE_BYTES];
    random.fill(&mut nonce);
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let sealed = cipher
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: &plain,
                aad: associated,
            },
        )
        .expect("the cipher fails only beyond 256 GiB");
    let mut out = nonce.to_vec();
    out.extend(sealed);
    out
}

/// Opens what [`seal`] sealed: the salt and the content.
pub(crate) fn open(
    key: &[u8; 32],
    associated: &[u8],
    sealed: &[u8],
) -> Result<([u8; 32], Vec<u8>), StoreError> {
    let damaged = |what: &str| StoreError::Corrupt {
        table: "bodies",
        what: what.to_owned(),
    };
    let (nonce, sealed) = sealed
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or_else(|| damaged("too short"))?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let plain = cipher
        .decrypt(
            &XNonce::from(*nonce),
            Payload {
                msg: sealed,
                aad: associated,
            },
        )
        .map_err(|_| damaged("a body does not open under its session's key"))?;
    let (format, rest) = plain
        .split_first()
        .ok_or_else(|| damaged("an empty body"))?;
    let (salt, packed) = rest
        .split_first_chunk::<32>()
        .ok_or_else(|| damaged("a body without its salt"))?;
    let content = match format {
        0 => packed.to_vec(),
        1 => decompress(packed)?,
        _ => return Err(damaged("a body of an unknown format")),
    };
    Ok((*salt, content))
}

fn compress(content: &[u8]) -> Option<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|held| {
        if held.is_none() {
            *held = zstd::bulk::Compressor::new(LEVEL).ok();
        }
        held.as_mut()?
            .compress(content)
            .ok()
            .filter(|packed| packed.len() < content.len())
    })
}

fn decompress(packed: &[u8]) -> Result<Vec<u8>, StoreError> {
    DECOMPRESSOR.with_borrow_mut(|held| {
        if held.is_none() {
            *held = Some(zstd::bulk::Decompressor::new()?);
        }
        let size = zstd::bulk::Decompressor::upper_bound(packed)
            .unwrap_or(UNPACKED_BYTES_MAX)
            .min(UNPACKED_BYTES_MAX);
        let Some(decompressor) = held.as_mut() else {
            return Err(StoreError::Closed);
        };
        Ok(decompressor.decompress(packed, size)?)
    })
}
