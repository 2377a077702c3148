//! Replays the corpus of every target on a stable toolchain, and a number of fresh inputs made from it.
//! `replay --corpus FOLDER --inputs N [--seed N] [--only TARGET]`. An input that a target fails on is left in `--failed FOLDER`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the command line"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use argus_fuzz_targets::{TARGETS, Target};

/// Longest fresh input.
const BYTES_MAX: usize = 16 * 1024;
/// What formats are made of: an input that has these in odd places gets further than one with odd bytes.
const TOKENS: [&[u8]; 31] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"\\",
    b"\\ud83d",
    b"null",
    b"-1",
    b"1e400",
    b"18446744073709551615",
    b"\n",
    b"\0",
    b"\xff",
    b"\xf0\x9f\x92\xa9",
    b"</",
    b"ghp_",
    b"[redacted:",
    b"[redacted:email]",
    b"password=",
    b"api_key: ",
    b"Bearer ",
    b"://u:p@",
    b"-----BEGIN PRIVATE KEY-----",
    b"-----END PRIVATE KEY-----",
    b"\x1b[31m",
    b"%3D",
    b"\\\"",
    b"4111 1111 1111 1111",
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("replay: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let options = Options::read(std::env::args().skip(1))?;
    println!(
        "{} fresh inputs a target, seed {}",
        options.inputs, options.seed
    );
    let mut failed = 0;
    let only = options.only.as_deref();
    if only.is_some_and(|only| TARGETS.iter().all(|(name, _)| *name != only)) {
        return Err("--only takes the name of a target".to_owned());
    }
    for (name, target) in TARGETS {
        if only.is_some_and(|only| only != name) {
            continue;
        }
        let corpus = corpus(&options.corpus.join(name))?;
        let mut random = Random(options.seed);
        let mut inputs = 0;
        let fresh = std::iter::repeat_with(|| mutated(&corpus, &mut random)).take(options.inputs);
        for input in corpus.iter().cloned().chain(fresh) {
            inputs += 1;
            if !holds(target, &input) {
                failed += 1;
                let file = options
                    .failed
                    .join(format!("{name}-{}-{inputs}", options.seed));
                std::fs::create_dir_all(&options.failed)
                    .and_then(|()| std::fs::write(&file, &input))
                    .map_err(|error| error.to_string())?;
                eprintln!("{name} fails on {}", file.display());
            }
        }
        println!("{name}: {} of the corpus, {inputs} inputs", corpus.len());
    }
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} inputs failed with seed {}", options.seed))
    }
}

/// True when the target does not panic.
fn holds(target: Target, input: &[u8]) -> bool {
    // A target keeps nothing between calls.
    catch_unwind(AssertUnwindSafe(|| target(input))).is_ok()
}

fn corpus(folder: &Path) -> Result<Vec<Vec<u8>>, String> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("no corpus at {}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    paths.sort();
    let inputs: Result<Vec<Vec<u8>>, _> = paths.iter().map(std::fs::read).collect();
    match inputs {
        Ok(inputs) if inputs.is_empty() => Err(format!("{} is empty", folder.display())),
        Ok(inputs) => Ok(inputs),
        Err(error) => Err(error.to_string()),
    }
}

/// An input of the corpus, damaged in one to eight places.
fn mutated(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(8) {
        let at = random.below(input.len() + 1);
        let end = (at + random.below(32)).min(input.len());
        match random.below(7) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 if at < input.len() => input[at] = random.byte(),
            2 => input.truncate(at),
            3 => drop(input.drain(at..end)),
            4 => {
                let token = TOKENS[random.below(TOKENS.len())];
                input.splice(at..at, token.iter().copied());
            }
            5 => {
                let piece = input[at..end].to_vec();
                let to = random.below(input.len() + 1);
                input.splice(to..to, piece);
            }
            _ => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len() + 1);
                let to = (from + random.below(256)).min(other.len());
                input.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
    input.truncate(BYTES_MAX);
    input
}

struct Options {
    corpus: PathBuf,
    failed: PathBuf,
    inputs: usize,
    seed: u64,
    only: Option<String>,
}

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            corpus: PathBuf::from("fuzz/corpus"),
            failed: PathBuf::from("fuzz/artifacts"),
            inputs: 1_000,
            seed: fresh_seed(),
            only: None,
        };
        while let Some(name) = words.next() {
            let value = words
                .next()
                .ok_or_else(|| format!("{name} takes a value"))?;
            let number = || {
                value
                    .parse::<u64>()
                    .map_err(|_| format!("{name} takes a number"))
            };
            match name.as_str() {
                "--corpus" => options.corpus = value.into(),
                "--failed" => options.failed = value.into(),
                "--inputs" => options.inputs = usize::try_from(number()?).unwrap_or(usize::MAX),
                "--seed" => options.seed = number()?,
                "--only" => options.only = Some(value),
                _ => return Err(format!("\"{name}\" is no option")),
            }
        }
        Ok(options)
    }
}

/// xorshift64*: the same inputs for the same seed, everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 |= 1;
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % bound.max(1)
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[7]
    }
}

#[expect(clippy::disallowed_methods, reason = "the seed is printed")]
fn fresh_seed() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(1, |since| since.as_secs())
}
