//! Whether letters were drawn at random or are words, by the pairs that stand side by side: hardly one pair of `qzkvwx` is in
//! a word. The figures add up over a run of letters, so that the longer it is, the surer it is told.

/// Capitals in a row that an abbreviation has: more are a word in capitals.
const ABBREVIATION_BYTES_MAX: usize = 3;

/// What letters speak for, in quarter bits: above zero that they were drawn at random, below it that they are words. What is
/// no letter parts runs. Of 24 random letters of both cases 99 in 100 come to 16 or more; of 94,000 names of 16 and more
/// letters in code 300 do, most of which are keys in base64.
pub(crate) fn random_quarter_bits(text: &[u8]) -> i32 {
    text.split(|byte| !byte.is_ascii_alphabetic())
        .map(of_run)
        .sum()
}

fn of_run(letters: &[u8]) -> i32 {
    let is_mixed =
        letters.iter().any(u8::is_ascii_lowercase) && letters.iter().any(u8::is_ascii_uppercase);
    let (mut sum, mut capitals) = (0, 1);
    for pair in letters.windows(2) {
        let case = (pair[0].is_ascii_uppercase(), pair[1].is_ascii_uppercase());
        capitals = if case == (true, true) {
            capitals + 1
        } else {
            1
        };
        if is_mixed {
            sum += if capitals > ABBREVIATION_BYTES_MAX {
                CAPITAL_AFTER_ABBREVIATION
            } else {
                of_case(case)
            };
        }
        // A capital behind a small letter begins a word: no pair of one.
        if case != (false, true) {
            sum += of_pair(pair[0], pair[1]);
        }
    }
    sum
}

/// `(first is a capital, second is one)`.
const fn of_case(case: (bool, bool)) -> i32 {
    match case {
        (true, true) => 8,
        (false, true) => 6,
        (_, false) => -3,
    }
}

const CAPITAL_AFTER_ABBREVIATION: i32 = -8;

fn of_pair(first: u8, second: u8) -> i32 {
    let place = |letter: u8| usize::from(letter.to_ascii_lowercase() - b'a');
    let bits = i32::from(PAIRS[place(first)][place(second)]);
    // One letter over and over, and the alphabet, are no key, though no word either.
    if matches!(second.wrapping_sub(first), 0 | 1) {
        bits.min(0)
    } else {
        bits
    }
}

