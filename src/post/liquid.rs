//! Liquid in a post: where its tags are, and what they name. Source: Liquid's tokenizer and Jekyll `tags/`.
//!
//! Liquid runs before Markdown, so a tag counts in a code block as well as anywhere else; only `raw` and
//! `comment` keep it from being read.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

use crate::text::Span;

/// One `{% … %}`. Spans are bytes of the whole post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// From `{%` to `%}`.
    pub span: Span,
    /// The word after `{%`, such as `post_url`.
    pub name: Span,
    /// What follows the name, without the blanks around it; empty where there is nothing.
    pub argument: Span,
}

/// The Liquid of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Liquid {
    /// The tags that Liquid runs, in order.
    pub tags: Vec<Tag>,
    /// What is no text of the post: tags, `{{ … }}`, and all of `highlight` and `comment` with what is in them.
    /// In order; none overlaps another.
    pub masked: Vec<Span>,
}

impl Liquid {
    /// Reads the body that begins at byte `start` of `text`. A tag without its end is text.
    pub fn parse(text: &str, start: usize) -> Self {
        let mut liquid = Liquid::default();
        let mut ends = Ends::default();
        let mut at = start;
        while let Some(token) = ends.next_token(text, at) {
            at = token.end;
            let Some(tag) = tag(text, token) else {
                liquid.mask(token);
                continue;
            };
            liquid.tags.push(tag);
            let name = tag.name.of(text);
            match name {
                "raw" | "comment" | "highlight" => {
                    let end = ends.of_block(text, at, name);
                    at = if name == "highlight" { at } else { end.map_or(at, |end| end.start) };
                    let is_text = name == "raw" || end.is_none();
                    liquid.mask(if is_text { token } else { token.cover(end.unwrap_or(token)) });
                }
                _ => liquid.mask(token),
            }
        }
        liquid
    }

    /// The tag that a cursor at a byte offset is in.
    pub fn tag_at(&self, offset: usize) -> Option<&Tag> {
        let after = self.tags.partition_point(|tag| tag.span.start <= offset);
        self.tags[..after].last().filter(|tag| tag.span.contains(offset))
    }

    fn mask(&mut self, span: Span) {
        match self.masked.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => self.masked.push(span),
        }
    }
}

/// What is known of the ends that lie ahead, so that nothing is looked for twice: a body may open a hundred thousand
/// tags and blocks and close none.
#[derive(Default)]
struct Ends<'t> {
    /// No `%}` is left.
    no_tag: bool,
    /// No `}}` is left.
    no_output: bool,
    /// The end tag that was found last of each kind of block; none where none is left.
    blocks: Vec<(&'t str, Option<Span>)>,
}

impl<'t> Ends<'t> {
    /// The next `{% … %}` or `{{ … }}` from `at` on. One without its end is text.
    fn next_token(&mut self, text: &str, mut at: usize) -> Option<Span> {
        while !(self.no_tag && self.no_output) {
            let open = at + memchr(b'{', text.get(at..)?.as_bytes())?;
            let rest = &text.as_bytes()[open..];
            let (sign, none_left) = match rest.get(1) {
                Some(b'%') => (b'%', &mut self.no_tag),
                Some(b'{') => (b'}', &mut self.no_output),
                _ => (0, &mut true),
            };
            if !*none_left {
                // To look for two signs at once takes long to begin, and most ends are near.
                let end = memchr_iter(b'}', rest).find(|close| rest[..*close].ends_with(&[sign]));
                match end {
                    Some(close) => return Some(Span::new(open, open + close + 1)),
                    None => *none_left = true,
                }
            }
            at = open + 1;
        }
        None
    }

    /// The end tag of a block of the name that is open at `at`.
    fn of_block(&mut self, text: &'t str, at: usize, name: &'t str) -> Option<Span> {
        let known = self.blocks.iter().position(|(of, _)| *of == name);
        match known.map(|known| self.blocks[known].1) {
            Some(None) => return None,
            Some(Some(end)) if end.start >= at => return Some(end),
            _ => {}
        }
        known.map(|known| self.blocks.swap_remove(known));
        let end = block_end(text, at, name);
        self.blocks.push((name, end));
        end
    }
}

