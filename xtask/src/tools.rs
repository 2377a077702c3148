//! Tools that the tests need, installed in pinned versions where they are missing.

use std::path::{Path, PathBuf};
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

/// Node.js and npm, for the web UI and the tests in a browser.
pub(crate) fn node() -> Result<(), String> {
    const NODE_MAJOR_MIN: u32 = 20;
    let said = Command::new("node").arg("--version").output();
    let major: Option<u32> = said.ok().and_then(|said| {
        let text = String::from_utf8(said.stdout).ok()?;
        text.trim()
            .strip_prefix('v')?
            .split('.')
            .next()?
            .parse()
            .ok()
    });
    match major {
        Some(major) if major >= NODE_MAJOR_MIN && has("npm", "--version") => Ok(()),
        Some(major) if major < NODE_MAJOR_MIN => Err(format!(
            "Node.js {major} is too old: the web UI is built with {NODE_MAJOR_MIN} or later"
        )),
        _ => Err(format!(
            "Node.js {NODE_MAJOR_MIN} or later with npm is missing: the web UI is built with it"
        )),
    }
}

/// Installs what a folder's lock file names, unless that was done; argus-web's build script leaves the same mark.
pub(crate) fn npm_ci(folder: &Path) -> Result<(), String> {
    let lock = std::fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("{}: {error}", folder.join("package-lock.json").display()))?;
    let installed = folder.join("node_modules/.installed-from");
    if std::fs::read(&installed).is_ok_and(|from| from == lock) {
        return Ok(());
    }
    run(Command::new("npm")
        .current_dir(folder)
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    std::fs::write(&installed, lock).map_err(|error| error.to_string())
}

/// Debian's Chromium, installed where it is missing and that can be done.
pub(crate) fn chromium() -> Result<PathBuf, String> {
    let found = || {
        [
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
        ]
        .map(PathBuf::from)
        .into_iter()
        .find(|path| path.is_file())
    };
    if let Some(path) = found() {
        return Ok(path);
    }
    let missing = "Chromium is missing: install it (on Debian: apt-get install chromium)";
    install(
        "Chromium",
        &["chromium", "fonts-noto-core", "fonts-noto-cjk"],
    )
    .map_err(|error| format!("{missing}: {error}"))?;
    found().ok_or_else(|| missing.to_owned())
}

/// tmux, in which the real client runs as in a terminal.
pub(crate) fn tmux() -> Result<(), String> {
    if has("tmux", "-V") {
        return Ok(());
    }
    let missing = "tmux is missing: install it (on Debian: apt-get install tmux)";
    install("tmux", &["tmux"]).map_err(|error| format!("{missing}: {error}"))
}

/// Installs packages where the system is one that has them.
fn install(what: &str, packages: &[&str]) -> Result<(), String> {
    if !has("apt-get", "--version") {
        return Err("there is no apt-get here".to_owned());
    }
    println!("{what} is not there: installing Debian's");
    run(Command::new("apt-get").args(["update", "--quiet"]))?;
    run(Command::new("apt-get")
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}
