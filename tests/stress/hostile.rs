//! Documents that nobody writes by hand.

const HEAD: &str = "---\ntitle: 題\nlayout: post\ntags: [a]\n---\n";

/// So many lines or pieces, each made from its number.
fn many(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

fn block(inside: &str) -> String {
    format!("---\n{inside}\n---\n本文\n")
}

fn body(text: &str) -> String {
    format!("{HEAD}{text}\n")
}

/// All of them, by name.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    let repeat = |piece: &str, count: usize| piece.repeat(count);
    let laughs = |levels: usize| {
        let level = |n: usize| format!("a{}: &a{} [{}]\n", n + 1, n + 1, format!("*a{n},").repeat(10));
        format!("a0: &a0 [x]\n{}title: *a{levels}\ntags: *a{levels}\ndate: *a{levels}", many(levels, level))
    };
    vec![
        ("a line of 10 MB in the body", body(&repeat("日本語x", 1_000_000))),
        ("a line of 10 MB in the block", block(&format!("a: {}", repeat("x", 10_000_000)))),
        ("a line of 10 MB in quotes", block(&format!("a: \"{}", repeat("日本", 1_700_000)))),
        ("a line of 10 MB of tags", block(&format!("tags: [{}]", repeat("a, ", 3_300_000)))),
        ("a line of 10 MB of colons", block(&format!("title: {}", repeat("z: ", 3_300_000)))),
        ("10 MB of Markdown", body(&repeat("# H\n\ntext [a](b.md) `c`\n", 400_000))),
        ("100,000 brackets", block(&format!("tags: {}", repeat("[", 100_000)))),
        (
            "100,000 brackets, closed",
            block(&format!("tags: {}{}", repeat("[", 100_000), repeat("]", 100_000))),
        ),
        ("900 brackets", block(&format!("tags: {}a、b", repeat("[", 900)))),
        ("900 brackets in quotes", block(&format!("a: {}'b' 'c\n- d", repeat("['", 900)))),
        ("500 long open quotes", block(&many(500, |n| format!("k{n}: \"{}\n", repeat("題 ", 500))))),
        ("an entry of quotes", block(&format!("title: {}\n    {}", repeat("'", 25), repeat("' ", 6_000)))),
        ("100,000 braces", block(&format!("tags: {}", repeat("{a: ", 100_000)))),
        ("100,000 dashes", block(&format!("tags:\n{}", repeat("- ", 100_000)))),
        ("100,000 question marks", block(&repeat("? ", 100_000))),
        ("stairs", block(&many(3_000, |n| format!("{}a:\n", " ".repeat(n))))),
        ("billions by aliases", block(&laughs(30))),
        ("a chain of aliases", block(&many(20_000, |n| format!("a{}: &a{} [*a{n}]\n", n + 1, n + 1)))),
        (
            "a chain of merges",
            block(
                &many(4_000, |n| format!("a{}: &a{}\n  <<: *a{n}\n  k{n}: 1\n", n + 1, n + 1))
                    .replacen("<<: *a0", "k: 1", 1),
            ),
        ),
        ("100,000 keys", block(&many(100_000, |n| format!("key{n}: v\n")))),
        ("100,000 times a key", block(&repeat("key: v\n", 100_000))),
        ("100,000 numbers for keys", block(&many(100_000, |n| format!("{n}: v\n")))),
        ("100,000 open quotes", block(&many(100_000, |n| format!("key{n}: \"v\n")))),
        (
            "one mistake in 100,000 keys",
            block(&many(100_000, |n| format!("key{n}: {}v\n", if n == 50_000 { "[" } else { "" }))),
        ),
        ("100,000 lines without a colon", block(&repeat("word\n", 100_000))),
        ("100,000 full-width colons", block(&many(100_000, |n| format!("key{n}：v\n")))),
        ("100,000 tags", block(&format!("tags:\n{}", many(100_000, |n| format!("  - t{n}\n"))))),
        ("100,000 times a tag", block(&format!("tags:\n{}", repeat("  - t\n", 100_000)))),
        ("100,000 tags in brackets", block(&format!("tags: [{}]", many(100_000, |n| format!("t{n}, "))))),
        ("20,000 full-width commas", block(&format!("tags: [{}", many(20_000, |n| format!("t{n}、"))))),
        ("20,000 quotes inside", block(&many(20_000, |n| format!("k{n}: 'it's'\n")))),
        (
            "NUL bytes",
            format!("---\ntitle: \0\0\n{}\n---\n{}", repeat("\0", 1_000_000), repeat("\0", 1_000_000)),
        ),
        ("100,000 lines", body(&repeat("line\n", 100_000))),
        ("1,000,000 empty lines", body(&repeat("\n", 1_000_000))),
        ("100,000 headings", body(&many(100_000, |n| format!("# h{n}\n")))),
        ("a block that never ends", format!("---\n{}", repeat("a: b\n", 100_000))),
        ("100,000 quotes of quotes", body(&repeat(">", 100_000))),
        ("lists in lists", body(&many(2_000, |n| format!("{}- a\n", " ".repeat(2 * n))))),
        ("open emphasis", body(&repeat("*a **b ", 100_000))),
        ("open links", body(&repeat("[a](", 100_000))),
        ("open images", body(&repeat("![[]()", 60_000))),
        ("50,000 references", body(&many(50_000, |n| format!("[a{n}]: /x{n}\n")))),
        ("open comments", body(&repeat("<!--", 100_000))),
        ("backticks", body(&many(1_500, |n| format!("{} ", "`".repeat(n))))),
        ("open raw", body(&repeat("{% raw %}", 100_000))),
        ("open raw in an excerpt", body(&format!("{}\n\n本文", repeat("{% raw %}", 100_000)))),
        (
            "ends of raw without an end",
            body(&format!("{{% raw %}}{}\n\n本文", repeat("{% endraw ", 100_000))),
        ),
        (
            "50,000 references below an excerpt",
            body(&format!("{}\n\n{}", repeat("[a] ", 200_000), many(50_000, |n| format!("[b{n}]: /x\n")))),
        ),
        ("100,000 includes in a line", body(&many(100_000, |n| format!("{{% include a{n}.html %}} ")))),
        ("100,000 headings of one text", body(&repeat("# 見出し\n", 100_000))),
        ("100,000 links to one heading", body(&format!("# 見出し\n\n{}", repeat("[a](#見出し) ", 100_000)))),
        ("100,000 links to no page", body(&many(100_000, |n| format!("[a](/2024/{n}.html) ")))),
        ("100,000 attributes", body(&many(100_000, |n| format!("a\n{{: #a{n}}}\n\n")))),
        ("100,000 elements", body(&many(100_000, |n| format!("<a name=\"n{n}\">")))),
        ("100,000 footnotes", body(&many(100_000, |n| format!("a[^{n}]\n\n[^{n}]: b\n\n")))),
        ("100,000 rows of a table", body(&format!("|a|b|\n|-|-|\n{}", repeat("|a|b|\n", 100_000)))),
        ("fences in fences", body(&many(1_000, |n| format!("{}\n", "`".repeat(1_000 - n))))),
        ("100,000 rules", body(&repeat("a\n===\n\n===\n", 100_000))),
        ("open Liquid", body(&repeat("{{", 300_000))),
        ("50,000 posts linked", body(&repeat("{% post_url 2024-01-01-a %}", 50_000))),
        ("100,000 comments", block(&format!("{}title: \"a", repeat("# masthead-ignore x\n", 100_000)))),
        ("lone CRs", format!("---\r{}---\r", repeat("a: b\r", 100_000))),
        ("a long text block", block(&format!("a: |\n{}title: \"x", repeat("  日本\n", 200_000)))),
        (
            "300,000 families",
            block(&format!(
                "title: {}\ntags: [{}]",
                repeat("👩\u{200d}👩\u{200d}👧", 300_000),
                repeat("か\u{3099}", 300_000)
            )),
        ),
        ("a date of a megabyte", block(&format!("date: {}", repeat("1", 1_000_000)))),
        ("a long permalink", block(&format!("permalink: {}", repeat("/:title", 100_000)))),
        ("500,000 escapes", block(&format!("title: \"{}\"", repeat("\\x", 500_000)))),
        ("50,000 tabs", block(&repeat("\ttitle: x\n", 50_000))),
        ("a key of 2 MB", block(&format!("{}: v", repeat("k", 2_000_000)))),
        ("mistakes in mistakes", block(&format!("tags:\n{}", repeat("  - a: [b, {c: \"d\n", 30_000)))),
    ]
}