/// How much likelier the second letter (column) is behind the first (row) when all letters are alike than in a word, in quarter
/// bits from -12 to 24. Counted in 82,000 words that names in published Rust, C, Python and TypeScript, and their manuals,
/// consist of, each by the logarithm of its files.
#[rustfmt::skip]
const PAIRS: [[i8; 26]; 26] = [
    [9, -2, -4, -2, 10, 7, 1, 16, 1, 20, 7, -6, -1, -6, 18, -1, 22, -6, -3, -8, 4, 6, 10, 7, 6, 15], // a
    [-6, 2, 0, 4, -5, 5, 10, 15, -6, 4, 12, -9, 6, 10, -3, 6, 22, -2, -3, 4, -5, 12, 15, 16, 3, 15], // b
    [-6, 7, 2, 6, -6, 8, 6, -5, -1, 23, -3, -1, 6, 9, -9, 5, 18, -1, 0, -5, 1, 8, 15, 16, 9, 23], // c
    [-4, 4, 4, -2, -11, 4, 7, 9, -8, 12, 16, 0, 6, 7, -2, 6, 15, -2, -2, 5, 0, 7, 5, 13, 9, 20], // d
    [-1, 7, -3, -6, 3, 2, 5, 14, 7, 19, 14, -1, 0, -6, 9, 3, 8, -8, -6, -4, 11, 4, 8, 0, 8, 20], // e
    [-3, 6, 3, 0, -5, -7, 9, 14, -8, 20, 17, -4, 6, 3, -6, 4, 19, -2, -2, 1, -1, 15, 11, 15, 6, 24], // f
    [-2, 8, 6, 7, -11, 7, 3, -2, -5, 20, 13, -2, 4, -3, -1, 4, 16, -6, -4, 3, -1, 12, 13, 15, 12, 12], // g
    [-9, 9, 7, 3, -10, 9, 14, 12, -7, 22, 11, 4, 2, 8, -7, 7, 22, -2, 3, -2, 1, 18, 7, 18, 4, 16], // h
    [1, 3, -3, -1, 1, 1, 0, 22, 15, 20, 13, -1, -1, -11, -5, 2, 19, 2, -3, -5, 16, 2, 15, 9, 24, 1], // i
    [-7, 8, 4, 7, -10, 5, 7, 11, -3, 11, 3, 12, 5, 6, -7, 3, 17, 6, -6, 3, -7, 9, 7, 12, 12, 17], // j
    [-3, 3, 5, 1, -12, 4, 6, 6, -7, 14, 14, 2, 5, 2, 2, 3, 15, 3, -6, 0, 3, 9, 7, 16, 6, 17], // k
    [-6, 9, 7, 2, -10, 7, 9, 16, -9, 21, 7, -5, 10, 10, -6, 4, 22, 9, 1, 0, 1, 9, 16, 21, -3, 20], // l
    [-9, 1, 6, 6, -10, 8, 12, 17, -7, 20, 11, 4, 1, 9, -4, -6, 17, 10, -2, 5, -1, 14, 17, 15, 13, 24], // m
    [-4, 10, -3, -5, -5, 1, -8, 11, -2, 16, 6, 5, 10, 5, -3, 7, 18, 8, -5, -8, 3, 6, 14, 19, 11, 19], // n
    [5, 4, -4, 0, 9, 3, 3, 14, 5, 17, 7, -2, -2, -10, 2, -2, 23, -7, -1, -1, -2, 3, 1, 11, 15, 21], // o
    [-6, 9, 3, 5, -7, 6, 9, 2, -3, 24, 9, -4, 7, 9, -5, -2, 19, -8, -1, -3, 1, 10, 10, 14, 6, 24], // p
    [5, 4, 6, 2, 3, 8, 8, 11, 3, 15, 14, -2, 6, 4, 10, 3, 7, 3, 0, 6, -12, 8, 9, 17, 15, 16], // q
    [-6, 9, 2, 2, -11, 7, 5, 17, -6, 24, 6, 5, 1, 4, -6, 4, 16, 1, -3, -2, 3, 6, 13, 18, 3, 23], // r
    [-1, 11, -1, 9, -9, 9, 7, -2, -7, 24, 5, 3, 5, 7, 0, -2, 13, 6, -4, -9, -2, 11, 8, 16, 3, 9], // s
    [-5, 10, 2, 7, -9, 7, 13, -1, -9, 24, 15, 3, 6, 9, -3, 5, 20, -6, -2, 1, 2, 13, 11, 10, 0, 16], // t
    [0, -2, 0, 4, -1, 1, 4, 19, 0, 22, 15, -4, -3, -9, 9, -2, 24, -5, -6, -6, 15, 17, 18, 11, 20, 17], // u
    [-8, 8, 3, 7, -12, 5, 8, 12, -8, 23, 14, 5, 3, 7, -1, 4, 15, 6, 2, 4, 14, 15, 15, 13, 13, 18], // v
    [-9, 6, 2, 2, -6, 4, 10, -1, -7, 22, 10, 2, 3, -4, -4, 3, 14, -4, -4, 4, 8, 13, 11, 12, 13, 16], // w
    [-3, 4, -4, 1, -6, -2, 9, 6, -4, 19, 11, 4, 1, 6, 3, -7, 11, 4, 0, -9, 7, 11, 11, 0, 6, 18], // x
    [-1, 3, 0, 4, -1, 5, 6, 12, -2, 18, 14, -1, -3, -5, 1, -11, 17, 4, -6, -3, 7, 8, 6, 14, 10, 7], // y
    [-6, 8, 7, 6, -12, 6, 9, 9, -5, 20, 12, 6, 7, 10, -1, 7, 19, 10, 4, 9, 5, 10, 12, 14, 7, 0], // z
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_at_random_are_told_from_names_and_words() {
        for random in [
            "XhSICECxiRQWBauYzkxMzCED",
            "QncKiwiNHnBMNqedsilsqZVb",
            "UjkJGVtlcqHcRCDfqvzxwmCPQVbGTtJZcmcZ",
            "wfiFPQqEXpqBZKEQfGxTovarQINlMGUIYocg",
            "qzkvwxjmtrpfhbdg",
        ] {
            assert!(random_quarter_bits(random.as_bytes()) >= 16, "{random}");
        }
        for word in [
            "getPagesInConfluenceSpace",
            "internationalization",
            "Datenschutzgrundverordnung",
            "Rechtsschutzversicherungsgesellschaften",
            "lentokonesuihkuturbiinimoottori",
            "desenvolvimentoSustentavel",
            "xmlSecKeyDataIdListFindByNode",
            "RpcNsGroupMbrInqBeginA",
            "kRegExpReplaceCalledOnSlowRegExp",
            "NSURLSessionConfiguration",
            "wszREGREQUESTFILENAME",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "abcdefghijklmnopqrstuvwxyz",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            "",
        ] {
            assert!(random_quarter_bits(word.as_bytes()) < 16, "{word}");
        }
    }
}
