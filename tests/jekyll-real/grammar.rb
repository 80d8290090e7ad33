# frozen_string_literal: true

# grammar.rb DIR SEED SITES POSTS: writes sites of a grammar of front matters, file names and configurations, the same
# ones for the same seed. What Debian's Jekyll types otherwise than upstream's is kept out, and so are times among
# other values, which it prints in the site's zone.
require "fileutils"
require "json"

dir, seed, sites, posts = ARGV
RANDOM = Random.new(Integer(seed))

def one_of(*items) = items[RANDOM.rand(items.size)]
def chance(share) = RANDOM.rand < share
def many(range, joint) = Array.new(RANDOM.rand(range)) { yield }.join(joint)

WORDS = %w(hello World C# 日本語 生成AI ＡＩ naïve foo_bar a.b x+y 100% q? a&b 🎉 「括弧」 （全角） tilde~ $dollar ｶﾀｶﾅ 한국어
           ﬁ ß ǆ ① ٣ -- ... UPPER CamelCase 2024 1.10 001 %41 <b> ` が a　b — 、 ・).freeze

def phrase = many(1..3, one_of(" ", "-", "_", "　", ", ", "、", "/")) { one_of(*WORDS) }
def quoted(text) = chance(0.5) ? "'#{text.gsub("'", "''")}'" : JSON.generate(text)
def slug = many(1..3, "-") { one_of(*WORDS) }.delete("/")

def scalar
  case RANDOM.rand(10)
  when 0..3 then quoted(phrase)
  when 4 then one_of("1", "2024", "-5", "0x1F", "0755", "1_000", "1.10", "-0.5", "1.5e+3", "0899", "1.2.3")
  when 5 then one_of("true", "no", "On", "y", "null", "~", "")
  when 6 then one_of("2024-01-15", "2024-02-30", "2024-13-01")
  when 7 then quoted(one_of("2024", "1.10", "no", "null", ""))
  else one_of("hello", "日本語", "machine learning", "生成AI、投資", "a, b", "C# x", "Ünï cödé", "東京　京都", "a/b", "v1.0-rc")
  end
end

def value
  case RANDOM.rand(10)
  when 0..3 then scalar
  when 4..6 then "[#{many(0..4, ", ") { quoted(phrase) }}]"
  when 7 then "[[#{quoted(phrase)}, 2024], null, #{quoted(phrase)}]"
  when 8 then "\n#{many(1..4, "\n") { "  - #{scalar}" }}"
  else "{a: 1, b: #{quoted(phrase)}}"
  end
end

def date
  day = one_of("%04d-%02d-%02d", "%04d-%02d-%02d", "%04d/%02d/%02d", "%04d.%02d.%02d", "%04d%02d%02d", "%04d年%d月%d日")
  numbers = [one_of(1999, 2012, 2023, 2024, 2025, 2027), RANDOM.rand(chance(0.1) ? 0..13 : 1..12), RANDOM.rand(chance(0.2) ? 0..32 : 1..28)]
  text = format(day, *numbers)
  hour, minute, second = RANDOM.rand(chance(0.1) ? 0..25 : 0..23), RANDOM.rand(0..59), RANDOM.rand(0..59)
  unless chance(0.3)
    text += one_of(" ", "T", " ", "  ")
    text += format(one_of("%02d:%02d:%02d", "%02d:%02d:%02d", "%02d:%02d", "%d:%02d", "%02d:%02d PM", "午後%d時%d分"), hour, minute, second)
    text += one_of("", "", " +0900", "+09:00", "Z", " UTC", " JST", " EST", " -0330", " Asia/Tokyo", " GMT+9")
  end
  text += one_of(" updated", " # note", "（月）") if chance(0.1)
  text = one_of("", "next week", "2024", "令和6年3月5日", "15 March 2024", "Sep 9, 2023", "03/05/2024", "2024-03") if chance(0.15)
  # Psych alone makes a Date of it; without seconds and with them it is a text.
  chance(0.7) ? quoted(text) : text
end

HOLDERS = %w(title slug name path categories output_ext collection year month day i_month i_day short_year short_month
             y_day hour minute second slugified_categories long_month w_year week w_day short_day long_day).freeze

def template
  parts = many(1..4, one_of("/", "/", "-")) { chance(0.75) ? ":#{one_of(*HOLDERS)}" : one_of("blog", "日本語", "a b", "..", "%41", ":", "C:") }
  one_of("/", "", "//") + parts + one_of("/", "", ".html", ":output_ext", "/index.html")
end

def configuration
  lines = []
  lines << "timezone: #{one_of("Asia/Tokyo", "America/New_York", "UTC", "Asia/Kolkata")}" if chance(0.7)
  lines << "permalink: #{chance(0.5) ? one_of("pretty", "none", "date", "ordinal", "weekdate") : quoted(template)}" if chance(0.8)
  lines << one_of("future: true", "unpublished: true", "excerpt_separator: <!--more-->", "exclude: [_posts/ja]") if chance(0.3)
  lines << "defaults:"
  RANDOM.rand(1..4).times do
    scope = ["path: #{quoted(one_of("", "_posts", "_posts/ja", "_posts/j", "blog", "_posts/*/deep", "日本", "_posts/2024"))}"]
    scope << "type: #{one_of("posts", "post", "drafts", "pages")}" if chance(0.5)
    lines << "  - scope: {#{scope.join(", ")}}" << "    values:"
    lines << "      " + one_of("layout: post", "categories: [既定, news]", "categories: a b", "tags: [x, y]", "tag: only",
                               "category: 日記", "published: false", "permalink: #{quoted(template)}", "title: ~", "slug: fixed")
  end
  lines.join("\n") + "\n"
end

# What an excerpt is made of: paragraphs, headings, link definitions, Liquid blocks, either kind of line end.
def body
  pieces = many(0..5, one_of("\n\n", "\n\n", "\n", "\n\n\n", " ")) do
    one_of("Text", "本文。", "# 見出し", "See [a] and [題][b].", "[a]: /x", "  [b]: https://example.com \"題\"", "    [c]: /code",
           "<!--more-->", "{% if page.a %}", "{% endif %}", "{%- for a in b -%}", "{% endfor %}", "{% raw %}", "{% endraw %}",
           "{% highlight ruby %}", "{% include a.html %}", "{{ page.title }}", "")
  end
  pieces = pieces.gsub("\n", "\r\n") if chance(0.15)
  one_of("", "", "\n") + pieces + one_of("\n", "\n", "\n\n", "")
end

def front_matter
  keys = { "title" => 0.6, "date" => 0.5, "tags" => 0.4, "categories" => 0.4, "tag" => 0.1, "category" => 0.15, "slug" => 0.15,
           "permalink" => 0.2, "excerpt" => 0.1, "excerpt_separator" => 0.1, "published" => 0.1, "layout" => 0.3, "author" => 0.2 }
  pairs = keys.select { |_, share| chance(share) }.keys.shuffle(random: RANDOM).map do |key|
    written =
      case key
      when "date" then date
      when "tags", "categories", "tag", "category" then value
      when "permalink" then chance(0.8) ? quoted(template) : scalar
      when "excerpt_separator" then one_of("<!--more-->", "\"\"", "~", "\"。\"", "\"\\n\"", "false")
      when "published" then one_of("true", "false", "no", "~", "", "\"false\"", "0")
      else scalar
      end
    "#{key}: #{written}\n"
  end
  one_of("---\n", "---\n", "---\n", "---  \n", "---\r\n") + pairs.join + one_of("---\n", "---\n", "...\n", "---\n", "---")
end

def path(number)
  day = format(one_of("%04d-%02d-%02d", "%04d-%d-%d"), one_of(2023, 2024, 2025), RANDOM.rand(1..12), RANDOM.rand(1..28))
  day = one_of("2024-02-30", "24-1-5", "2024-13-01", "2024") if chance(0.08)
  name = "#{day}-#{slug}#{"-#{number}" if chance(0.5)}#{one_of(".md", ".md", ".markdown", ".html", ".txt", ".MD", "")}"
  folder = one_of("", "", "", "blog/", "Blog Cat/", "日本/", "a/b/", "_hidden/")
  inside = one_of("", "", "", "ja/", "jazz/", "sub/deep/", "sub/_deep/", "_hidden/")
  chance(0.9) ? "#{folder}_posts/#{inside}#{name}" : "#{folder}_drafts/#{inside}#{one_of(name, "#{slug}.md")}"
end

Integer(sites).times do |site|
  root = File.join(dir, "grammar-#{seed}-#{site + 1}")
  FileUtils.mkdir_p(root)
  File.write(File.join(root, "_config.yml"), configuration)
  Integer(posts).times do |number|
    file = File.join(root, path(number))
    FileUtils.mkdir_p(File.dirname(file))
    File.write(file, front_matter + body)
  end
end
