//! The mistakes of form that an author makes in a front matter block.

use crate::text::{Span, TextEdit};

/// One mistake, at the characters that the author got wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which mistake.
    pub kind: ProblemKind,
    /// The characters of the mistake.
    pub span: Span,
    /// The other place it has to do with: the first of two duplicate keys, the opening bracket.
    pub related: Option<Span>,
    /// Edits after which this mistake is gone and the entry loads; empty where only the author knows.
    pub mend: Vec<TextEdit>,
    /// Whether Jekyll loses the whole block to it; false where the block loads but not as it was meant.
    pub breaks: bool,
}

/// A kind of mistake. Each has its rule, which words it for the author, in `rules/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A quote without its partner.
    UnclosedQuote,
    /// `[` without `]`.
    UnclosedBracket,
    /// `{` without `}`.
    UnclosedBrace,
    /// `]` or `}` without its partner.
    StrayBracket,
    /// Two items of a list in brackets without a comma between.
    MissingComma,
    /// A colon and a space, or a final colon, in an unquoted value.
    ColonInValue,
    /// An unquoted value that begins with a character that YAML reserves.
    ReservedStart,
    /// Text after a closing quote: `"x" y`, `'it's'`.
    TextAfterQuote,
    /// Text after a closing bracket: `[x] y`.
    TextAfterBracket,
    /// A backslash and a character that YAML does not know, in double quotes.
    BadEscape,
    /// `key:value`
    NoSpaceAfterColon,
    /// `-item`
    NoSpaceAfterDash,
    /// A line of a list that has no dash.
    MissingDash,
    /// A colon with no key before it.
    MissingKey,
    /// A line that is neither a key with a colon nor goes on with the entry before it.
    MissingColon,
    /// `：` where `:` is meant.
    FullWidthColon,
    /// `，` or `、` between items where `,` is meant.
    FullWidthComma,
    /// `“”`, `‘’`, `＂` or `「」` where quotes are meant.
    FullWidthQuote,
    /// `［］`, `【】` or `｛｝` where brackets are meant.
    FullWidthBracket,
    /// `＃` where a comment is meant.
    FullWidthHash,
    /// U+3000 where a space is meant: after a colon or a dash, as indentation, around a key, before a comment.
    IdeographicSpace,
    /// A tab as indentation.
    TabIndentation,
    /// U+00A0 where a space is meant.
    NoBreakSpace,
    /// A line deeper or shallower than its neighbours allow.
    WrongIndentation,
    /// A `- ` line where no list can stand.
    StrayListItem,
    /// A key that is there twice; `related` is the first one.
    DuplicateKey,
    /// A control character, NUL among them.
    ControlCharacter,
    /// U+2028, U+2029 or U+0085, which libyaml takes for a line's end.
    HiddenLineBreak,
    /// A key of more than 1,024 characters.
    KeyTooLong,
    /// Nesting beyond [`crate::limits::MAX_NESTING`].
    NestedTooDeep,
    /// Text that Jekyll never reads: after `--- x`, after a `%YAML` line.
    NeverRead,
    /// The first key is indented more than the next ones, which Jekyll therefore never reads.
    FirstKeyIndented,
    /// A `---` inside a quoted or block value, at which the block ends.
    FenceInValue,
    /// `<<` with something else than a mapping, or another value at which Ruby raises.
    BadMerge,
    /// The block is a list, a text or a number.
    NotMapping,
    /// libyaml refuses the entry and no other kind fits.
    Unreadable,
}
