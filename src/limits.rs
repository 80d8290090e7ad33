//! How much is read and answered at the most. Every bound of the program stands here.

/// The longest file that is read, in bytes: a longer one is reported, not parsed.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// How many bytes of texts `masthead check` keeps, each with what it made of it, from when it reads the site until it
/// checks them; the others are read again. All that is kept is about twice as long.
pub const MAX_KEPT_BYTES: usize = 512 * 1024 * 1024;

/// Which part of the machine's memory these texts may take at the most: one in so many.
pub const KEPT_SHARE: usize = 16;

/// The deepest nesting of a front matter block that is handed to the YAML parser, whose flow nesting is quadratic.
pub const MAX_NESTING: usize = 1000;

/// The most values of one block, with those behind its aliases counted each time: a few lines of aliases are billions.
pub const MAX_LOADED_VALUES: usize = 500_000;

/// The most diagnostics of one file.
pub const MAX_DIAGNOSTICS: usize = 100;

/// The most tags, and the most categories, of one post that the site's index keeps.
pub const MAX_TERMS: usize = 1_000;

/// The most tags and categories that are looked at where they are written in one post.
pub const MAX_WRITTEN_TERMS: usize = 20_000;

/// How many of a post's tags and categories are counted in pairs, whose number grows with the square.
pub const MAX_PAIRED_TERMS: usize = 64;

/// The most front matter keys and values of one post that the site's index keeps.
pub const MAX_FIELDS: usize = 256;

/// The longest value, in characters, that is taken to recur in other posts.
pub const MAX_VALUE_CHARS: usize = 40;

/// The most mistakes of form that are kept of one block, of those that break it and of the others each.
pub const MAX_PROBLEMS: usize = 500;

/// The most links of one kind in one document that a rule follows.
pub const MAX_LINKS: usize = 5_000;

/// The most keys and values of a data file, or of a `_config.yml`, that are looked at for addresses.
pub const MAX_DATA_VALUES: usize = 100_000;

/// The most of these that are looked up as addresses: more than any navigation has, and than most lists of bookmarks.
pub const MAX_DATA_LINKS: usize = 20_000;

/// How many names of the site a rule holds against all the wrong ones of one file: about 0.1 µs each, in every post of a
/// site whose images are gone.
pub const MAX_NEAR_NAMES: usize = 2_400;

/// The same of the names of includes, which lie in one list.
pub const MAX_NEAR_INCLUDES: usize = 4_000;

/// The same of the URLs of posts, which are looked up and decoded for it.
pub const MAX_NEAR_URLS: usize = 600;

/// How many names are held against a wrong one where the file has had its share: those beside it.
pub const FEWEST_NEAR_NAMES: usize = 24;

/// The most symbols of one kind, and the most folds and links, of one document.
pub const MAX_OUTLINE: usize = 5_000;

/// The longest entry that is searched for the mistake in it, in bytes.
pub const MAX_DIAGNOSIS_BYTES: usize = 32 * 1024;

/// How often a block that does not load is loaded with mends tried on it.
pub const MAX_DIAGNOSIS_LOADS: usize = 4000;

/// How many bytes of drafts a block's diagnosis looks at: what holds where the entries are long.
pub const MAX_DIAGNOSIS_WORK: usize = 3 * 1024 * 1024;

/// The most bytes that a nested front matter value is printed with.
pub const MAX_PRINTED_BYTES: usize = 64 * 1024;

/// The most keys of one block, and the most values of one of its keys, that are compared, named, looked at by rules or
/// printed as JSON. A few lines of aliases can
/// be billions.
pub const MAX_VALUES: usize = 2_000;

/// The most safe fixes that are made in one file at once.
pub const MAX_MENDS: usize = 2_000;

/// The most changed lines, with those between them, that are told apart into edits of their own.
pub const MAX_COMPARED_LINES: usize = 2_000;

/// How many bytes are checked again while safe fixes are made: what holds where the file is long.
pub const MAX_MEND_BYTES: usize = 2 * 1024 * 1024;

/// The longest message of an editor that is read, in bytes: the longest file, with every character escaped.
pub const MAX_MESSAGE_BYTES: u64 = 256 * 1024 * 1024;

/// The longest header line of a message, in bytes.
pub const MAX_HEADER_BYTES: u64 = 64 * 1024;

/// How many of a site's newest posts show how it writes its posts.
pub const MAX_SAMPLES: usize = 40;

/// The longest slug that is made of a title, in bytes: with its date and extension a disk takes it for a name.
pub const MAX_SLUG_BYTES: usize = 180;

/// The most posts of one status that the overview of a site lists. It counts them all.
pub const MAX_LISTED: usize = 500;
