//! Tools that the tests need, installed in pinned versions where they are missing.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{cargo, has, root, run, target};

/// cargo-deny: licences, bans, sources.
const CARGO_DENY: &str = "0.20.2";
/// The client that the end-to-end test runs; `e2e/client` pins it and what it needs.
const CLAUDE_CODE: &str = "2.1.330";

/// Installs cargo-deny if it is not there.
pub(crate) fn cargo_deny() -> Result<(), String> {
    if has("cargo-deny", "--version") {
        return Ok(());
    }
    println!("cargo-deny is not there: installing {CARGO_DENY}");
    run(cargo().args(["install", "cargo-deny", "--locked", "--version", CARGO_DENY]))
}

/// Installs the real client below `target/` and gives the path of its program.
pub(crate) fn claude() -> Result<PathBuf, String> {
    let folder = target().join("e2e-client");
    let program = folder.join("node_modules/@anthropic-ai/claude-code-linux-x64/claude");
    if program.is_file() {
        return Ok(program);
    }
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Err("the end-to-end test runs the client's program for Linux x64 only".to_owned());
    }
    if !has("npm", "--version") {
        return Err(
            "npm is missing: the end-to-end test installs the client with it (Node.js 20 or later)"
                .to_owned(),
        );
    }
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for name in ["package.json", "package-lock.json"] {
        std::fs::copy(root().join("e2e/client").join(name), folder.join(name))
            .map_err(|error| format!("e2e/client/{name}: {error}"))?;
    }
    println!("installing the client, Claude Code {CLAUDE_CODE}");
    run(Command::new("npm").current_dir(&folder).args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ]))?;
    if program.is_file() {
        Ok(program)
    } else {
        Err(format!("npm did not bring {}", program.display()))
    }
}

/// Python, which the scripted model is written in.
pub(crate) fn python() -> Result<(), String> {
    if has("python3", "--version") {
        Ok(())
    } else {
        Err("python3 is missing: the scripted model is written in it".to_owned())
    }
}
