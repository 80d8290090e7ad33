//! What a load of YAML gives, whoever does it.

use super::scalar::Node;
use crate::text::Span;

/// A document that loads.
#[derive(Debug)]
pub struct Loaded {
    /// Its value; nothing for a document that is empty.
    pub root: Option<Node>,
    /// The byte of the text where the first document ends. What follows is never read.
    pub end: usize,
    /// The keys below the top that their mapping has already, each with the first place of it, both in bytes.
    pub repeated: Vec<(Span, Span)>,
    /// Whether it is of the usual form and has no key twice: then the values alone tell what stands where.
    pub is_usual: bool,
}

/// Why a document does not load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// What stopped it.
    pub kind: YamlErrorKind,
    /// libyaml's or Ruby's word for it.
    pub problem: &'static str,
    /// The byte of the text where libyaml gave up, which is seldom the author's mistake.
    pub offset: usize,
    /// The byte where the thing began that libyaml could not finish: a quote, a list, a mapping.
    pub context: Option<usize>,
}

impl YamlError {
    /// An error at a byte of the text, without what began before it.
    pub(super) fn at(kind: YamlErrorKind, problem: &'static str, offset: usize) -> Self {
        YamlError { kind, problem, offset, context: None }
    }
}

/// What stopped a load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YamlErrorKind {
    /// It is not YAML.
    Syntax,
    /// A character that YAML does not allow.
    ControlCharacter,
    /// Nesting beyond [`MAX_NESTING`](crate::limits::MAX_NESTING), or values beyond
    /// [`MAX_LOADED_VALUES`](crate::limits::MAX_LOADED_VALUES).
    TooDeep,
    /// Ruby raises on a value: `<<: text`, `1._5`.
    Value,
}
