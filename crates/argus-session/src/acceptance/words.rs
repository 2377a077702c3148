//! The words by which a reply is read, in six languages. Lists, so that adding one is a line.
//!
//! A phrase is found where words begin and end; in scripts without spaces, anywhere. `^` binds a phrase to the beginning of the
//! reply, `=` to the whole of it.

/// What a reply says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// Names a fault, or corrects.
    Fault,
    /// Wants it again, or in another way.
    Redo,
    /// Thanks or praises.
    Praise,
    /// Says that it was used, or is to be.
    Used,
    /// A fault is named only to say that there is none.
    NoFault,
    /// What follows goes against what went before.
    But,
    /// Goes further, or on to something else.
    Further,
    /// Puts it off.
    Defer,
    /// The cause lies with the person, or with something else.
    Excuse,
    /// No longer wanted, whatever it is like.
    Dropped,
    /// Gives up on it.
    GiveUp,
    /// It was said before, or could have been looked up.
    Annoyed,
    /// Takes back what was said a moment ago.
    HoldOn,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Of an answer: ends with a question.
    Asks,
    /// Of an answer: the question is an offer.
    Offers,
    /// Of an answer: it says that it could not.
    CouldNot,
    /// Of a typed command: undoes changes.
    UndoCommand,
    /// Of a typed command: keeps or publishes changes.
    CommitCommand,
}

