//! The patterns of `include` and `exclude`. Source: Ruby's `File.fnmatch?` without flags, as `entry_filter.rb`
//! calls it: `*` also crosses `/`, a leading dot is nothing special, `**` and `{}` mean nothing of their own.

/// Whether all of `text` matches `pattern`.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut from) = (0, 0);
    // The last star, and up to where it has taken text: where the rest fails, it takes one character more.
    let mut star: Option<(usize, usize)> = None;
    loop {
        if pattern.get(at) == Some(&'*') {
            star = Some((at + 1, from));
            at += 1;
            continue;
        }
        match (one(&pattern[at..]), text.get(from)) {
            (None, None) => return true,
            (Some((length, matcher)), Some(c)) if matcher.takes(*c) => {
                at += length;
                from += 1;
            }
            _ => match &mut star {
                Some((after, taken)) if *taken < text.len() => {
                    *taken += 1;
                    (at, from) = (*after, *taken);
                }
                _ => return false,
            },
        }
    }
}

/// What one character is held against.
enum Matcher<'p> {
    Any,
    Exactly(char),
    Set { negated: bool, members: &'p [char] },
    Nothing,
}

/// The matcher at the head of a pattern and its length; none at the pattern's end.
fn one(pattern: &[char]) -> Option<(usize, Matcher<'_>)> {
    Some(match pattern {
        [] => return None,
        ['?', ..] => (1, Matcher::Any),
        ['\\', c, ..] => (2, Matcher::Exactly(*c)),
        ['[', rest @ ..] => {
            let negated = matches!(rest.first(), Some('!' | '^'));
            let members = &rest[usize::from(negated)..];
            let close = members.iter().position(|c| *c == ']');
            match close {
                Some(close) if close > 0 => {
                    (2 + usize::from(negated) + close, Matcher::Set { negated, members: &members[..close] })
                }
                _ => (1, Matcher::Nothing),
            }
        }
        [c, ..] => (1, Matcher::Exactly(*c)),
    })
}

impl Matcher<'_> {
    fn takes(&self, c: char) -> bool {
        match self {
            Matcher::Any => true,
            Matcher::Exactly(own) => *own == c,
            Matcher::Set { negated, members } => contains(members, c) != *negated,
            Matcher::Nothing => false,
        }
    }
}

fn contains(members: &[char], c: char) -> bool {
    match members {
        [low, '-', high, rest @ ..] => (*low..=*high).contains(&c) || contains(rest, c),
        [own, rest @ ..] => *own == c || contains(rest, c),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_cross_slashes_and_sets_have_ranges() {
        for (pattern, text, expected) in [
            ("*.md", "_posts/2024-01-15-a.md", true),
            ("_posts/*/x", "_posts/a/b/x", true),
            ("a?c", "aあc", true),
            ("a?c", "ac", false),
            ("[a-c]*", "bird", true),
            ("[!a-c]*", "bird", false),
            ("[^あ-ん]", "ア", true),
            ("\\*", "*", true),
            ("\\*", "x", false),
            ("[ab", "a", false),
            ("{a,b}", "a", false),
            ("*a*b*c", "xaxbxbxc", true),
            ("", "", true),
            ("", "x", false),
            ("***", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
