//! Builds `web/` for release builds or when `ARGUS_WEB=build` asks for it, and writes the list of its files.
//!
//! `ARGUS_WEB=skip` leaves the UI out of a release build.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a build script talks to cargo by environment and output"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

/// What the built UI depends on, below `web/`.
const INPUTS: [&str; 7] = [
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "vite.config.ts",
];

fn main() {
    if let Err(error) = run() {
        eprintln!("\nThe web UI could not be built: {error}\n");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let web = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("../../web");
    let dist = web.join("dist");
    println!("cargo::rerun-if-env-changed=ARGUS_WEB");
    for input in INPUTS {
        println!("cargo::rerun-if-changed={}", web.join(input).display());
    }
    println!("cargo::rerun-if-changed={}", dist.display());
    let wanted = match std::env::var("ARGUS_WEB").as_deref() {
        Ok("build") => true,
        Ok("skip") => false,
        Ok(other) if !other.is_empty() => {
            return Err(format!(
                "ARGUS_WEB is \"{other}\": it is \"build\" or \"skip\""
            ));
        }
        _ => variable("PROFILE") == "release",
    };
    if wanted {
        build(&web, &dist)?;
    }
    embed(&dist, &PathBuf::from(variable("OUT_DIR")).join("assets.rs"))
        .map_err(|error| format!("web/dist could not be read: {error}"))
}

/// Runs npm where something changed since the last time.
fn build(web: &Path, dist: &Path) -> Result<(), String> {
    let state = state_of(web).map_err(|error| format!("web/ could not be read: {error}"))?;
    let built = dist.join(".built-from");
    if std::fs::read_to_string(&built).is_ok_and(|from| from == state) {
        return Ok(());
    }
    let lock = std::fs::read(web.join("package-lock.json"))
        .map_err(|error| format!("web/package-lock.json could not be read: {error}"))?;
    // A copy of the lock file from which was installed; `cargo xtask` leaves the same.
    let installed = web.join("node_modules/.installed-from");
    if !std::fs::read(&installed).is_ok_and(|from| from == lock) {
        npm(web, &["ci", "--no-audit", "--no-fund"])?;
        std::fs::write(&installed, &lock).map_err(|error| error.to_string())?;
    }
    npm(web, &["run", "build"])?;
    std::fs::write(&built, state).map_err(|error| error.to_string())
}

fn npm(web: &Path, arguments: &[&str]) -> Result<(), String> {
    let said = Command::new("npm")
        .args(arguments)
        .current_dir(web)
        .output()
        .map_err(|error| {
            format!(
                "npm could not be run ({error}): install Node.js 20 or later with npm, or set ARGUS_WEB=skip for a build without the UI"
            )
        })?;
    if said.status.success() {
        return Ok(());
    }
    Err(format!(
        "`npm {}` in web/ failed:\n{}{}",
        arguments.join(" "),
        String::from_utf8_lossy(&said.stdout),
        String::from_utf8_lossy(&said.stderr)
    ))
}

/// A hash over names and contents of everything that the UI is built from.
fn state_of(web: &Path) -> std::io::Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&web.join(input), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.to_string_lossy().as_bytes());
        hash.update([0]);
        hash.update(Sha256::digest(std::fs::read(&file)?));
    }
    Ok(hex::encode(hash.finalize()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}

/// Writes the table of the files of `dist`, each compressed beside it where that pays.
fn embed(dist: &Path, table: &Path) -> std::io::Result<()> {
    let mut files = Vec::new();
    if dist.is_dir() {
        collect(dist, &mut files)?;
    }
    let mut named: Vec<(String, PathBuf)> = files
        .into_iter()
        .filter_map(|file| {
            let name = file.strip_prefix(dist).ok()?.to_str()?.replace('\\', "/");
            (!name.starts_with('.')).then_some((name, file))
        })
        .collect();
    named.sort();
    let mut text =
        String::from("/// Every file of the UI, by path.\npub static ASSETS: &[Asset] = &[\n");
    for (place, (name, file)) in named.iter().enumerate() {
        let bytes = std::fs::read(file)?;
        let hash = &hex::encode(Sha256::digest(&bytes))[..16];
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&bytes)?;
        let gzip = gzip.finish()?;
        let gzip = if gzip.len() < bytes.len() {
            let path = table.with_file_name(format!("{place}.gz"));
            std::fs::write(&path, gzip)?;
            format!("Some(include_bytes!({:?}))", path.display().to_string())
        } else {
            "None".to_owned()
        };
        let path = file.canonicalize()?;
        let _ = writeln!(
            text,
            "    Asset {{ path: {name:?}, media_type: {:?}, hash: {hash:?}, bytes: include_bytes!({:?}), gzip: {gzip} }},",
            media_type(name),
            path.display().to_string(),
        );
    }
    text.push_str("];\n");
    std::fs::write(table, text)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}