const LISTS: &[(Cue, &[&str])] = &[
    (
        Cue::Fault,
        &[
            // English
            "wrong", "incorrect", "not right", "isn't right", "can't be right", "doesn't work", "does not work", "don't work", "not working",
            "didn't work", "still broken", "still fails", "still failing", "still not", "same error", "doesn't match",
            "don't match", "does not match", "do not match", "can't be", "cannot be", "can not be", "you missed", "you forgot", "messed up",
            "that's not", "that is not", "this is not", "not what i", "i said", "i meant", "i asked for", "i wanted",
            "you read", "you deleted", "you removed", "you changed", "you didn't", "you did not", "not possible", "is missing",
            "are missing", "went missing", "missing?", "where did", "lost the", "is gone since",
            "doesn't feel right", "look at the", "broke the", "it broke", "is broken", "now broken", "crashes", "too long",
            "too short", "too formal", "too dry", "makes no sense", "should have been", "not true",
            "^why is", "^why are", "^why does", "^why would", "^why did", "none of these", "=#name?", "#ref!",
            "traceback (most", "unhandled exception", "stack trace", "at all",
            // German
            "falsch", "stimmt nicht", "passt nicht", "geht nicht", "funktioniert nicht", "fehlt", "fehlen", "ich meine", "ich meinte",
            "nicht das", "kaputt", "warum ist", "warum fehlt", "wo ist", "=nee", "=nein",
            // French
            "faux", "fausse", "incorrect", "ce n'est pas", "c'est pas", "il manque", "manque", "impossible", "ne marche pas",
            "pas tout à fait", "ne fonctionne pas", "pourquoi", "je voulais",
            // Spanish
            "está mal", "esta mal", "falta", "faltan", "no funciona", "incorrecto", "demasiado", "lo que busco", "no es lo que",
            "no era", "ya no existe", "por qué",
            // Chinese
            "不对", "错了", "不正确", "漏了", "少了", "不够", "没有改", "不行", "为什么", "有问题",
            // Japanese
            "違い", "違う", "違って", "間違", "じゃなくて", "ではなくて", "知りたいのは", "おかしい", "足りな", "抜けて", "動かな", "直ってな",
            "なぜ",
        ],
    ),
    (
        Cue::Redo,
        &[
            "redo", "try again", "once more", "start over", "from scratch", "shorter", "longer", "rewrite", "rephrase",
            "rethink", "instead", "i'd rather", "undo", "revert", "roll back", "change it back", "simpler", "less formal",
            "more formal", "another version", "a different", "=others", "=again", "not like that",
            "kürzer", "länger", "nochmal anders", "neu machen", "rückgängig", "lieber", "anders", "plus court", "plus long", "à refaire",
            "repartir de zéro", "refais", "recommence", "plutôt", "más corto", "más largo", "hazlo más", "=otras", "=otra", "otra vez",
            "de nuevo", "rehaz", "再来", "换个说法", "换一", "重写", "重做", "短一点", "もう一度", "やり直", "短く", "書き直",
        ],
    ),
    (
        Cue::Praise,
        &[
            "thanks", "thank you", "thx", "perfect", "great", "brilliant", "spot on", "exactly what", "excellent", "awesome", "lovely",
            "love it", "nice", "well done", "good job", "looks good", "lgtm", "^good", "^cool", "^works", "works now", "it works",
            "^fine", "it's fine", "amazing",
            "that did it", "that helps", "fixed it", "^ok next", "danke", "perfekt", "super", "passt", "genau das", "genau so", "=jo", "=gut",
            "=top", "sehr gut", "prima", "merci", "parfait", "très", "nickel", "génial", "sans hésiter", "bravo", "gracias", "perfecto", "me encanta",
            "me vale", "genial", "estupendo", "谢谢", "很好", "太好", "完美", "不错", "直った", "ありがとう", "完璧", "素晴らし", "おけ", "助か", "いいですね",
        ],
    ),
    (
        Cue::Used,
        &[
            "commit", "commit it", "merge it", "ship it", "push it", "publish it", "deploy it", "send it", "sent it", "go with", "applied it",
            "uploaded it", "is live", "already sent",
            "verschickt", "abgeschickt", "envoyé", "envoyée", "enviado", "enviada",
            "publicado", "发了", "上线吧", "提交", "发布", "用第", "コミットして", "送りました", "公開して",
        ],
    ),
    (
        Cue::NoFault,
        &[
            "no further changes", "nothing to complain", "no problem", "no problems", "no complaints", "no errors", "nothing wrong",
            "not a single", "code is fine", "leave it as is", "keine beanstandung", "kein problem", "nichts auszusetzen", "rien à redire",
            "没问题", "問題なし", "問題ありません",
        ],
    ),
    (
        Cue::But,
        &[
            "but", "though", "tho", "however", "except", "aber", "jedoch", "mais", "pero", "sin embargo", "但", "不过", "可是", "けど", "しかし", "ですが",
        ],
    ),
    (
        Cue::Further,
        &[
            "^next", "^now", "^then", "^also", "^and now", "^and also", "^same for", "same for", "do the same", "^do it", "^yes do", "^add", "^write",
            "^put", "^make", "^draft", "^create", "^list", "^highlight", "^prepare", "^translate", "^turn", "^update", "^export", "^build",
            "^generate", "^continue with", "^move on", "^let's move", "next thing", "next step:", "^ok now", "^ok next", "^please add", "^can you also", "^could you also", "jetzt", "als nächstes",
            "^nächste", "^schreib", "^mach", "^füge", "maintenant", "^ajoute", "^écris", "^fais-en", "^ensuite", "^ahora", "^escribe", "^añade", "^crea", "ahora la", "ahora el", "接下来", "^按这",
            "^写", "^再写", "^然后", "^用", "^次は", "^次に", "^では", "作ってください",
        ],
    ),
    (
        Cue::Defer,
        &[
            "later", "tomorrow", "get back to you", "think about it", "let me check", "will look", "will show", "will read", "i'll read",
            "on monday", "morgen", "später", "lundi", "demain", "plus tard", "mañana", "luego",
            "más tarde", "稍后", "明天", "晚点", "後で", "明日", "検討",
        ],
    ),
    (
        Cue::Excuse,
        &[
            "my mistake", "my bad", "my fault", "i gave you the", "wrong key", "by accident", "oops", "can't try", "can't tell", "is down since", "are down for",
            "server is down", "no rights", "unrelated error", "mein fehler", "ich hab dir", "ich habe dir", "versehentlich", "mon erreur", "je me suis trompé", "me equivoqué", "error mío",
            "culpa mía", "我记错", "我弄错", "我的错", "私の間違い", "私のミス",
        ],
    ),
    (
        Cue::Dropped,
        &[
            "no longer needed", "not needed any more", "close this", "nicht mehr nötig", "hat sich erledigt", "plus besoin", "ya no hace falta", "不用了", "先别管", "不需要了", "もう必要",
        ],
    ),
    (
        Cue::GiveUp,
        &[
            "forget it", "i'll do it by hand", "i'll do it myself", "do it by hand", "never mind", "nevermind", "useless", "i give up", "vergiss es", "mach ich selbst",
            "laisse tomber", "je le ferai", "olvídalo", "lo hago yo", "déjalo", "算了", "我自己来", "もういい", "自分でや",
        ],
    ),
    (
        Cue::Annoyed,
        &[
            "told you", "already told", "i already", "how often", "you didn't even", "as i said", "is in the file", "steht doch",
            "habe ich schon", "c'est marqué", "déjà dit", "ya te", "ya lo dije", "está en el", "说过了", "已经说", "書いてあります", "先に読んで", "言いました",
        ],
    ),
    (
        Cue::HoldOn,
        &[
            "^hold on", "^wait", "^actually", "^hang on", "^moment", "^halt", "^attends", "^espera", "^等等", "^等一下", "^待って",
        ],
    ),
    (
        Cue::Yes,
        &["=y", "^yes", "^yeah", "^yep", "^sure", "^ok", "^ja", "^oui", "^sí", "^si,", "^好", "^是", "^はい"],
    ),
    (
        Cue::No,
        &["=n", "^no", "^nope", "^nein", "^non", "^不", "^いえ", "^いいえ"],
    ),
    (
        Cue::CouldNot,
        &[
            "could not", "couldn't", "unable to", "was not able", "i have no", "failed to", "konnte nicht", "nicht möglich", "n'ai pas pu", "impossible de", "no pude", "no he podido", "无法", "できませんでした",
        ],
    ),
    (
        Cue::Offers,
        &[
            "would you like me", "shall i", "should i also", "do you want me", "want me to", "let me know if", "soll ich", "möchten sie", "souhaitez-vous", "voulez-vous", "veux-tu que",
            "quieres que", "¿quieres", "需要我", "要不要我", "しましょうか",
        ],
    ),
    (
        Cue::UndoCommand,
        &[
            "git checkout --", "git checkout .", "git restore", "git reset --hard", "git revert", "git clean",
        ],
    ),
    (
        Cue::CommitCommand,
        &[
            "git commit", "git push", "git merge", "gh pr create", "gh pr merge", "npm publish", "cargo publish",
        ],
    ),
];

