//! One configuration: defaults, a file, the environment, flags; each value knows where it is from.

mod compliance;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{CommandError, Kind};
use crate::system;

pub(crate) use compliance::{ComplianceEntry, sources as compliance_sources};

/// The commented file that `argus config default` prints.
pub(crate) const DEFAULT_FILE: &str = include_str!("argus.toml");

/// Where a value is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Default,
    File(PathBuf),
    Environment(&'static str),
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::Flag(name) => write!(f, "flag --{name}"),
        }
    }
}

/// A value and where it is from.
#[derive(Debug, Clone)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

/// The configuration.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub(crate) data: Setting<PathBuf>,
    pub(crate) listen: Setting<SocketAddr>,
    pub(crate) tls_cert: Setting<Option<PathBuf>>,
    pub(crate) tls_key: Setting<Option<PathBuf>>,
    pub(crate) behind_proxy: Setting<bool>,
    pub(crate) hosts: Setting<Vec<String>>,
    pub(crate) capture_clients: Setting<Option<PathBuf>>,
    pub(crate) capture_fallback: Setting<bool>,
    pub(crate) capture_ca: Setting<Option<PathBuf>>,
    pub(crate) log: Setting<String>,
    pub(crate) compliance: Setting<Vec<ComplianceEntry>>,
}

/// What flags say.
#[derive(Debug, Default)]
pub(crate) struct Flags {
    pub(crate) config: Option<PathBuf>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) listen: Option<String>,
    pub(crate) tls_cert: Option<PathBuf>,
    pub(crate) tls_key: Option<PathBuf>,
    pub(crate) behind_proxy: bool,
    pub(crate) hosts: Vec<String>,
    pub(crate) capture_clients: Option<PathBuf>,
    pub(crate) capture_fallback: bool,
    pub(crate) capture_ca: Option<PathBuf>,
    pub(crate) log: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    listen: Option<String>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    behind_proxy: Option<bool>,
    hosts: Option<Vec<String>>,
    capture_clients: Option<PathBuf>,
    capture_fallback: Option<bool>,
    capture_ca: Option<PathBuf>,
    log: Option<String>,
    compliance: Option<Vec<ComplianceEntry>>,
}

/// Puts the configuration together.
pub(crate) fn load(flags: Flags) -> Result<Config, CommandError> {
    let (file, path) = read_file(flags.config)?;
    let from_file = || Origin::File(path.clone());
    let data = pick(
        flags.data,
        "data",
        (
            "ARGUS_DATA",
            system::variable("ARGUS_DATA").map(PathBuf::from),
        ),
        file.data.map(system::expand_home),
        &from_file,
        system::default_data_folder,
    );
    let listen = pick(
        flags.listen,
        "listen",
        ("ARGUS_LISTEN", system::variable("ARGUS_LISTEN")),
        file.listen,
        &from_file,
        || argus_server::DEFAULT_LISTEN.to_string(),
    );
    let tls_cert = pick(
        flags.tls_cert.map(Some),
        "tls-cert",
        ("ARGUS_TLS_CERT", path_variable("ARGUS_TLS_CERT")),
        file.tls_cert.map(system::expand_home).map(Some),
        &from_file,
        || None,
    );
    let tls_key = pick(
        flags.tls_key.map(Some),
        "tls-key",
        ("ARGUS_TLS_KEY", path_variable("ARGUS_TLS_KEY")),
        file.tls_key.map(system::expand_home).map(Some),
        &from_file,
        || None,
    );
    let behind_proxy = pick(
        flags.behind_proxy.then_some(true),
        "behind-proxy",
        ("ARGUS_BEHIND_PROXY", bool_variable("ARGUS_BEHIND_PROXY")?),
        file.behind_proxy,
        &from_file,
        || false,
    );
    let hosts = pick(
        (!flags.hosts.is_empty()).then_some(flags.hosts),
        "host",
        ("ARGUS_HOSTS", list_variable("ARGUS_HOSTS")),
        file.hosts,
        &from_file,
        Vec::new,
    );
    let capture_clients = pick(
        flags.capture_clients.map(Some),
        "capture-clients",
        (
            "ARGUS_CAPTURE_CLIENTS",
            path_variable("ARGUS_CAPTURE_CLIENTS"),
        ),
        file.capture_clients.map(system::expand_home).map(Some),
        &from_file,
        || None,
    );
    let capture_fallback = pick(
        flags.capture_fallback.then_some(true),
        "capture-fallback",
        (
            "ARGUS_CAPTURE_FALLBACK",
            bool_variable("ARGUS_CAPTURE_FALLBACK")?,
        ),
        file.capture_fallback,
        &from_file,
        || false,
    );
    let capture_ca = pick(
        flags.capture_ca.map(Some),
        "capture-ca",
        ("ARGUS_CAPTURE_CA", path_variable("ARGUS_CAPTURE_CA")),
        file.capture_ca.map(system::expand_home).map(Some),
        &from_file,
        || None,
    );
    let log = pick(
        flags.log,
        "log",
        ("ARGUS_LOG", system::variable("ARGUS_LOG")),
        file.log,
        &from_file,
        || "info".to_owned(),
    );
    let address = listen.value.parse().map_err(|_| {
        CommandError::new(
            Kind::Config,
            format!(
                "\"{}\" (from {}) is no address",
                listen.value, listen.origin
            ),
        )
        .hint("an address is an IP address and a port, such as 127.0.0.1:4318")
    })?;
    Ok(Config {
        data,
        listen: Setting {
            value: address,
            origin: listen.origin,
        },
        tls_cert,
        tls_key,
        behind_proxy,
        hosts,
        capture_clients,
        capture_fallback,
        capture_ca,
        log,
        compliance: match file.compliance {
            Some(value) => Setting {
                value,
                origin: from_file(),
            },
            None => Setting {
                value: Vec::new(),
                origin: Origin::Default,
            },
        },
    })
}

