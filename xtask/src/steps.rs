//! The steps of `cargo xtask test`, in order. Each is named; what cannot run fails.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{cargo, root, run, target};
use crate::tools;

type Step = (&'static str, fn() -> Result<(), String>);

const STEPS: [Step; 11] = [
    ("fmt", fmt),
    ("clippy", clippy),
    ("deny", deny),
    ("unit", unit),
    ("doc", doc),
    ("web", web),
    ("fuzz", fuzz),
    ("crash", crash),
    ("disk", disk),
    ("e2e", e2e),
    ("browser", browser),
];

pub(crate) fn names() -> String {
    STEPS.map(|(name, _)| name).join(", ")
}

/// Runs every step; goes on after a failure, so that one run tells all, and fails at the end.
pub(crate) fn test() -> Result<(), String> {
    let mut failed = Vec::new();
    for (name, step) in STEPS {
        println!("\n== {name}");
        if let Err(error) = step() {
            println!("== {name} FAILED: {error}");
            failed.push(format!("{name}: {error}"));
        }
    }
    println!(
        "\n{} passed, {} failed",
        STEPS.len() - failed.len(),
        failed.len()
    );
    if failed.is_empty() {
        Ok(())
    } else {
        // Said again where whoever looks at the end of a long log sees it.
        Err(format!("failed:\n{}", failed.join("\n")))
    }
}

/// Runs one step.
pub(crate) fn one(name: &str) -> Result<(), String> {
    match STEPS.iter().find(|(known, _)| *known == name) {
        Some((_, step)) => step(),
        None => Err(format!("no step \"{name}\"; steps are {}", names())),
    }
}

fn fmt() -> Result<(), String> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<(), String> {
    run(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))
}

fn deny() -> Result<(), String> {
    tools::cargo_deny()?;
    run(cargo().args([
        "deny",
        "--log-level",
        "error",
        "check",
        "bans",
        "licenses",
        "sources",
    ]))
}

fn unit() -> Result<(), String> {
    run(cargo().args(["test", "--workspace", "--quiet"]))
}

fn doc() -> Result<(), String> {
    run(cargo()
        .args([
            "doc",
            "--workspace",
            "--no-deps",
            "--quiet",
            "--document-private-items",
        ])
        .env(
            "RUSTDOCFLAGS",
            "-D warnings -A rustdoc::private_intra_doc_links",
        ))
}

/// The web UI: formatting, types, its own tests.
fn web() -> Result<(), String> {
    tools::node()?;
    let web = root().join("web");
    tools::npm_ci(&web)?;
    run(Command::new("npm").current_dir(web).args(["run", "check"]))
}

/// The corpus of every fuzz target and fresh inputs made from it; `cargo fuzz run TARGET` goes on from there.
fn fuzz() -> Result<(), String> {
    run(cargo()
        .args(["run", "--quiet", "--package", "argus-fuzz-targets"])
        .args(["--bin", "replay", "--", "--inputs", "3000"])
        .arg("--corpus")
        .arg(root().join("fuzz/corpus"))
        .arg("--failed")
        .arg(target().join("fuzz-failed")))
}

/// The server, killed a hundred times in the middle of taking batches.
fn crash() -> Result<(), String> {
    let argus = argus()?;
    run(end_to_end("crash")
        .arg("--argus")
        .arg(argus)
        .args(["--rounds", "100"]))
}

/// The server on a disk that fills up.
fn disk() -> Result<(), String> {
    let argus = argus()?;
    run(end_to_end("disk-full").arg("--argus").arg(argus))
}

/// The real client, offline, against the real server; once more with secrets in every place; with the capture client; then with
/// the plugin as a person installs it.
fn e2e() -> Result<(), String> {
    tools::python()?;
    let claude = tools::claude()?;
    let argus = argus()?;
    for program in ["real-client", "canary"] {
        run(end_to_end(program)
            .arg("--argus")
            .arg(&argus)
            .arg("--kit")
            .arg(root().join("e2e/realclient"))
            .arg("--claude")
            .arg(&claude))?;
    }
    tools::tmux()?;
    run(cargo().args(["build", "--quiet", "--package", "argus-capture"]))?;
    let capture = target().join("debug/argus-capture");
    run(end_to_end("capture")
        .arg("--argus")
        .arg(&argus)
        .arg("--capture")
        .arg(&capture)
        .arg("--plugin")
        .arg(root().join("plugin"))
        .arg("--kit")
        .arg(root().join("e2e/realclient"))
        .arg("--claude")
        .arg(&claude))?;
    run(end_to_end("plugin")
        .arg("--argus")
        .arg(argus)
        .arg("--capture")
        .arg(capture)
        .arg("--kit")
        .arg(root().join("e2e/realclient"))
        .arg("--claude")
        .arg(claude))
}

/// The UI in a real browser, on a real server, with the real client. Screenshots are left in `target/browser`.
fn browser() -> Result<(), String> {
    tools::node()?;
    tools::python()?;
    let claude = tools::claude()?;
    let chromium = tools::chromium()?;
    run(cargo()
        .args(["build", "--quiet", "--package", "argus"])
        .env("ARGUS_WEB", "build"))?;
    let tests = root().join("e2e/browser");
    tools::npm_ci(&tests)?;
    run(Command::new("npm")
        .current_dir(&tests)
        .args(["run", "check"]))?;
    run(Command::new("npm")
        .current_dir(tests)
        .arg("test")
        .env("ARGUS_BINARY", target().join("debug/argus"))
        .env("ARGUS_CHROMIUM", chromium)
        .env("ARGUS_CLAUDE", claude)
        .env("ARGUS_ARTEFACTS", target().join("browser")))
}

/// Builds the program and gives its path.
fn argus() -> Result<PathBuf, String> {
    run(cargo().args(["build", "--quiet", "--package", "argus"]))?;
    Ok(target().join("debug/argus"))
}

fn end_to_end(program: &str) -> Command {
    let mut command = cargo();
    command.args([
        "run",
        "--quiet",
        "--package",
        "argus-e2e",
        "--bin",
        program,
        "--",
    ]);
    command
}