/// Lower case, apostrophes made plain, white space single.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{2019}' | '\u{2018}' | '\u{02bc}' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// True of scripts that put no spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

/// Which cues stand in a text, as bits. `text` is the text as it was written.
pub(super) fn cues(plain: &str, text: &str) -> u32 {
    let mut cues = 0;
    for (cue, phrases) in LISTS {
        if phrases.iter().any(|phrase| stands_in(plain, phrase)) {
            cues |= 1 << *cue as u32;
        }
    }
    let is_failure = |word: &str| word.ends_with("error:") || word.ends_with("exception:");
    if plain.split(' ').any(is_failure) {
        cues |= 1 << Cue::Fault as u32;
    }
    if text.ends_with(['?', '？']) {
        cues |= 1 << Cue::Asks as u32;
    }
    cues
}

fn stands_in(plain: &str, phrase: &str) -> bool {
    if let Some(whole) = phrase.strip_prefix('=') {
        return plain.trim_end_matches(['.', '!', '。', '！', '…']) == whole;
    }
    if let Some(start) = phrase.strip_prefix('^') {
        let plain = plain.trim_start_matches(|c: char| !c.is_alphanumeric());
        return plain
            .strip_prefix(start)
            .is_some_and(|rest| is_edge(start.chars().next_back(), rest.chars().next()));
    }
    let mut from = 0;
    while let Some(found) = plain[from..].find(phrase) {
        let (start, end) = (from + found, from + found + phrase.len());
        let before = is_edge(plain[..start].chars().next_back(), phrase.chars().next());
        let after = is_edge(phrase.chars().next_back(), plain[end..].chars().next());
        if before && after {
            return true;
        }
        from = start + phrase.chars().next().map_or(1, char::len_utf8);
    }
    false
}

/// True where a word ends between two characters.
fn is_edge(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => {
            !(before.is_alphanumeric() && after.is_alphanumeric())
                || is_unspaced(before)
                || is_unspaced(after)
        }
        _ => true,
    }
}