fn tag(text: &str, token: Span) -> Option<Tag> {
    let inner = token.of(text).strip_prefix("{%")?.strip_suffix("%}")?;
    let inner = inner.strip_prefix('-').unwrap_or(inner);
    let inner = inner.strip_suffix('-').unwrap_or(inner);
    let word = inner.trim_start();
    let ends_name = |byte: u8| !byte.is_ascii_alphanumeric() && byte != b'_';
    let (name, argument) = word.split_at(word.bytes().position(ends_name).unwrap_or(word.len()));
    let place = |piece: &str| {
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start, start + piece.len())
    };
    (!name.is_empty()).then(|| Tag { span: token, name: place(name), argument: place(argument.trim()) })
}

/// The end tag of a block that is open at `at`.
fn block_end(text: &str, mut at: usize, name: &str) -> Option<Span> {
    let mut close = at;
    loop {
        let open = at + text.get(at..)?.find("{%")?;
        if close < open + 3 {
            close = open + text[open..].find("%}")? + 2;
        }
        let span = Span::new(open, close);
        let ends = tag(text, span).is_some_and(|tag| tag.name.of(text).strip_prefix("end") == Some(name));
        if ends {
            return Some(span);
        }
        at = open + 2;
    }
}

/// Many letters, to be written at once.
const LETTERS: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

/// The body with every byte of Liquid as a letter, line breaks kept, so that all offsets stay.
pub(super) fn mask<'t>(text: &'t str, start: usize, holes: &[Span]) -> Cow<'t, str> {
    let body = &text[start..];
    if holes.is_empty() {
        return Cow::Borrowed(body);
    }
    let mut masked = String::with_capacity(body.len());
    let mut at = start;
    for hole in holes {
        masked.push_str(Span::new(at, hole.start).of(text));
        let inside = hole.of(text);
        let begins_tag = |at: &usize| inside.as_bytes().get(at + 1) == Some(&b'%');
        let is_block = memchr_iter(b'{', inside.as_bytes()).filter(begins_tag).nth(1).is_some();
        if is_block {
            let letter = |byte: u8| if matches!(byte, b'\n' | b'\r') { byte.into() } else { 'x' };
            masked.extend(inside.bytes().map(letter));
        } else {
            (0..inside.len()).step_by(LETTERS.len()).for_each(|from| {
                masked.push_str(&LETTERS[..LETTERS.len().min(inside.len() - from)]);
            });
        }
        at = hole.end;
    }
    masked.push_str(Span::new(at, text.len()).of(text));
    Cow::Owned(masked)
}

