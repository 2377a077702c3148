//! The store's limits, each with a name.

/// Bodies larger than this, sealed, are files of their own beside the database.
pub(crate) const INLINE_BODY_BYTES_MAX: usize = 256 * 1024;
/// Most bytes of prepared records that wait for the writer. Above it, appending says "busy".
pub(crate) const QUEUE_BYTES_MAX: usize = 128 * 1024 * 1024;
/// Most records in one transaction.
pub(crate) const COMMIT_RECORDS_MAX: usize = 4_000;
/// Most bytes of records that are handed to the projector in memory. Above it, it reads them back from the store.
pub(crate) const HANDOVER_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Most records that are projected at once.
pub(crate) const SLICE_RECORDS_MAX: usize = 2_000;
/// Most records, over all, whose sessions' folds are kept in memory.
pub(crate) const FOLD_RECORDS_MAX: usize = 60_000;
/// Parts of bodies smaller than this are not worth keeping apart.
pub(crate) const SHARED_BYTES_MIN: usize = 1_024;
/// Most bytes of opened bodies that are kept for reading.
pub(crate) const BODY_CACHE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Most session keys that are kept in memory.
pub(crate) const KEYS_CACHED_MAX: usize = 50_000;
/// Most rows of one page.
pub(crate) const PAGE_ROWS_MAX: usize = 1_000;
/// Longest name of a workspace or project, in bytes.
pub(crate) const NAME_BYTES_MAX: usize = 64;
/// Longest session id that is taken, in bytes: an id is a name of a row, and a longer one is no id.
pub(crate) const SESSION_ID_BYTES_MAX: usize = 512;
/// How far up a conversation is followed.
pub(crate) const CONVERSATION_LINKS_MAX: usize = 64;
/// Most records and bytes that a redaction rule is tried on: seconds of work.
pub(crate) const TRIAL_RECORDS_MAX: u64 = 50_000;
pub(crate) const TRIAL_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Records that are fetched for a trial at once.
pub(crate) const TRIAL_SLICE_RECORDS: usize = 200;
/// Most hits of a trial that are shown.
pub(crate) const TRIAL_SAMPLES_MAX: usize = 50;
/// Records and bytes of their contents that a rescan looks through before it writes what it found.
pub(crate) const RESCAN_RECORDS: usize = 500;
pub(crate) const RESCAN_BYTES: usize = 8 * 1024 * 1024;
/// Longest notice of a capture policy, in bytes.
pub(crate) const NOTICE_BYTES_MAX: usize = 2_000;
/// Most projects with a rule of their own.
pub(crate) const RULED_PROJECTS_MAX: usize = 1_000;
/// Most devices that a workspace notes.
pub(crate) const DEVICES_MAX: u64 = 100_000;
/// Most machines that are read at once.
pub(crate) const MACHINES_READ_MAX: usize = 10_000;
/// Most versions of skills in one list.
pub(crate) const SKILL_VERSIONS_MAX: usize = 10_000;
/// Most MCP servers in one list: of one on many machines, each counts.
pub(crate) const SERVER_ROWS_MAX: usize = 20_000;
/// Longest name or version that is noted of a device, in bytes.
pub(crate) const DEVICE_WORD_BYTES_MAX: usize = 128;
/// Longest body of a review, in bytes: every text of it is shorter.
pub(crate) const REVIEW_BODY_BYTES_MAX: usize = 256 * 1024;
/// Most reviews that a session takes, history included: they are read at once.
pub(crate) const REVIEWS_PER_SESSION_MAX: i64 = 20_000;
/// Longest tag, reason of a verdict, comment and corrected answer, in characters.
pub(crate) const TAG_CHARS_MAX: usize = 64;
pub(crate) const REASON_CHARS_MAX: usize = 2_000;
pub(crate) const COMMENT_CHARS_MAX: usize = 10_000;
pub(crate) const ANSWER_CHARS_MAX: usize = 50_000;
/// Longest text that a comment is anchored to, in characters.
pub(crate) const QUOTE_CHARS_MAX: u64 = 20_000;
/// Most tags that are on a session and its turns, each person's counted.
pub(crate) const TAGS_PER_SESSION_MAX: i64 = 100;
/// Most comments of a session, those that were taken back included.
pub(crate) const COMMENTS_PER_SESSION_MAX: i64 = 2_000;
/// Most people that one comment mentions.
pub(crate) const MENTIONS_MAX: usize = 20;
/// Most secrets of inference hooks that are in force: each is tried on every call.
pub(crate) const HOOK_SECRETS_MAX: usize = 16;
/// Most rubrics of a workspace, retired ones included.
pub(crate) const RUBRICS_MAX: i64 = 200;
/// Most precedents of a rubric.
pub(crate) const PRECEDENTS_MAX: i64 = 500;
/// Longest text that a person types about an item, in bytes.
pub(crate) const REVIEW_TEXT_BYTES_MAX: usize = 10_000;
/// Most records of one step that are shown with their contents.
pub(crate) const STEP_RECORDS_MAX: usize = 100;
/// Longest payload of an editing call that is read for what it changed, and all of them together: some seconds of work.
pub(crate) const EDIT_PAYLOAD_BYTES_MAX: usize = 4 * 1024 * 1024;
pub(crate) const CHANGES_READ_BYTES_MAX: usize = 128 * 1024 * 1024;
/// Most queues of a workspace, closed ones included.
pub(crate) const QUEUES_MAX: i64 = 500;
/// Most items of a queue: its counts look at all of them.
pub(crate) const QUEUE_ITEMS_MAX: i64 = 5_000;
/// Most sessions that are put into a queue by hand at once.
pub(crate) const QUEUE_ADDED_MAX: usize = 500;
/// Items that are put into a queue in one transaction: deliveries wait for each.
pub(crate) const QUEUE_SLICE_ITEMS: usize = 50;
/// Most rules of a queue.
pub(crate) const QUEUE_RULES_MAX: usize = 20;
/// Most reviewers that a queue names.
pub(crate) const QUEUE_REVIEWERS_MAX: usize = 100;
/// Most sessions that a rule looks at, and adds at once.
pub(crate) const FILL_LOOKED_MAX: usize = 2_000;
pub(crate) const FILL_ADDED_MAX: usize = 200;
/// Most references of a workspace.
pub(crate) const GOLD_MAX: i64 = 1_000;
/// Most items that statistics about judgements rest on, the newest.
pub(crate) const TRUST_ITEMS_MAX: i64 = 2_000;

/// Most saved views of one person.
pub(crate) const SAVED_VIEWS_OF_ONE_MAX: usize = 100;
/// Longest name of a saved view, in characters.
pub(crate) const SAVED_VIEW_NAME_CHARS_MAX: usize = 80;
