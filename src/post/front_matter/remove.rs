//! Taking items out of a list, so that the list stays valid, its style stays as it is and every comment stays.

use super::Node;
use super::scalar::Style;
use crate::text::{Span, TextEdit};

/// The edits that take items out of a list; `gone` is asked for each index, and at least one item must stay. None
/// where it is not plain how the item stands in its text: an anchor before it, a list in a list on one line.
pub fn remove_items(text: &str, list: &Node, gone: impl Fn(usize) -> bool) -> Option<Vec<TextEdit>> {
    let items = list.value.as_list()?;
    if (0..items.len()).all(&gone) {
        return None;
    }
    if list.style != Style::Flow {
        let lines = items.iter().enumerate().filter(|(index, _)| gone(*index));
        return lines.map(|(_, item)| block_item(text, item.span)).collect();
    }
    let mut edits = Vec::new();
    let mut index = 0;
    while index < items.len() {
        if !gone(index) {
            index += 1;
            continue;
        }
        let first = index;
        while index < items.len() && gone(index) {
            index += 1;
        }
        edits.extend(flow_run(text, list, items, first, index - 1)?);
    }
    Some(edits)
}

/// The edits that take all items of a list: what stays are the brackets, or of lines nothing, and the comments. None as in
/// [`remove_items`].
pub fn remove_all(text: &str, list: &Node) -> Option<Vec<TextEdit>> {
    let items = list.value.as_list()?;
    if list.style != Style::Flow {
        return items.iter().map(|item| block_item(text, item.span)).collect();
    }
    let inside = Span::new(list.span.start + 1, list.span.end.checked_sub(1)?);
    let starts = items.iter().map(|item| item.span.start).chain([inside.end]);
    let ends = [inside.start].into_iter().chain(items.iter().map(|item| item.span.end));
    let mut gaps = ends.zip(starts).map(|(end, start)| Span::new(end, start));
    if !gaps.any(|gap| gap.of(text).contains('#')) {
        return Some(vec![TextEdit::delete(inside)]);
    }
    let next = items.iter().skip(1).map(|item| item.span.start).chain([inside.end]);
    let each = items.iter().zip(next).map(|(item, next)| {
        let end = comma(text, Span::new(item.span.end, next)).map_or(item.span.end, |comma| comma + 1);
        let unit = Span::new(item.span.start, end);
        (!unit.of(text).contains(['\n', '\r'])).then(|| TextEdit::delete(wider(text, unit)))
    });
    each.collect()
}

/// The items from `first` to `last` of a list in brackets, with a comma for each.
fn flow_run(text: &str, list: &Node, items: &[Node], first: usize, last: usize) -> Option<Vec<TextEdit>> {
    let comma_after = |index: usize| {
        let end = items.get(index + 1).map_or(list.span.end, |next| next.span.start);
        comma(text, Span::new(items[index].span.end, end))
    };
    // A comment ends with its line.
    let on_one_line = |span: Span| !span.of(text).contains(['\n', '\r']);
    match comma_after(last) {
        Some(comma) => {
            let run = Span::new(items[first].span.start, comma + 1);
            if on_one_line(run) && first < last {
                return Some(vec![TextEdit::delete(wider(text, run))]);
            }
            let each = (first..=last).map(|index| {
                let unit = Span::new(items[index].span.start, comma_after(index)? + 1);
                on_one_line(unit).then(|| TextEdit::delete(wider(text, unit)))
            });
            each.collect()
        }
        None => {
            let before = items.get(first.checked_sub(1)?)?.span.end;
            let run = Span::new(before, items[last].span.end);
            if on_one_line(run) {
                return Some(vec![TextEdit::delete(run)]);
            }
            let comma = comma_after(first - 1)?;
            let each = (first..=last).map(|index| {
                let end = if index == last { items[index].span.end } else { comma_after(index)? + 1 };
                let unit = Span::new(items[index].span.start, end);
                on_one_line(unit).then(|| TextEdit::delete(wider(text, unit)))
            });
            let mut edits = each.collect::<Option<Vec<_>>>()?;
            edits.insert(0, TextEdit::delete(Span::new(comma, comma + 1)));
            Some(edits)
        }
    }
}

/// The comma between two items, past the comments there.
fn comma(text: &str, between: Span) -> Option<usize> {
    let mut comment = false;
    for (at, c) in between.of(text).char_indices() {
        match c {
            '\n' | '\r' => comment = false,
            '#' => comment = true,
            ',' if !comment => return Some(between.start + at),
            _ => {}
        }
    }
    None
}

/// An item with its comma, and the whole line where nothing else stands on it; else the blanks behind it.
fn wider(text: &str, unit: Span) -> Span {
    let start = line_start(text, unit.start);
    let rest = text.get(unit.end..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let alone = Span::new(start, unit.start).of(text).trim_matches([' ', '\t']).is_empty();
    match line_break(&rest[blanks..]) {
        Some(length) if alone => Span::new(start, unit.end + blanks + length),
        Some(_) => unit,
        // A comment needs the blank before it, where it does not begin its line.
        None if rest[blanks..].starts_with('#') && !alone => unit,
        None => Span::new(unit.start, unit.end + blanks),
    }
}

/// A line with a dash; the comment behind its item stays.
fn block_item(text: &str, item: Span) -> Option<TextEdit> {
    let start = line_start(text, item.start);
    let before = Span::new(start, item.start).of(text);
    if before.trim_matches([' ', '\t']) != "-" {
        return None;
    }
    let rest = text.get(item.end..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let behind = &rest[blanks..];
    if behind.starts_with('#') {
        let dash = start + before.find('-')?;
        return Some(TextEdit::delete(Span::new(dash, item.end + blanks)));
    }
    if behind.is_empty() {
        // The last line of a file without a line break: the one before it goes.
        let head = text.get(..start).unwrap_or_default();
        let head = head.strip_suffix('\n').unwrap_or(head);
        let head = head.strip_suffix('\r').unwrap_or(head);
        return Some(TextEdit::delete(Span::new(head.len(), text.len())));
    }
    line_break(behind).map(|length| TextEdit::delete(Span::new(start, item.end + blanks + length)))
}

fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|head| head.rfind(['\n', '\r'])).map_or(0, |at| at + 1)
}