fn path_variable(name: &str) -> Option<Option<PathBuf>> {
    system::variable(name).map(|path| Some(PathBuf::from(path)))
}

fn bool_variable(name: &'static str) -> Result<Option<bool>, CommandError> {
    system::variable(name)
        .map(|value| match value.as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            other => Err(CommandError::new(
                Kind::Config,
                format!("\"{other}\" (from environment {name}) is neither true nor false"),
            )),
        })
        .transpose()
}

/// Names with commas between.
fn list_variable(name: &str) -> Option<Vec<String>> {
    system::variable(name).map(|value| {
        value
            .split(',')
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    })
}

fn pick<T>(
    flag: Option<T>,
    flag_name: &'static str,
    (variable, environment): (&'static str, Option<T>),
    file: Option<T>,
    from_file: &dyn Fn() -> Origin,
    default: impl FnOnce() -> T,
) -> Setting<T> {
    if let Some(value) = flag {
        return Setting {
            value,
            origin: Origin::Flag(flag_name),
        };
    }
    if let Some(value) = environment {
        return Setting {
            value,
            origin: Origin::Environment(variable),
        };
    }
    match file {
        Some(value) => Setting {
            value,
            origin: from_file(),
        },
        None => Setting {
            value: default(),
            origin: Origin::Default,
        },
    }
}

fn read_file(flag: Option<PathBuf>) -> Result<(File, PathBuf), CommandError> {
    let named = flag.or_else(|| system::variable("ARGUS_CONFIG").map(PathBuf::from));
    let path = named.clone().unwrap_or_else(system::default_config_file);
    match std::fs::read_to_string(&path) {
        Ok(text) => parse(&text, &path).map(|file| (file, path)),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            Ok((File::default(), path))
        }
        Err(error) => Err(CommandError::new(
            Kind::Config,
            format!(
                "the configuration {} cannot be read: {error}",
                path.display()
            ),
        )),
    }
}

fn parse(text: &str, path: &Path) -> Result<File, CommandError> {
    toml::from_str(text).map_err(|error| {
        CommandError::new(
            Kind::Config,
            format!(
                "the configuration {} is wrong: {}",
                path.display(),
                error.message()
            ),
        )
        .hint("`argus config default` prints a file with every setting explained")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_file_is_a_configuration_that_changes_nothing() {
        let file = parse(DEFAULT_FILE, Path::new("argus.toml")).unwrap();
        assert!(file.data.is_none() && file.listen.is_none() && file.log.is_none());
    }

    #[test]
    fn an_unknown_setting_is_an_error() {
        assert!(parse("lisetn = \"127.0.0.1:1\"", Path::new("argus.toml")).is_err());
    }
}
