# frozen_string_literal: true

# anchors.rb write DIR SEED POSTS: writes a site whose posts are full of headings of a grammar, the same ones for the same
# seed. anchors.rb read SITE: one JSON line for each post of a site with the ids that the installed kramdown gives its
# headings, as Jekyll calls it; a heading without an id has null. anchors.rb compare REAL OURS: which posts differ.
require "fileutils"
require "json"

WORDS = <<~'WORDS'.split.freeze
  Hello World C# C++ 日本語 生成AI ＡＩ １２ naïve ÜBER foo_bar a_b_c v1.2 100% q&a 🎉 👩‍💻 「括弧」 （全角） a　b — – ー ・ ｶﾞ 한국어
  ① ½ Ⅳ ß ǆ İ ΟΔΟΣ 'it's' "so" it's ... -- --- - << >> <b>bold</b> <br> <T> &amp; &eacute; &copy; &lt;x&gt; &nope; `code` ``a`b``
  `a--b` *em* **strong** ***both*** _em_ __st__ *open a_*_b ~~gone~~ ~~~ [text](url) [text](/u_r_l "t") [ref][r] [ref][none] [r] ![alt](i.png)
  [**b**](u) [a[b]c](u) <https://e.jp/a_b> <me@e.jp> https://e.jp/?a=b $$x_1$$ $x$ \* \_ \# # ## ! ? : ; / | {x} {{ ]
  [ ) ( ^ [^1] {:.cls} *a*{:.cls} :+1: @user 1. 2) * _ ` 0 \\<< a-b
WORDS

def one_of(*items) = items[RANDOM.rand(items.size)]
def chance(share) = RANDOM.rand < share
def phrase = Array.new(RANDOM.rand(1..4)) { one_of(*WORDS) }.join(one_of(" ", " ", " ", "", "-", "  ", "　", "、")).gsub("{{", "{").gsub("{%", "{")

def heading
  text = phrase
  case RANDOM.rand(14)
  when 0..5 then "#{"#" * RANDOM.rand(1..6)} #{text}"
  when 6 then "## #{text} ##"
  when 7 then "### #{text} {##{one_of("own", "日本", "a.b", "1x", "x y")}}"
  when 8 then "#{text}\n#{one_of("===", "---", "-", "= ")}"
  when 9 then "## #{text}\n{: #{one_of("#ial", ".c #two", "id=\"q\"", ".only")}}"
  when 10 then "{: #before}\n## #{text}"
  when 11 then "#{one_of("#", " # ", "    # ", "####### ", "#\t", "##  ")}#{text}"
  when 12 then "#{one_of("> ", "- ", "1. ", "* - ", "> - ", "- > ")}## #{text}"
  else "## #{one_of("Same", "same", "同じ", "🎉", "Same!")}"
  end
end

def block
  case RANDOM.rand(22)
  when 0 then "Text #{phrase}\nmore text"
  when 1 then "```#{one_of("", "rb", "js x", " sh")}\n# no\n\n## #{phrase}\n#{one_of("```", "```", "````", "``", "")}"
  when 2 then "~~~\n# no\n~~~"
  when 3 then "    # code\n#{one_of("", "# lazy", "\n    # more", "<div>")}"
  when 4 then "<div#{one_of("", " class='a'", " markdown='1'", " markdown=\"block\"")}>\n#{one_of("", "\n")}#{heading}\n\n#{heading}\n#{one_of("", "\n")}</div>"
  when 5 then "<p>#{phrase}</p>"
  when 6 then "<!-- #{one_of("x", "\n# no\n\n")} -->"
  when 7 then "- a\n\n  #{heading.gsub("\n", "\n  ")}\n#{one_of("", "\n")}- b\n#{one_of("# x", "\n\n# x", "    # y")}"
  when 8 then "> #{heading.gsub("\n", "\n> ")}\n#{one_of("lazy", "> \n> # x", "# y")}"
  when 9 then one_of("---", "***", "* * *", "___")
  when 10 then "| a | b |\n|---|---|\n| 1 | 2 |"
  when 11 then "{: .x}"
  when 12 then "a\nb\n---"
  when 13 then "[r]: /x 'y'\n[^1]: Note"
  when 14 then "$$\n# x\n$$"
  when 15 then "term\n: # def"
  when 16 then "<details#{one_of("", " markdown='1'")}>\n<summary>x</summary>\n\n#{heading}\n\n</details>"
  when 17 then "{::comment}\n# no\n{:/comment}"
  when 18 then "<span>\n\n#{heading}\n\n</span>"
  when 19 then one_of("^", "<br>", "<hr />", "<img src='a'>", "<a name='x'></a>", "</div>", "<ul><li>a</li></ul>")
  else heading
  end
end

def write(dir, posts)
  FileUtils.mkdir_p(File.join(dir, "_posts"))
  options = ["", "kramdown: {auto_id_prefix: 見-}", "kramdown: {input: kramdown}", "kramdown: {auto_ids: false}", "kramdown: {parse_block_html: true}"]
  File.write(File.join(dir, "_config.yml"), chance(0.6) ? "" : one_of(*options))
  posts.times do |number|
    blocks = Array.new(RANDOM.rand(3..14)) { chance(0.6) ? heading : block }
    text = blocks.join(chance(0.8) ? "\n\n" : "\n")
    text = text.gsub("\n", "\r\n") if chance(0.1)
    File.write(File.join(dir, "_posts", format("2024-01-02-p%03d.md", number)), "---\nrender_with_liquid: false\n---\n#{text}\n")
  end
end

# Notes the id of each heading as it is written.
module NotedIds
  IDS = []

  def convert_header(element, indent)
    html = super
    id = html[/\A\s*<h\d\b[^>]*?\sid="([^"]*)"/, 1]
    IDS << (id && CGI.unescapeHTML(id))
    html
  end
end

def read(dir)
  require "cgi"
  require "jekyll"
  Jekyll.logger.log_level = :error
  Kramdown::Converter::Html.prepend(NotedIds)
  site = Jekyll::Site.new(Jekyll.configuration("source" => dir, "future" => true, "disable_disk_cache" => true))
  site.reset
  site.reader.read
  markdown = site.find_converter_instance(Jekyll::Converters::Markdown)
  site.posts.docs.each do |post|
    NotedIds::IDS.clear
    markdown.convert(post.content)
    puts JSON.generate("path" => post.relative_path, "anchors" => NotedIds::IDS)
  end
end

# Prints each post whose ids differ, then how many are the same and how many are not.
def compare(real, ours)
  real, ours = [real, ours].map do |file|
    File.readlines(file, encoding: "UTF-8").map { |line| JSON.parse(line) }.to_h { |post| [post["path"], post["anchors"]] }
  end
  differing = real.keys.reject { |path| real[path] == ours[path] }
  differing.each { |path| puts path, "  kramdown #{real[path].inspect}", "  masthead #{ours[path].inspect}" }
  puts "#{real.size - differing.size} #{differing.size + (real.empty? ? 1 : 0)}"
end

case ARGV.shift
when "write"
  dir, seed, posts = ARGV
  RANDOM = Random.new(Integer(seed))
  write(dir, Integer(posts))
when "read" then read(ARGV.first)
when "compare" then compare(*ARGV)
end
