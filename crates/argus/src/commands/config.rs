//! `argus config`: the configuration and where each value is from.

use crate::config::{Config, DEFAULT_FILE};
use crate::error::CommandError;
use crate::output;

/// Shows the configuration.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Every value and where it is from.
    Show,
    /// A commented file with every setting.
    Default,
}

pub(crate) fn run(config: &Config, command: &Command) -> Result<(), CommandError> {
    match command {
        Command::Show => {
            output::line(&format!(
                "data = {:?}  ({})",
                config.data.value, config.data.origin
            ));
            output::line(&format!(
                "listen = \"{}\"  ({})",
                config.listen.value, config.listen.origin
            ));
            let path = |path: &Option<std::path::PathBuf>| {
                path.as_ref()
                    .map_or_else(|| "not set".to_owned(), |path| format!("{path:?}"))
            };
            output::line(&format!(
                "tls_cert = {}  ({})",
                path(&config.tls_cert.value),
                config.tls_cert.origin
            ));
            output::line(&format!(
                "tls_key = {}  ({})",
                path(&config.tls_key.value),
                config.tls_key.origin
            ));
            output::line(&format!(
                "behind_proxy = {}  ({})",
                config.behind_proxy.value, config.behind_proxy.origin
            ));
            output::line(&format!(
                "hosts = {:?}  ({})",
                config.hosts.value, config.hosts.origin
            ));
            output::line(&format!(
                "capture_clients = {}  ({})",
                path(&config.capture_clients.value),
                config.capture_clients.origin
            ));
            output::line(&format!(
                "capture_fallback = {}  ({})",
                config.capture_fallback.value, config.capture_fallback.origin
            ));
            output::line(&format!(
                "capture_ca = {}  ({})",
                path(&config.capture_ca.value),
                config.capture_ca.origin
            ));
            output::line(&format!(
                "log = {:?}  ({})",
                config.log.value, config.log.origin
            ));
            let names: Vec<&str> = config
                .compliance
                .value
                .iter()
                .map(|entry| entry.name.as_str())
                .collect();
            output::line(&format!(
                "compliance = {names:?}  ({})",
                config.compliance.origin
            ));
        }
        Command::Default => output::write(DEFAULT_FILE),
    }
    Ok(())
}