/// The length of the line break that a text begins with.
fn line_break(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => Some(2),
        [b'\n' | b'\r', ..] => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::front_matter::yaml;
    use crate::text::edit::apply;

    #[test]
    fn all_go_and_comments_stay() {
        let after = |text: &str| {
            let root = yaml::load(text, Span::new(0, text.len())).unwrap().root.unwrap();
            let list = root.value.as_mapping().unwrap().get("t").unwrap();
            remove_all(text, list).map(|edits| apply(text, &edits))
        };
        for (text, expected) in [
            ("t: [ a, '#b', ]\n", Some("t: []\n")),
            ("t: [\n  a,\n  b\n]\n", Some("t: []\n")),
            ("t: [ # one\n  a, b, # two\n  c # three\n]\n", Some("t: [ # one\n   # two\n  # three\n]\n")),
            ("t: [a # one\n , b]\n", None),
        ] {
            assert_eq!(after(text).as_deref(), expected, "{text}");
        }
    }

    fn check(text: &str, gone: &[usize], expected: Option<&str>) {
        let root = yaml::load(text, Span::new(0, text.len())).unwrap().root.unwrap();
        let list = &root.value.as_mapping().unwrap().get("t").unwrap();
        let edits = remove_items(text, list, |index| gone.contains(&index));
        let after = edits.map(|edits| apply(text, &edits));
        assert_eq!(after.as_deref(), expected, "{text}");
        let Some(after) = after else { return };
        let names = |list: &Node| -> Vec<String> {
            list.value.as_list().unwrap().iter().map(|item| item.value.display()).collect()
        };
        let mut left = names(list);
        gone.iter().rev().for_each(|index| drop(left.remove(*index)));
        let root = yaml::load(&after, Span::new(0, after.len())).unwrap().root.unwrap();
        assert_eq!(names(root.value.as_mapping().unwrap().get("t").unwrap()), left, "{after}");
    }

    #[test]
    fn in_brackets_the_comma_goes_too() {
        check("t: [a, b, c]\n", &[0], Some("t: [b, c]\n"));
        check("t: [a, b, c]\n", &[1], Some("t: [a, c]\n"));
        check("t: [a, b, c]\n", &[2], Some("t: [a, b]\n"));
        check("t: [ a , b ]\n", &[0], Some("t: [ b ]\n"));
        check("t: [ a , b ]\n", &[1], Some("t: [ a ]\n"));
        check("t: [a, b, c, d]\n", &[1, 2], Some("t: [a, d]\n"));
        check("t: [a, b, c, d]\n", &[2, 3], Some("t: [a, b]\n"));
        check("t: [a, b, c, d]\n", &[0, 2], Some("t: [b, d]\n"));
        check("t: [a, b,]\n", &[1], Some("t: [a, ]\n"));
        check("t: [a,b]\n", &[0], Some("t: [b]\n"));
        check("t: [\"東 京\", '京,都']\n", &[0], Some("t: ['京,都']\n"));
        check("t: [a, b]\n", &[0, 1], None);
    }

    #[test]
    fn in_brackets_over_lines_comments_stay() {
        check(
            "t: [\n  a, # one\n  b, # two\n  c # three\n]\n",
            &[1],
            Some("t: [\n  a, # one\n  # two\n  c # three\n]\n"),
        );
        check("t: [\n  a, # one\n  c # three\n]\n", &[1], Some("t: [\n  a # one\n  # three\n]\n"));
        check("t: [\n  a,\n  b,\n  c\n]\n", &[1], Some("t: [\n  a,\n  c\n]\n"));
        check("t: [\r\n  a,\r\n  b\r\n]\r\n", &[1], Some("t: [\r\n  a\r\n]\r\n"));
        check("t: [\n  a,\n  b, c,\n  d\n]\n", &[1], Some("t: [\n  a,\n  c,\n  d\n]\n"));
        check("t: [\n  a\n  , b\n]\n", &[1], Some("t: [\n  a\n   \n]\n"));
    }

    #[test]
    fn a_line_goes_with_its_dash() {
        check("t:\n- a\n- b\nx: 1\n", &[0], Some("t:\n- b\nx: 1\n"));
        check("t:\n  - a\n  - b # note\nx: 1\n", &[1], Some("t:\n  - a\n  # note\nx: 1\n"));
        check("t:\r\n  - a\r\n  - b\r\n", &[1], Some("t:\r\n  - a\r\n"));
        check("t:\n- a\n- b", &[1], Some("t:\n- a"));
        check("t:\n- a\n- &x b\n", &[1], None);
        check("t:\n- a\n-\n  b\n", &[1], None);
    }
}
