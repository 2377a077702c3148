//! A certificate for a name of one's own, vouched for by an authority that only the test knows.

use std::fs;
use std::path::{Path, PathBuf};

use argus_e2e::Result;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};

/// Files, PEM.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) authority: PathBuf,
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// Makes them.
pub(crate) fn make(name: &str, folder: &Path) -> Result<Files> {
    let failed = |error: rcgen::Error| error.to_string();
    let mut of_authority = CertificateParams::new(Vec::new()).map_err(failed)?;
    // Of its own name: a certificate whose subject is its issuer counts as one that nobody vouches for.
    of_authority
        .distinguished_name
        .push(DnType::CommonName, "An authority for tests");
    of_authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    of_authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let key = KeyPair::generate().map_err(failed)?;
    let authority = CertifiedIssuer::self_signed(of_authority, key).map_err(failed)?;
    let key = KeyPair::generate().map_err(failed)?;
    let certificate = CertificateParams::new(vec![name.to_owned()])
        .and_then(|params| params.signed_by(&key, &authority))
        .map_err(failed)?;
    let put = |file: &str, text: String| {
        let path = folder.join(file);
        fs::write(&path, text).map_err(|error| error.to_string())?;
        Ok::<_, String>(path)
    };
    Ok(Files {
        authority: put("ca.pem", authority.pem())?,
        certificate: put("certificate.pem", certificate.pem())?,
        key: put("key.pem", key.serialize_pem())?,
    })
}
