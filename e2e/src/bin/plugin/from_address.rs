//! `claude plugin marketplace add https://…`: over TLS, under a name of the server's own, which only the client's process sees.

use argus_e2e::{Argus, Result, Server};

use crate::claude::Desk;
use crate::from_folder::installed_version;
use crate::{Programs, arrived, client_folder, tls};

const HOST: &str = "argus.test";
const PROMPT: &str = "Say hello in one word.";

pub(crate) fn run(programs: &Programs) -> Result<String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let root = folder.path();
    let files = tls::make(HOST, root)?;
    let client = client_folder(programs, &root.join("clients"))?;
    let hosts = root.join("hosts");
    std::fs::write(&hosts, format!("127.0.0.1 localhost {HOST}\n"))
        .map_err(|error| error.to_string())?;
    let argus = Argus::new(&programs.argus, root.join("data"));
    let text = |path: &std::path::Path| path.to_string_lossy().into_owned();
    let server = Server::start_with(
        &argus,
        &[
            "--host",
            HOST,
            "--tls-cert",
            &text(&files.certificate),
            "--tls-key",
            &text(&files.key),
            "--capture-clients",
            &text(&client),
            "--capture-ca",
            &text(&files.authority),
        ],
    )?;
    let made = argus.run(&["key", "create", "--scope", "download", "--project", "e2e"])?;
    let token = made
        .split_whitespace()
        .next()
        .ok_or("no download key was printed")?;
    let address = format!("{}/plugin/default/{token}/marketplace.json", server.url());

    let machine = Desk::new(programs, root.join("machine"))?
        .with("NODE_EXTRA_CA_CERTS", text(&files.authority))
        .with_hosts(hosts);
    machine.claude(&["plugin", "marketplace", "add", &address])?;
    machine.claude(&["plugin", "install", "argus@argus"])?;
    let first = installed_version(&machine)?;
    let session = machine.session(PROMPT)?;
    arrived(&argus, &session.id)?;

    // Another content is another version, which the client takes. What stands behind a program's end is not run.
    let program = client.join("linux-x86_64/argus-capture");
    let mut content = std::fs::read(&program).map_err(|error| error.to_string())?;
    content.extend_from_slice(b"another release");
    std::fs::write(&program, content).map_err(|error| error.to_string())?;
    machine.claude(&["plugin", "marketplace", "update", "argus"])?;
    machine.claude(&["plugin", "update", "argus@argus"])?;
    let second = installed_version(&machine)?;
    if first == second {
        return Err(format!("the plugin changed, the client stays at {first}"));
    }
    // The same prompt is the same session again; another one has its own.
    let again = machine.session("Please: Say hello in one word.")?;
    arrived(&argus, &again.id)?;
    server.stop()?;
    Ok(format!(
        "{first} from https://{HOST}, then {second} by an update; {} and {} on the server",
        session.id, again.id
    ))
}
