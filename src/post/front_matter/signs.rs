//! A sign for each key of a mapping, by which it is known at once of most keys that they are not there. Dozens are asked for
//! in each post, and few are there.

/// The signs of some keys: a bit for each, of 64.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs(u64);

impl Signs {
    /// Adds that of a key.
    pub(crate) fn add(&mut self, key: &str) {
        self.0 |= sign(key);
    }

    /// Whether a key may be one of them. Where this says no, it is sure.
    #[inline]
    pub(crate) fn may_have(self, key: &str) -> bool {
        self.0 & sign(key) != 0
    }
}

#[inline]
fn sign(key: &str) -> u64 {
    let end = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
    let bytes = key.as_bytes();
    1 << ((end(bytes.first()) + 5 * end(bytes.last()) + 11 * bytes.len()) % 64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scalar::{Mapping, Node, Style, Value};
    use crate::text::Span;

    fn node(text: &str) -> Node {
        Node { value: Value::String(text.into()), span: Span::default(), style: Style::Plain }
    }

    proptest! {
        #[test]
        fn every_key_is_found_and_no_other(
            keys in prop::collection::vec("[a-d京]{0,3}", 0..40),
            asked in prop::collection::vec("[a-e京]{0,3}", 8),
        ) {
            let mut mapping = Mapping::default();
            keys.iter().for_each(|key| mapping.insert(node(key), node("x")));
            for key in keys.iter().chain(&asked) {
                prop_assert_eq!(mapping.get(key).is_some(), keys.contains(key), "{}", key);
            }
        }
    }
}
