//! The server, over HTTPS.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::Value;
use ureq::http::Response;
use ureq::tls::{Certificate, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};

use crate::config::Config;
use crate::system;

/// Longest wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest wait for an answer: the server answers when it has written.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);
/// Longest answer that is read.
const ANSWER_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Where the machine's certificates lie, by system.
const MACHINE_CERTIFICATES: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Why the server did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ServerError {
    /// It is not there, or the network is not.
    #[error("the server is not reached: {0}")]
    Unreachable(String),
    /// It said no.
    #[error("the server answered {status} ({code}): {detail}")]
    Refused {
        status: u16,
        code: String,
        detail: String,
        /// How long to wait, seconds, where it says so.
        retry_after_s: Option<u64>,
    },
    /// Its answer is not what was asked for.
    #[error("the server's answer is not understood: {0}")]
    Odd(String),
}

impl ServerError {
    /// True when asking again later may help.
    pub(crate) const fn passes(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Odd(_) => true,
            Self::Refused { status, .. } => matches!(*status, 408 | 425 | 429) || *status >= 500,
        }
    }

    /// True when it is the server itself that does not take what was sent, or not so much of it: a proxy's refusal is no word
    /// on that.
    pub(crate) fn is_verdict(&self) -> bool {
        matches!(
            self,
            Self::Refused { status: 400 | 413, code, .. } if code == "invalid_request" || code == "too_large"
        )
    }

    /// The status, where there was an answer.
    pub(crate) const fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }
}

/// A connection to the server.
#[derive(Debug)]
pub(crate) struct Server {
    agent: Agent,
    config: Config,
}

impl Server {
    pub(crate) fn new(config: &Config) -> Self {
        let settings = Agent::config_builder()
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_global(Some(ANSWER_TIMEOUT))
            .http_status_as_error(false)
            // A redirect would take the key elsewhere.
            .max_redirects(0)
            .user_agent(format!("argus-capture/{}", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(roots(config)).build())
            .build();
        Self {
            agent: Agent::new_with_config(settings),
            config: config.clone(),
        }
    }

    /// Gets something that needs no key.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub(crate) fn get(&self, path: &str) -> Result<(), ServerError> {
        let answer = self.agent.get(self.config.url(path)).call();
        read(answer).map(drop)
    }

    /// Sends JSON, and reads JSON.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub(crate) fn post(
        &self,
        path: &str,
        key: Option<&str>,
        body: &Value,
    ) -> Result<Value, ServerError> {
        let mut request = self
            .agent
            .post(self.config.url(path))
            .header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        json(&read(request.send(body.to_string()))?)
    }

    /// Sends envelopes, one a line, compressed.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub(crate) fn envelopes(&self, key: &str, envelopes: &[Vec<u8>]) -> Result<Value, ServerError> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        for envelope in envelopes {
            encoder
                .write_all(envelope)
                .and_then(|()| encoder.write_all(b"\n"))
                .map_err(|error| ServerError::Odd(error.to_string()))?;
        }
        let body = encoder
            .finish()
            .map_err(|error| ServerError::Odd(error.to_string()))?;
        let answer = self
            .agent
            .post(self.config.url("/v1/envelopes"))
            .header("content-type", "application/x-ndjson")
            .header("content-encoding", "gzip")
            .header("authorization", format!("Bearer {key}"))
            .send(&body[..]);
        json(&read(answer)?)
    }
}

/// What is trusted: the machine's certificates and those that the configuration names; the list that came with this program
/// where the machine has none.
fn roots(config: &Config) -> RootCerts {
    if !config.endpoint.starts_with("https://") {
        return RootCerts::WebPki;
    }
    let named = ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]
        .into_iter()
        .filter_map(system::variable);
    let machine = MACHINE_CERTIFICATES.into_iter().map(str::to_owned);
    let mut certificates: Vec<Certificate<'static>> = Vec::new();
    let mut has_machine = false;
    for file in named.chain(machine) {
        if has_machine {
            break;
        }
        let Ok(pem) = std::fs::read(&file) else {
            continue;
        };
        certificates.extend(of_pem(&pem));
        has_machine = MACHINE_CERTIFICATES.contains(&file.as_str());
    }
    if let Some(pem) = &config.ca_pem {
        certificates.extend(of_pem(pem.as_bytes()));
    }
    if certificates.is_empty() {
        RootCerts::WebPki
    } else {
        RootCerts::new_with_certs(&certificates)
    }
}

fn of_pem(pem: &[u8]) -> Vec<Certificate<'static>> {
    parse_pem(pem)
        .filter_map(|item| match item {
            Ok(ureq::tls::PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect()
}

fn read(answer: Result<Response<Body>, ureq::Error>) -> Result<Vec<u8>, ServerError> {
    let mut answer = answer.map_err(|error| ServerError::Unreachable(error.to_string()))?;
    let status = answer.status().as_u16();
    let retry_after_s = answer
        .headers()
        .get("retry-after")
        .and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let mut bytes = Vec::new();
    answer
        .body_mut()
        .as_reader()
        .take(ANSWER_BYTES_MAX)
        .read_to_end(&mut bytes)
        .map_err(|error| ServerError::Unreachable(error.to_string()))?;
    if (200..300).contains(&status) {
        return Ok(bytes);
    }
    Err(refused(status, &bytes, retry_after_s))
}

/// Problem details (RFC 9457), an OAuth error, or whatever stands between here and the server.
fn refused(status: u16, bytes: &[u8], retry_after_s: Option<u64>) -> ServerError {
    #[derive(Default, Deserialize)]
    struct Problem {
        code: Option<String>,
        detail: Option<String>,
        error: Option<String>,
    }
    let problem: Problem = serde_json::from_slice(bytes).unwrap_or_default();
    ServerError::Refused {
        status,
        code: problem
            .code
            .or(problem.error)
            .unwrap_or_else(|| "unknown".to_owned()),
        detail: problem.detail.unwrap_or_default(),
        retry_after_s,
    }
}

fn json(bytes: &[u8]) -> Result<Value, ServerError> {
    serde_json::from_slice(bytes).map_err(|error| ServerError::Odd(error.to_string()))
}
