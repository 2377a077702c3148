//! What the server is told: where to listen, and its limits.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use crate::sources::compliance::ComplianceSource;
use crate::tls::TlsFiles;

const MIB: usize = 1024 * 1024;

/// The default address: OTLP over HTTP's own port, this machine only.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 4318);
/// The port that OTLP over gRPC has by default.
pub const GRPC_PORT: u16 = 4317;
/// Seconds after which a client that was refused for now may come again. Claude Code holds its exit for two seconds to
/// send what it has: longer would be never.
pub const RETRY_AFTER_S: u64 = 1;
/// How long a shutdown waits for requests in flight.
pub const SHUTDOWN_GRACE: Duration = Duration::from_secs(20);

/// Where to listen, and the limits.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// The address. Without TLS and without a proxy in front, loopback only. With port 0 a free one is taken.
    pub listen: SocketAddr,
    /// TLS, by this server itself.
    pub tls: Option<TlsFiles>,
    /// A proxy stands in front, does TLS and says in `X-Forwarded-For` where requests are from.
    pub behind_proxy: bool,
    /// Names under which pages and API are served, beside those of loopback and of the address.
    pub hosts: Vec<String>,
    /// The Compliance APIs that are read.
    pub compliance: Vec<ComplianceSource>,
    /// The capture plugin that is handed out.
    pub plugin: PluginConfig,
    /// The limits.
    pub limits: Limits,
}

/// What the capture plugin is made of, beside what each workspace says.
#[derive(Debug, Clone, Default)]
pub struct PluginConfig {
    /// Where the capture client's programs lie: see [`crate::plugin::clients`].
    pub client_folders: Vec<PathBuf>,
    /// Whether a machine without a program that fits it sends by shell and curl: redaction is then this server's alone.
    pub allow_fallback: bool,
    /// Certificates that clients trust besides their machine's own, PEM.
    pub ca_pem: Option<String>,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: DEFAULT_LISTEN,
            tls: None,
            behind_proxy: false,
            hosts: Vec::new(),
            compliance: Vec::new(),
            plugin: PluginConfig::default(),
            limits: Limits::default(),
        }
    }
}

impl ServerConfig {
    /// True when browsers reach it by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.tls.is_some() || self.behind_proxy
    }

    /// The address of the pages, for a server that listens at `bound`: by the first name that the operator gave, else by the
    /// address itself.
    #[must_use]
    pub fn base_url(&self, bound: SocketAddr) -> String {
        let scheme = if self.is_https() { "https" } else { "http" };
        match self.hosts.first() {
            // The proxy's own port is not known: it has the usual one.
            Some(host) if self.behind_proxy => format!("{scheme}://{host}"),
            Some(host) => format!("{scheme}://{host}:{}", bound.port()),
            None => format!("{scheme}://{bound}"),
        }
    }

    /// The second address, for clients that send gRPC to its default port: only beside the default address.
    #[must_use]
    pub fn grpc_listen(&self) -> Option<SocketAddr> {
        (self.listen == DEFAULT_LISTEN).then(|| SocketAddr::new(self.listen.ip(), GRPC_PORT))
    }
}

/// The server's limits. Sizes in bytes.
#[derive(Debug, Clone)]
pub struct Limits {
    /// A request's body (or gRPC message) as sent.
    pub encoded_bytes_max: usize,
    /// A request's body after decompression.
    pub decoded_bytes_max: usize,
    /// All requests in flight together, from their first byte to their answer.
    pub in_flight_bytes_max: usize,
    /// The share of that which the requests of one key may take: one client cannot shut out the others.
    pub key_in_flight_bytes_max: usize,
    /// Records waiting for a workspace's writer above which requests are refused before their body is read.
    pub queue_bytes_max: usize,
    /// The server's own answer, before compression.
    pub response_bytes_max: usize,
    /// How long a request's body may take to arrive.
    pub body_timeout: Duration,
    /// How long a request's head may take to arrive.
    pub head_timeout: Duration,
    /// Connections at a time; further ones wait.
    pub connections_max: usize,
    /// Requests that are decoded, redacted and sealed at a time.
    pub workers_max: usize,
    /// Passwords that are hashed at a time: each takes 19 MiB.
    pub hashers_max: usize,
    /// Requests of the API that read the store at a time; further ones wait.
    pub readers_max: usize,
    /// Texts that are downloaded at a time.
    pub downloads_max: usize,
    /// How long the page of a share link may take, from its opening to its last byte: who takes it slower gets a part of it.
    pub share_page_within: Duration,
    /// Streams of events that are open at a time.
    pub streams_max: usize,
    /// The share of that which one reader may have.
    pub reader_streams_max: usize,
    /// The body of an inference hook's call: Anthropic's own limit is 10 MB.
    pub hook_bytes_max: usize,
    /// How long such a body may take to arrive: Anthropic waits for 10 s at most.
    pub hook_body_timeout: Duration,
    /// How long after its request began such a call is let go on, whether or not it is stored.
    pub hook_answer_within: Duration,
    /// Such calls that are stored at a time; further ones wait.
    pub hooks_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            encoded_bytes_max: 64 * MIB,
            decoded_bytes_max: 64 * MIB,
            in_flight_bytes_max: 256 * MIB,
            key_in_flight_bytes_max: 192 * MIB,
            queue_bytes_max: 96 * MIB,
            response_bytes_max: 4 * MIB,
            body_timeout: Duration::from_secs(60),
            head_timeout: Duration::from_secs(30),
            connections_max: 1_024,
            workers_max: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
            hashers_max: 2,
            readers_max: 16,
            downloads_max: 8,
            share_page_within: Duration::from_secs(120),
            streams_max: 256,
            reader_streams_max: 16,
            hook_bytes_max: 10 * MIB,
            hook_body_timeout: Duration::from_secs(10),
            hook_answer_within: Duration::from_millis(500),
            hooks_max: 16,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grpc_has_its_port_beside_the_default_address_only() {
        let mut config = ServerConfig::default();
        assert_eq!(
            config.grpc_listen(),
            Some("127.0.0.1:4317".parse().unwrap())
        );
        config.listen.set_port(0);
        assert_eq!(config.grpc_listen(), None);
    }
}
