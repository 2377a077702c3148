//! The steps of `cargo xtask test`, in order. Each is named; what cannot run fails.

use crate::run::{cargo, run};
use crate::tools;

type Step = (&'static str, fn() -> Result<(), String>);

const STEPS: [Step; 5] = [
    ("fmt", fmt),
    ("clippy", clippy),
    ("deny", deny),
    ("unit", unit),
    ("doc", doc),
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
            failed.push(name);
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
        Err(format!("failed: {}", failed.join(", ")))
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
