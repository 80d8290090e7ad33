//! The whole numbers of a front matter.

use std::fmt;

/// A Ruby Integer. Ruby's has no bound; one of more than 38 digits is `i128::MAX` here.
///
/// It is packed because an `i128` begins at a multiple of 16 bytes: every value would, for the few that are numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(Rust, packed(8))]
pub struct Integer(i128);

impl Integer {
    /// The number.
    pub fn get(self) -> i128 {
        self.0
    }
}

impl From<i128> for Integer {
    fn from(number: i128) -> Self {
        Integer(number)
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Value;

    #[test]
    fn a_value_is_three_words() {
        assert_eq!((align_of::<Value>(), size_of::<Value>()), (8, 24));
    }
}