/// The parts of a text that no Liquid hides.
pub(super) fn visible<'p>(text: &'p str, holes: &[Span], piece: &'p str, span: Span) -> Vec<&'p str> {
    let from = holes.partition_point(|hole| hole.end <= span.start);
    let inside: Vec<Span> = holes[from..].iter().copied().take_while(|hole| hole.start < span.end).collect();
    if inside.is_empty() {
        return vec![piece];
    }
    let mut parts = Vec::new();
    let mut at = span.start;
    for hole in inside {
        if at < hole.start {
            parts.push(Span::new(at, hole.start).of(text));
        }
        at = hole.end;
    }
    if at < span.end {
        parts.push(Span::new(at, span.end).of(text));
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let liquid = Liquid::parse(text, 0);
        let tags: Vec<_> = liquid.tags.iter().map(|tag| (tag.name.of(text), tag.argument.of(text))).collect();
        assert_eq!(tags, expected, "{text:?}");
        for pair in liquid.masked.windows(2) {
            assert!(pair[0].end <= pair[1].start, "{text:?}");
        }
    }

    #[test]
    fn names_and_arguments() {
        check(
            "{% post_url 2024-01-02-京都 %} {%- link _posts/a b.md -%}{%include x.html a=\"1\"%}",
            &[("post_url", "2024-01-02-京都"), ("link", "_posts/a b.md"), ("include", "x.html a=\"1\"")],
        );
        check("{%\n  post_url\n  a\n%}{% post_url %}", &[("post_url", "a"), ("post_url", "")]);
        check("{% %}{% 日本 %}", &[]);
    }

    #[test]
    fn raw_and_comment_are_not_read_and_outputs_hold_no_tags() {
        check("{% raw %}{% link a %}{% endraw %}{% link b %}", &[("raw", ""), ("endraw", ""), ("link", "b")]);
        check("{% comment %}{% link a %}{%- endcomment -%}", &[("comment", ""), ("endcomment", "")]);
        check("{{ '{% link a %}' }}{% link b", &[]);
        check("```\n{% link a %}\n```", &[("link", "a")]);
        check("{ {% link a %}", &[("link", "a")]);
        check("{{ {% link a %} {% b", &[("link", "a")]);
        check("{% raw %}{% raw %}{% link a %}", &[("raw", ""), ("raw", ""), ("link", "a")]);
        check(
            "{% raw %}{% endraw %}{% raw %}{% a %}{% endraw %}{% b %}",
            &[("raw", ""), ("endraw", ""), ("raw", ""), ("endraw", ""), ("b", "")],
        );
    }

    #[test]
    fn highlight_is_masked_as_a_whole_but_read() {
        check(
            "{% highlight x %}{{ a }}{% b %}{{ c }}{% endhighlight %}{{ d }}",
            &[("highlight", "x"), ("b", ""), ("endhighlight", "")],
        );
        let text = "a {% highlight rb %}\n# x {% link a %}\n{% endhighlight %} b {{ c }}";
        let masked: Vec<_> = Liquid::parse(text, 0).masked.iter().map(|span| span.of(text)).collect();
        assert_eq!(masked, ["{% highlight rb %}\n# x {% link a %}\n{% endhighlight %}", "{{ c }}"]);
        assert_eq!(Liquid::parse(text, 0).tags.len(), 3);
    }

    /// [`Ends::next_token`], by the two signs that end one.
    fn plain_token(text: &str, at: usize) -> Option<Span> {
        let opens = text.get(at..)?.match_indices('{').map(|(open, _)| at + open);
        opens.into_iter().find_map(|open| {
            let end = match text.as_bytes().get(open + 1) {
                Some(b'%') => "%}",
                Some(b'{') => "}}",
                _ => return None,
            };
            text[open..].find(end).map(|close| Span::new(open, open + close + 2))
        })
    }

    fn plain_mask(text: &str, holes: &[Span]) -> String {
        let hole_at = |at: usize| holes.iter().find(|hole| hole.start <= at && at < hole.end);
        let shown = |(at, byte): (usize, u8)| match hole_at(at) {
            Some(hole) if matches!(byte, b'\n' | b'\r') && hole.of(text).matches("{%").count() > 1 => byte,
            Some(_) => b'x',
            None => byte,
        };
        String::from_utf8(text.bytes().enumerate().map(shown).collect()).unwrap()
    }

    proptest! {
        #[test]
        fn tokens_and_masks_are_those_of_the_plain_ways(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "{%", "%}", "{{", "}}", "{", "}", "%", "a", "京", " ", "\n", "\r\n", "{% highlight sh %}", "{% endhighlight %}",
                    "{% comment %}", "{%- endcomment -%}", "{% include x/y/z.html with=\"a text that is longer than all others\" %}",
                ]),
                0..16,
            ),
        ) {
            let text = pieces.concat();
            let (mut ends, mut at) = (Ends::default(), 0);
            loop {
                let token = ends.next_token(&text, at);
                prop_assert_eq!(token, plain_token(&text, at));
                let Some(token) = token else { break };
                at = token.end;
            }
            let holes = Liquid::parse(&text, 0).masked;
            prop_assert_eq!(&*mask(&text, 0, &holes), plain_mask(&text, &holes));
        }
    }
}
