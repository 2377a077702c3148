//! The way by shell and curl, on a machine that no program fits.

use argus_e2e::{Argus, Result, Server, wait_for};

use crate::claude::Desk;
use crate::{ARRIVES_WITHIN, Programs, arrived};

const PROMPT: &str = "Say hello in one word.";

pub(crate) fn run(programs: &Programs) -> Result<String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let root = folder.path();
    let argus = Argus::new(&programs.argus, root.join("data"));
    let server = Server::start(&argus)?;
    let empty = root.join("no clients");
    std::fs::create_dir(&empty).map_err(|error| error.to_string())?;
    let market = root.join("the market");
    let (market, empty) = (market.to_string_lossy(), empty.to_string_lossy());
    let words = ["plugin", "--endpoint", server.url(), "--project", "e2e"];
    let places = ["--out", &market, "--client", &empty, "--allow-fallback"];
    argus.run(&[&words[..], &places].concat())?;
    let machine = Desk::new(programs, root.join("a machine"))?;
    machine.claude(&["plugin", "marketplace", "add", &market])?;
    machine.claude(&["plugin", "install", "argus@argus"])?;

    let first = machine.session(PROMPT)?;
    let document = arrived(&argus, &first.id)?;
    let imported = machine.home().join(".claude/projects");
    let again = argus.run(&["import", &imported.to_string_lossy(), "--project", "e2e"])?;
    let of_prompts = document.to_string().matches(PROMPT).count();
    if of_prompts == 0 {
        return Err("the session on the server has no prompt".to_owned());
    }

    let script = format!("{market}/argus/client/argus-capture.sh");
    machine.shell(&[&script, "private", &first.id])?;
    wait_for("that the session is gone", ARRIVES_WITHIN, || {
        let listed = argus.run(&["sessions", "--json"])?;
        Ok((!listed.contains(&first.id)).then_some(()))
    })?;

    let private = machine.session("/argus:private")?;
    let is_answered = private.printed.contains("this session is private");
    if !is_answered || !private.requests.is_empty() {
        return Err(format!(
            "/argus:private reached the model, or was not answered: {}",
            private.printed
        ));
    }
    let last = machine.session("Please: Say hello in one word.")?;
    arrived(&argus, &last.id)?;
    let listed = argus.run(&["sessions", "--json"])?;
    if listed.contains(&private.id) || listed.contains(&first.id) {
        return Err(format!("a private session is on the server: {listed}"));
    }
    server.stop()?;
    let again = again.lines().next().unwrap_or_default().trim();
    Ok(format!(
        "{} arrived ({again} by an import), and went by one word; {} arrived",
        first.id, last.id
    ))
}
