//! `argus plugin`: the capture plugin for this server, as a marketplace folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use argus_server::PluginConfig;
use argus_server::plugin::{
    Bundle, BundleFile, NAME, PLATFORMS, Settings, clients, marketplace_of_folder,
};

use super::{DEFAULT_WORKSPACE, UNASSIGNED};
use crate::backend::Backend;
use crate::config::Config;
use crate::error::{CommandError, Kind};
use crate::{output, system};

/// Writes the capture plugin for this server. It carries a key that delivers for the project: whoever has it can send to it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where clients reach the server, such as <https://argus.example.com>.
    #[arg(long, value_name = "URL")]
    endpoint: String,
    /// Project that the plugin delivers for.
    #[arg(long, value_name = "PROJECT", default_value = UNASSIGNED)]
    project: String,
    /// Folder to write; what an earlier call wrote there is replaced.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Workspace of the project.
    #[arg(long, default_value = DEFAULT_WORKSPACE)]
    workspace: String,
    /// Key to put in, from `argus key create` [default: the project's own, made at the first time].
    #[arg(long, value_name = "TOKEN")]
    key: Option<String>,
    /// Folder of the capture client's programs: PLATFORM/argus-capture [default: capture/ beside this program].
    #[arg(long, value_name = "DIR")]
    client: Option<PathBuf>,
    /// Machines without a program that fits them send by shell and curl: redaction is then the server's alone.
    #[arg(long)]
    allow_fallback: bool,
    /// Certificates that clients trust besides their machine's own, PEM.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

pub(crate) fn run(config: &Config, args: &Args) -> Result<(), CommandError> {
    check_endpoint(&args.endpoint)?;
    let of_server = self::config(config)?;
    let folders = args
        .client
        .clone()
        .map_or(of_server.client_folders, |folder| vec![folder]);
    let allows_fallback = args.allow_fallback || of_server.allow_fallback;
    let programs = clients(&folders).map_err(|error| CommandError::user(error.to_string()))?;
    if programs.is_empty() && !allows_fallback {
        let looked: Vec<String> = folders
            .iter()
            .map(|folder| folder.display().to_string())
            .collect();
        return Err(CommandError::user("there is no capture client to put in")
            .hint(format!("looked in {}", looked.join(", ")))
            .hint("build it with `cargo build --profile capture -p argus-capture`, and name its folder with --client"));
    }
    check_out(&args.out)?;

    let data = &config.data.value;
    let mut backend = Backend::open(data)?;
    let workspace = backend.reading(data, &args.workspace)?;
    let key = match &args.key {
        Some(token) => token.clone(),
        None => backend.enrolment_key(&args.workspace, &args.project)?.token,
    };
    let mut settings = Settings::new(&workspace, &args.endpoint, &key, &args.project)?;
    settings.allows_fallback = allows_fallback;
    settings.ca_pem = match &args.ca {
        Some(path) => Some(read_pem(path)?),
        None => of_server.ca_pem,
    };
    let bundle = Bundle::new(&settings, &programs);
    write(&bundle, &args.out)?;

    output::line(&format!(
        "{NAME} {}  {}",
        bundle.version(),
        args.out.display()
    ));
    for platform in PLATFORMS {
        let is_there = programs.iter().any(|program| program.platform == platform);
        let state = match (is_there, allows_fallback) {
            (true, _) => "has a program",
            (false, true) => "by shell and curl: redacted on the server only",
            (false, false) => "no program: sessions there are not captured",
        };
        output::line(&format!("  {platform:16}  {state}"));
    }
    output::note(
        "it carries a key that delivers: give it to those who are to use it, and to nobody else",
    );
    Ok(())
}

/// What plugins are made of, by the configuration.
pub(crate) fn config(config: &Config) -> Result<PluginConfig, CommandError> {
    Ok(PluginConfig {
        client_folders: match &config.capture_clients.value {
            Some(folder) => vec![folder.clone()],
            None => system::beside_program()
                .map(|folder| vec![folder.join("capture"), folder])
                .unwrap_or_default(),
        },
        allow_fallback: config.capture_fallback.value,
        ca_pem: config
            .capture_ca
            .value
            .as_deref()
            .map(read_pem)
            .transpose()?,
    })
}

fn read_pem(path: &Path) -> Result<String, CommandError> {
    let text = fs::read_to_string(path).map_err(|error| {
        CommandError::new(
            Kind::Config,
            format!("{} cannot be read: {error}", path.display()),
        )
    })?;
    if text.contains("PRIVATE KEY") || !text.contains("BEGIN CERTIFICATE") {
        return Err(CommandError::new(
            Kind::Config,
            format!(
                "{} is no file of certificates alone, PEM: it would be handed to every client",
                path.display()
            ),
        ));
    }
    Ok(text)
}

fn check_endpoint(endpoint: &str) -> Result<(), CommandError> {
    let is_address = endpoint
        .strip_prefix("https://")
        .or_else(|| endpoint.strip_prefix("http://"))
        .is_some_and(|rest| !rest.trim_end_matches('/').is_empty() && !rest.contains(['?', '#']));
    if is_address {
        return Ok(());
    }
    Err(
        CommandError::new(Kind::Usage, format!("\"{endpoint}\" is no address"))
            .hint("an address looks like https://argus.example.com; http:// is taken by clients for their own machine only"),
    )
}

const MARKETPLACE: &str = ".claude-plugin/marketplace.json";

/// A folder of somebody else's is left alone.
fn check_out(out: &Path) -> Result<(), CommandError> {
    let is_empty = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => {
            return Err(CommandError::user(format!("{}: {error}", out.display())));
        }
    };
    if is_empty || out.join(MARKETPLACE).is_file() {
        return Ok(());
    }
    Err(
        CommandError::user(format!("{} holds something else", out.display()))
            .hint("name a new folder, or one that `argus plugin` wrote before"),
    )
}

/// Writes the plugin beside the one that is there, then puts it in its place: a session that runs finds the one or the other.
fn write(bundle: &Bundle, out: &Path) -> Result<(), CommandError> {
    let (place, new, old) = (
        out.join(NAME),
        out.join(format!(".{NAME}.new")),
        out.join(format!(".{NAME}.old")),
    );
    for left in [&new, &old] {
        remove(left)?;
    }
    for (path, file) in bundle.files() {
        write_file(&new.join(path), file)?;
    }
    if place.exists() {
        fs::rename(&place, &old)?;
    }
    fs::rename(&new, &place)?;
    remove(&old)?;
    let mut marketplace =
        serde_json::to_vec_pretty(&marketplace_of_folder(bundle)).unwrap_or_default();
    marketplace.push(b'\n');
    let file = BundleFile {
        bytes: marketplace.into(),
        is_program: false,
    };
    write_file(&out.join(MARKETPLACE), &file)
}

fn remove(folder: &Path) -> Result<(), CommandError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn write_file(path: &Path, file: &BundleFile) -> Result<(), CommandError> {
    use std::os::unix::fs::PermissionsExt as _;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, &file.bytes)?;
    let mode = if file.is_program { 0o755 } else { 0o644 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    Ok(())
}
