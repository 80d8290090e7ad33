//! Whether a site is built as GitHub Pages builds it, with Jekyll 3.9 or 3.10.

/// The files that tell, at the top of a site.
pub const GEMFILES: [&str; 2] = ["Gemfile", "Gemfile.lock"];

/// Whether a `Gemfile` or `Gemfile.lock` asks for the gem `github-pages`, or for a Jekyll 3.
pub fn is_asked_for(gemfile: &str) -> bool {
    let lines = gemfile.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines.into_iter().any(|line| {
        let words = line.replace(['"', '\'', ',', '(', ')'], " ");
        let mut words = words.split_whitespace();
        let Some(gem) = words.find(|word| ["github-pages", "jekyll"].contains(word)) else { return false };
        let version = words.find(|word| !["~>", "="].contains(word));
        gem == "github-pages" || version.is_some_and(|version| version.starts_with("3."))
    })
}

#[cfg(test)]
mod tests {
    use super::is_asked_for;

    #[test]
    fn gemfiles() {
        for (gemfile, expected) in [
            ("gem 'github-pages', '~> 232'", true),
            ("    github-pages (232)", true),
            ("    jekyll (3.10.0)", true),
            ("gem \"jekyll\", \"~> 3.9.5\"", true),
            ("gem \"jekyll\", \"4.3.1\"", false),
            ("    jekyll (4.3.1)", false),
            ("# gem \"github-pages\"", false),
            ("      jekyll (>= 3.8, < 5.0)", false),
            ("gem \"jekyll-feed\", \"3.0\"", false),
        ] {
            assert_eq!(is_asked_for(gemfile), expected, "{gemfile}");
        }
    }
}
