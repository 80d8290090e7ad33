//! Mistakes of form inside the block. The engine finds them and proves each by its mend
//! (`FrontMatter::problems`); a rule here words one kind for the author.

/// A literal sixteen times, for the examples that only length makes.
macro_rules! sixteen_times {
    ($x:expr) => {
        concat!($x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x, $x)
    };
}

pub mod bad_escape;
pub mod bad_merge;
pub mod colon_in_value;
pub mod control_character;
pub mod duplicate_key;
pub mod fence_in_value;
pub mod first_key_indented;
pub mod full_width_brackets;
pub mod full_width_colon;
pub mod full_width_comma;
pub mod full_width_hash;
pub mod full_width_quotes;
pub mod hidden_line_break;
pub mod ideographic_space;
pub mod key_too_long;
pub mod missing_colon;
pub mod missing_comma;
pub mod missing_dash;
pub mod missing_key;
pub mod nested_too_deep;
pub mod never_read;
pub mod no_break_space;
pub mod no_space_after_colon;
pub mod no_space_after_dash;
pub mod not_a_mapping;
pub mod reserved_start;
pub mod stray_bracket;
pub mod stray_list_item;
pub mod tab_indentation;
pub mod text_after_bracket;
pub mod text_after_quote;
pub mod unclosed_bracket;
pub mod unclosed_quote;
pub mod unreadable;
pub mod wrong_indentation;

use std::cell::LazyCell;

use super::words::{loses_front_matter, quoted};
use super::{Diagnostic, Fix, Input, Related, Rule, Severity};
use crate::post::Post;
use crate::post::front_matter::{Entry, Problem, ProblemKind};

/// The rules of form.
pub const RULES: &[Rule] = &[
    bad_escape::RULE,
    bad_merge::RULE,
    colon_in_value::RULE,
    control_character::RULE,
    duplicate_key::RULE,
    fence_in_value::RULE,
    first_key_indented::RULE,
    full_width_brackets::RULE,
    full_width_colon::RULE,
    full_width_comma::RULE,
    full_width_hash::RULE,
    full_width_quotes::RULE,
    hidden_line_break::RULE,
    ideographic_space::RULE,
    key_too_long::RULE,
    missing_colon::RULE,
    missing_comma::RULE,
    missing_dash::RULE,
    missing_key::RULE,
    nested_too_deep::RULE,
    never_read::RULE,
    no_break_space::RULE,
    no_space_after_colon::RULE,
    no_space_after_dash::RULE,
    not_a_mapping::RULE,
    reserved_start::RULE,
    stray_bracket::RULE,
    stray_list_item::RULE,
    tab_indentation::RULE,
    text_after_bracket::RULE,
    text_after_quote::RULE,
    unclosed_bracket::BRACE,
    unclosed_bracket::RULE,
    unclosed_quote::RULE,
    unreadable::RULE,
    wrong_indentation::RULE,
];

/// One problem in its post.
struct Case<'a> {
    post: &'a Post,
    problem: &'a Problem,
}

/// What a rule says of a problem.
struct Words {
    /// What is wrong, in one or two sentences. What becomes of the file is added where the block is lost.
    message: String,
    /// What Jekyll reads where the block loads all the same; empty where the message says it.
    otherwise: String,
    /// What the other place is, where the problem has one.
    related: &'static str,
    /// What the mend does, in the imperative.
    fix: &'static str,
}

impl Words {
    fn new(message: impl Into<String>, fix: &'static str) -> Words {
        Words { message: message.into(), otherwise: String::new(), related: "It begins here", fix }
    }

    fn otherwise(self, otherwise: impl Into<String>) -> Words {
        Words { otherwise: otherwise.into(), ..self }
    }

    fn related(self, related: &'static str) -> Words {
        Words { related, ..self }
    }
}

impl<'a> Case<'a> {
    fn text(&self) -> &'a str {
        &self.post.text
    }

    /// The characters of the mistake.
    fn source(&self) -> &'a str {
        self.problem.span.of(self.text())
    }

    /// The characters of the mistake, for a message.
    fn written(&self) -> String {
        quoted(self.source())
    }

    fn entry(&self) -> Option<&'a Entry> {
        self.post.tree().entry_at(self.problem.span.start)
    }

    /// The key that the mistake belongs to, or nothing.
    fn key(&self) -> &'a str {
        self.entry().map_or("", |entry| entry.key_text(self.text()))
    }

    /// The rest of the line after the mistake.
    fn rest_of_line(&self) -> &'a str {
        let rest = self.text().get(self.problem.span.end..).unwrap_or_default();
        rest.split(['\n', '\r']).next().unwrap_or_default()
    }
}

/// Reports each problem of one kind: an error where Jekyll loses the block to it, else a warning.
fn report(
    input: &Input<'_>,
    found: &mut Vec<Diagnostic>,
    code: &'static str,
    kind: ProblemKind,
    words: impl Fn(&Case<'_>) -> Words,
) {
    let lost = LazyCell::new(|| loses_front_matter(input));
    for problem in input.post.front_matter.problems.iter().filter(|problem| problem.kind == kind) {
        let words = words(&Case { post: input.post, problem });
        let consequence = if problem.breaks { &*lost } else { &words.otherwise };
        let message = format!("{} {consequence}", words.message).trim_end().to_owned();
        let related = problem.related.map(|span| Related::here(span, words.related));
        let safe = is_safe(problem.kind);
        let fix = Fix { safe, ..Fix::new(words.fix, problem.mend.clone()) };
        found.push(Diagnostic {
            span: problem.span,
            severity: if problem.breaks { Severity::Error } else { Severity::Warning },
            code,
            message,
            related: related.into_iter().collect(),
            fix: Some(fix).filter(|fix| !fix.edits.is_empty()),
        });
    }
}

/// Whether the mend of a problem is the one right answer. The others guess: they take words away, add some, or choose
/// between two readings of a line.
fn is_safe(kind: ProblemKind) -> bool {
    use ProblemKind::*;
    match kind {
        DuplicateKey | StrayBracket | StrayListItem | MissingColon | MissingKey | MissingDash => false,
        NeverRead | FenceInValue | BadMerge | NotMapping | Unreadable | KeyTooLong | NestedTooDeep => false,
        UnclosedQuote | UnclosedBracket | UnclosedBrace | MissingComma | ColonInValue | ReservedStart => true,
        TextAfterQuote | TextAfterBracket | BadEscape | NoSpaceAfterColon | NoSpaceAfterDash => true,
        FullWidthColon | FullWidthComma | FullWidthQuote | FullWidthBracket | FullWidthHash => true,
        IdeographicSpace | TabIndentation | NoBreakSpace | WrongIndentation | ControlCharacter
        | HiddenLineBreak => true,
        FirstKeyIndented => true,
    }
}
