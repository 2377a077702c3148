//! `argus plugin`, then the client's own commands on the folder.

use argus_e2e::{Argus, Result, Server};
use serde_json::Value;

use crate::claude::Desk;
use crate::{Programs, arrived, client_folder, requests};

const PROMPT: &str = "Say hello in one word.";

pub(crate) fn run(programs: &Programs) -> Result<String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let root = folder.path();
    let argus = Argus::new(&programs.argus, root.join("data"));
    let server = Server::start(&argus)?;
    // The same place twice, so that the two sessions see the same paths.
    let place = root.join("a machine");
    let before = Desk::new(programs, place.clone())?.session(PROMPT)?;
    std::fs::remove_dir_all(&place).map_err(|error| error.to_string())?;
    let machine = Desk::new(programs, place)?;

    // A path with a space: a hook that does not quote it is not found.
    let market = root.join("the market");
    let client = client_folder(programs, &root.join("clients"))?;
    let (market, client) = (market.to_string_lossy(), client.to_string_lossy());
    let write = || {
        argus.run(&[
            "plugin",
            "--endpoint",
            server.url(),
            "--project",
            "e2e",
            "--out",
            &market,
            "--client",
            &client,
        ])
    };
    write()?;
    for place in [&*market, &format!("{market}/argus")] {
        let said = machine.claude(&["plugin", "validate", "--strict", place])?;
        if said.contains('⚠') {
            return Err(format!(
                "the client has something to say of {place}: {said}"
            ));
        }
    }
    machine.claude(&["plugin", "marketplace", "add", &market])?;
    machine.claude(&["plugin", "install", "argus@argus"])?;

    let session = machine.session(PROMPT)?;
    requests::are_equal(&before.requests, &session.requests)?;
    let document = arrived(&argus, &session.id)?;
    if !document.to_string().contains(PROMPT) {
        return Err("the session on the server has no prompt".to_owned());
    }

    let asked = machine.session("/argus:status")?;
    let is_answered = asked.printed.contains("this session is captured");
    if !is_answered || !asked.requests.is_empty() {
        return Err(format!(
            "/argus:status reached the model, or was not answered: {}",
            asked.printed
        ));
    }
    let version = installed_version(&machine)?;
    server.stop()?;
    Ok(format!(
        "{version} installed, {} on the server, no token added, /argus:status without a model",
        session.id
    ))
}

/// The version that the client says it has.
pub(crate) fn installed_version(machine: &Desk<'_>) -> Result<String> {
    let listed = machine.claude(&["plugin", "list", "--json"])?;
    let listed: Value = serde_json::from_str(&listed).map_err(|error| error.to_string())?;
    listed[0]["version"]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| format!("the client lists no plugin: {listed}"))
}
